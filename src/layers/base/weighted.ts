// The part of a layer that has weights: builds them once, lists them with those of the layers inside, reads and writes them.
import { mismatch } from '../../common/errors.ts';
import { checkBoolean, checkOptions, isPlain } from '../../common/options.ts';
import * as constraints from '../../constraints/index.ts';
import { currentInference, tracing } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import { Variable } from '../../graph/variable.ts';
import * as initializers from '../../initializers/index.ts';
import { initialValues } from '../../initializers/initializer.ts';
import { broadcastTo } from '../../primitives/binary.ts';
import { assign } from '../../primitives/update.ts';
import * as regularizers from '../../regularizers/index.ts';
import { Tensor } from '../../tensor/index.ts';
import type { LayerData } from './call-options.ts';
import type { LayerOptions, WeightOptions } from './layer-options.ts';
import { describeShape, type Shapes } from './shape.ts';
import { countElements, writeWeights } from './weights.ts';

/** Sees each weight before it is made, and may throw. */
export type WeightCheck = (layer: string, weight: string, shape: readonly number[]) => void;

/** How weights are made while a file is read. */
export interface WeightMaking {
  readonly check: WeightCheck;
  /** Whether the file overwrites all of them, so that nothing need be drawn. */
  readonly areOverwritten?: boolean;
}

let currentMaking: WeightMaking | undefined;

/** Runs `body`, in which `check` sees every weight of every layer before it is made. */
export function makingWeights<T>(making: WeightMaking, body: () => T): T {
  const outer = currentMaking;
  currentMaking = making;
  try {
    return body();
  } finally {
    currentMaking = outer;
  }
}

/** An object with weights: the part of a layer that building, training and files see. */
export abstract class WeightedLayer {
  abstract readonly name: string;
  readonly #weights: Variable[] = [];
  readonly #hasBuild: boolean;
  #initialWeights: LayerOptions['weights'];
  #isTrainable = true;
  #isBuilt = false;
  #isBuilding = false;
  /** How often the weights were set from outside. */
  #timesSet = 0;

  constructor() {
    // Whoever calls `build` builds the layer once; the method of the class, which users override, is called through this.
    const { build } = this;
    this.#hasBuild = build !== WeightedLayer.prototype.build;
    const guarded = (inputShape: Shapes): void => {
      const isOutermost = !this.#isBuilding && !this.#isBuilt;
      this.#buildOnce(inputShape, () => build.call(this, inputShape));
      if (isOutermost && !this.#hasBuild && inputShape !== undefined) this.buildByCall(inputShape);
    };
    Object.defineProperty(this, 'build', { value: guarded, writable: true, configurable: true });
  }

  /** The option `weights`, until the layer is built. */
  protected get initialWeights(): LayerOptions['weights'] {
    return this.#initialWeights;
  }

  protected set initialWeights(weights: LayerOptions['weights']) {
    this.#initialWeights = weights;
  }

  /** Layers inside this one: those kept in its properties, alone, in arrays or in plain objects. */
  get sublayers(): readonly WeightedLayer[] {
    // Its uses in models tell of it, they are no part of it.
    const { calls: _calls, ...properties } = this as { calls?: unknown };
    return layersIn(properties);
  }

  /** Whether the weights have been made. */
  get built(): boolean {
    return this.#isBuilt;
  }

  /** For a `build` that sets it, as Keras's do. */
  set built(built: boolean) {
    this.#isBuilt = checkBoolean(this.name, 'built', built);
  }

  /** @internal Whether the class makes weights when it is built. */
  get makesWeights(): boolean {
    return this.#hasBuild;
  }

  /** Makes the weights for inputs of this shape (a list of shapes when there are several). Override it and call `addWeight`. */
  build(_inputShape: Shapes): void {}

  /** @internal Builds the layers inside one that has no `build` of its own. */
  protected buildByCall(_inputShape: Shapes): void {}

  /** Builds the layer for inputs of this shape, once. */
  ensureBuilt(inputShape: Shapes): void {
    if (!this.#isBuilding) this.#buildOnce(inputShape, () => this.build(inputShape));
  }

  /** Runs `build`, and nothing when the layer is built. What it computes is no part of a graph that is being recorded. */
  #buildOnce(inputShape: Shapes, build: () => void): void {
    if (this.#isBuilt) return;
    if (this.#isBuilding) {
      build();
      return;
    }
    const inference = currentInference();
    inference?.building(this, inputShape, this.snapshot());
    const { length } = this.#weights;
    this.#isBuilding = true;
    try {
      tracing(undefined, build);
    } catch (error) {
      this.#weights.length = length;
      throw error;
    } finally {
      this.#isBuilding = false;
    }
    this.#isBuilt = true;
    if (inference?.keepsWeights === false) return;
    if (this.#initialWeights) writeWeights(this.name, this.weights, this.#initialWeights);
    this.#initialWeights = undefined;
  }

  /** @internal What brings the layer back to what it is now; weights that a user sets from here on are not given up. */
  protected snapshot(): () => void {
    const properties: object = { ...this };
    const [isBuilt, weights, initial, timesSet] = [this.#isBuilt, [...this.#weights], this.#initialWeights, this.#timesSet];
    return () => {
      if (this.#timesSet !== timesSet) return;
      for (const key of Object.keys(this)) if (!(key in properties)) Reflect.deleteProperty(this, key);
      for (const [key, value] of Object.entries(properties)) if (!Object.is(Reflect.get(this, key), value)) Reflect.set(this, key, value);
      this.#isBuilt = isBuilt;
      this.#weights.splice(0, Number.POSITIVE_INFINITY, ...weights);
      this.#initialWeights = initial;
    };
  }

  /**
   * Adds a weight, in `build`. Keep it in a property and hand it to ops in `call`.
   *
   * ```js
   * build(inputShape) { this.kernel = this.addWeight('kernel', [inputShape.at(-1), 4]); }
   * call(x) { return ops.matmul(x, this.kernel); }
   * ```
   * `name`: as files know it. Options: `initializer` (default 'glorot_uniform'), `regularizer`, `constraint` (default none),
   * `trainable` (default true). All in one object will do too: `addWeight({ name: 'kernel', shape: [2, 4] })`.
   */
  protected addWeight(name: string, shape: readonly number[], options?: WeightOptions): Variable;
  protected addWeight(options: WeightOptions & { name?: string; shape?: readonly number[] }): Variable;
  protected addWeight(first: string | object, second?: readonly number[], more?: WeightOptions): Variable {
    const options = isPlain(first) ? first : { ...more, name: first, shape: second };
    checkOptions(`${this.name}.addWeight`, options, ['name', 'shape', 'initializer', 'regularizer', 'constraint', 'trainable']);
    const {
      name = 'weight',
      shape = [],
      initializer = 'glorot_uniform',
      regularizer,
      constraint,
      trainable,
    } = options as WeightOptions & { name?: string; shape?: readonly number[] };
    checkWeightShape(`${this.name}.addWeight`, name, shape);
    const isPlaceholder = currentInference()?.keepsWeights === false;
    if (!isPlaceholder) currentMaking?.check(this.name, name, shape);
    const start = initializers.get(initializer);
    const isDrawn = !isPlaceholder && !currentMaking?.areOverwritten;
    if (!isPlaceholder && !isDrawn) start.skip(shape);
    const variable = new Variable(name, shape, isDrawn ? initialValues(start, shape) : undefined, {
      isPlaceholder,
      trainable: trainable ?? true,
      regularizer: regularizer == null ? undefined : regularizers.get(regularizer),
      constraint: constraint == null ? undefined : constraints.get(constraint),
    });
    this.#weights.push(variable);
    return variable;
  }

  /** Makes `value` the contents of a weight from here on, in `call`: for what is kept between batches, such as moving averages. */
  protected assign(weight: Variable, value: Value): void {
    assign(weight, broadcastTo(value, weight.shape));
  }

  /** Whether training changes the weights; takes effect at the next `compile`. */
  get trainable(): boolean {
    return this.#isTrainable;
  }

  set trainable(trainable: boolean) {
    for (const layer of layersWithin(this)) layer.trainOwn(trainable);
  }

  /** @internal Sets `trainable` of this layer alone. */
  protected trainOwn(trainable: boolean): void {
    this.#isTrainable = checkBoolean(this.name, 'trainable', trainable);
  }

  /** Own weights that training changes, then the others, then those of the layers inside. */
  get weights(): Variable[] {
    return unique(
      layersWithin(this).flatMap((layer) => [...layer.#weights.filter((w) => w.trainable), ...layer.#weights.filter((w) => !w.trainable)]),
    );
  }

  get trainableWeights(): Variable[] {
    return unique(layersWithin(this, (layer) => layer.trainable).flatMap((layer) => layer.#weights.filter((w) => w.trainable)));
  }

  get nonTrainableWeights(): Variable[] {
    const trainable = new Set(this.trainableWeights);
    return this.weights.filter((weight) => !trainable.has(weight));
  }

  /**
   * Copies of the weights, such as `[kernel, bias]`.
   *
   * ```js
   * const [kernel, bias] = model.layers[1].getWeights();
   * ```
   */
  getWeights(): Tensor[] {
    return this.weights.map((weight) => new Tensor(weight.view().slice(), weight.shape));
  }

  /**
   * Replaces the weights by arrays or tensors of the same shapes, in the order of `getWeights()`.
   * @throws ValueError when the number or a shape differs; nothing is changed then.
   */
  setWeights(weights: readonly LayerData[]): void {
    writeWeights(this.name, this.weights, weights);
    this.#timesSet++;
  }

  /** Number of weights, element by element. */
  countParams(): number {
    return countElements(this.weights);
  }
}

/** A weight's shape: lengths that are known. */
function checkWeightShape(owner: string, name: string, shape: unknown): void {
  if (Array.isArray(shape) && shape.every((dim) => Number.isSafeInteger(dim) && dim >= 0)) return;
  throw mismatch(
    owner,
    `the shape of ${name} in whole numbers`,
    describeShape(shape),
    'A length that is not known yet cannot be one of a weight.',
  );
}

/** The layer and all layers inside it, each once and before those inside it; only those that `enters` says, and what these hold. */
function layersWithin(root: WeightedLayer, enters: (layer: WeightedLayer) => boolean = () => true): readonly WeightedLayer[] {
  const found = new Set<WeightedLayer>();
  const visit = (layer: WeightedLayer): void => {
    if (found.has(layer) || !enters(layer)) return;
    found.add(layer);
    for (const inner of layer.sublayers) visit(inner);
  };
  visit(root);
  return [...found];
}

/** The layers in a value, each once. */
function layersIn(root: unknown): readonly WeightedLayer[] {
  const found = new Set<WeightedLayer>();
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (value instanceof WeightedLayer) {
      found.add(value);
      return;
    }
    const isList = Array.isArray(value);
    if (!(isList || isPlain(value)) || seen.has(value)) return;
    seen.add(value);
    // A table of numbers, which may be long, is known by its ends.
    if (isList && isPrimitive(value[0]) && isPrimitive(value.at(-1))) return;
    for (const item of Object.values(value)) visit(item);
  };
  visit(root);
  return [...found];
}

const isPrimitive = (value: unknown): boolean => typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';

const unique = (variables: readonly Variable[]): Variable[] => [...new Set(variables)];
