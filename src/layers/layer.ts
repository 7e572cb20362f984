// What every layer shares: a name, weights, building on first sight of a shape, masks, and calling.

import * as constraints from '../constraints/index.ts';
import { ValueError } from '../errors.ts';
import type { Regularizer } from '../graph/roles.ts';
import { currentTrace, isTracing, Trace, tracing } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import * as initializers from '../initializers/index.ts';
import { snakeCase, uniqueName } from '../names.ts';
import { affine } from '../ops/unary.ts';
import { checkBoolean, describe } from '../options.ts';
import * as regularizers from '../regularizers/index.ts';
import { eager } from '../runtime/eager.ts';
import { Tensor, type TensorLike, toTensor } from '../tensor/index.ts';

/** A shape in which `null` stands for a length that is known only when data comes. */
export type Shape = readonly (number | null)[];

/** What a call is told besides its inputs. */
export interface CallOptions {
  /** Whether the model is being trained. */
  readonly training: boolean;
  /** 1 for the steps that are real, 0 for padding; undefined when nothing is masked. */
  readonly mask: Value | undefined;
}

/** Options that every layer takes. */
export interface LayerOptions {
  /** Unique name; by default the class in snake case, numbered. */
  name?: string;
  /** Whether training changes the weights. Default true. */
  trainable?: boolean;
  /** Shape of one sample, for the first layer of a Sequential model. */
  inputShape?: Shape;
  /** Shape of a batch, `[null, ...]`, for the first layer of a Sequential model. */
  batchInputShape?: Shape;
  /** Initial weights, in the order of `getWeights()`. */
  weights?: readonly (TensorLike | readonly unknown[])[];
  /** A penalty on the output, added to the loss and divided by the batch size. */
  activityRegularizer?: regularizers.RegularizerIdentifier | null;
}

/** Names of the options above, to be allowed by each layer. */
export const layerOptions = ['name', 'trainable', 'inputShape', 'batchInputShape', 'weights', 'activityRegularizer'] as const;

/** How a weight is made. */
export interface WeightOptions {
  readonly initializer: initializers.InitializerIdentifier;
  readonly regularizer?: regularizers.RegularizerIdentifier | null | undefined;
  readonly constraint?: constraints.ConstraintIdentifier | null | undefined;
  readonly trainable?: boolean;
}

export abstract class Layer {
  readonly name: string;
  /** Whether training changes the weights; takes effect at the next `compile`. */
  trainable: boolean;
  built = false;
  /** Whether a mask that comes in goes out again. */
  supportsMasking = false;
  /** The shape of a batch that the layer was given at construction. */
  batchInputShape: Shape | undefined;
  /** Shape of a batch of its input and output, once connected. */
  inputShape: Shape | undefined;
  outputShape: Shape | undefined;
  readonly activityRegularizer: Regularizer | undefined;
  private readonly ownWeights: Variable[] = [];
  private initialWeights: LayerOptions['weights'];

  constructor(options: LayerOptions = {}) {
    if (options.name !== undefined && (typeof options.name !== 'string' || options.name === '')) {
      throw new ValueError(
        `${this.className}: expected name to be a non-empty string, got ${describe(options.name)}. Leave it out for an automatic name.`,
      );
    }
    this.name = options.name ?? uniqueName(snakeCase(this.className));
    this.trainable = options.trainable === undefined ? true : checkBoolean(this.name, 'trainable', options.trainable);
    if (options.batchInputShape) this.batchInputShape = checkShape(this.name, options.batchInputShape);
    else if (options.inputShape) this.batchInputShape = [null, ...checkShape(this.name, options.inputShape)];
    this.activityRegularizer = options.activityRegularizer == null ? undefined : regularizers.get(options.activityRegularizer);
    this.initialWeights = options.weights;
  }

  /** Keras's name of the class; written out in each layer, since bundlers shorten the names of classes. */
  get className(): string {
    return this.constructor.name;
  }

  /** Kind of number the layer wants as its input. */
  get inputDtype(): 'float32' | 'int32' {
    return 'float32';
  }

  /** Makes the weights for inputs of this shape. Override it and call `addWeight`. */
  build(_inputShape: Shape): void {}

  /** Computes the output from ops. */
  abstract call(inputs: Value, options: CallOptions): Value;

  /** The shape of the output for a batch of this shape. */
  abstract computeOutputShape(inputShape: Shape): Shape;

  /** The mask that goes out with the output. */
  computeMask(_inputs: Value, mask: Value | undefined): Value | undefined {
    return this.supportsMasking ? mask : undefined;
  }

  /** Adds a weight; `name` is Keras's name for it. */
  protected addWeight(name: string, shape: readonly number[], options: WeightOptions): Variable {
    const { initializer, regularizer, constraint, trainable } = options;
    const variable = new Variable(name, shape, initializers.get(initializer).initialize(shape), {
      trainable: trainable ?? true,
      regularizer: regularizer == null ? undefined : regularizers.get(regularizer),
      constraint: constraint == null ? undefined : constraints.get(constraint),
    });
    this.ownWeights.push(variable);
    return variable;
  }

  /** Builds the layer for inputs of this shape, once. */
  ensureBuilt(inputShape: Shape): void {
    if (this.built) return;
    this.build(inputShape);
    this.built = true;
    if (this.initialWeights) this.setWeights(this.initialWeights);
    this.initialWeights = undefined;
  }

  /** The layer within a trace: masks, penalties and names around `call`. */
  invoke(inputs: Value, training: boolean): Value {
    this.ensureBuilt(inputs.shape);
    const trace = currentTrace();
    return trace.own(this.name, () => {
      const output = this.call(inputs, { training, mask: inputs.mask });
      if (this.activityRegularizer) {
        const penalty = this.activityRegularizer.penalty(output);
        trace.losses.push(affine(penalty, 1 / Math.max(1, output.shape[0] ?? 1), 0));
      }
      // A layer that gives its input back must not put its own mask on the value of another layer.
      if (output !== inputs) output.mask = this.computeMask(inputs, inputs.mask);
      return output;
    });
  }

  /**
   * Computes the layer's output for data, at once.
   *
   * ```js
   * const embedding = new layers.Embedding(1000, 5);
   * embedding.apply(tensor([1, 2, 3])).shape; // [3, 5]
   * ```
   * @throws ValueError when the data do not fit the layer.
   */
  apply(inputs: TensorLike | readonly unknown[], { training = false } = {}): Tensor {
    // Fractions must survive until ids are checked.
    const x = this.inputDtype === 'float32' ? toTensor(this.name, inputs, 'float32') : toTensor(this.name, inputs);
    this.ensureBuilt(x.shape);
    return eager([x], ([value]) => [this.invoke(value, training)], { training })[0];
  }

  /** Own weights that training changes, then the others. */
  get weights(): Variable[] {
    return [...this.ownWeights.filter((w) => w.trainable), ...this.ownWeights.filter((w) => !w.trainable)];
  }

  get trainableWeights(): Variable[] {
    return this.trainable ? this.ownWeights.filter((w) => w.trainable) : [];
  }

  get nonTrainableWeights(): Variable[] {
    return this.trainable ? this.ownWeights.filter((w) => !w.trainable) : this.weights;
  }

  /**
   * Copies of the weights, such as `[kernel, bias]`.
   *
   * ```js
   * const [kernel, bias] = model.layers[1].getWeights();
   * ```
   */
  getWeights(): Tensor[] {
    return readWeights(this.weights);
  }

  /**
   * Replaces the weights by arrays or tensors of the same shapes, in the order of `getWeights()`.
   * @throws ValueError when the number or a shape differs; nothing is changed then.
   */
  setWeights(weights: readonly (TensorLike | readonly unknown[])[]): void {
    writeWeights(this.name, this.weights, weights);
  }

  /** Number of weights, element by element. */
  countParams(): number {
    return countElements(this.weights);
  }

  /** Options from which an equal layer can be made. */
  getConfig(): Record<string, unknown> {
    return { name: this.name, trainable: this.trainable };
  }
}

/** Checks a shape a user wrote: null or non-negative integers. */
export function checkShape(owner: string, shape: unknown): Shape {
  const fits = Array.isArray(shape) && shape.every((dim) => dim === null || (Number.isSafeInteger(dim) && dim >= 0));
  if (!fits)
    throw new ValueError(`${owner}: expected a shape as an array of lengths or null, got ${describe(shape)}. For example [null, 16].`);
  return [...(shape as (number | null)[])];
}

export const countElements = (weights: readonly Variable[]): number => weights.reduce((sum, weight) => sum + weight.size, 0);

export const readWeights = (weights: readonly Variable[]): Tensor[] =>
  weights.map((weight) => new Tensor(weight.view().slice(), weight.shape));

/** Writes weights after checking all of them. */
export function writeWeights(owner: string, weights: readonly Variable[], given: readonly unknown[]): void {
  if (!Array.isArray(given))
    throw new ValueError(`${owner}: expected an array of weights, got ${describe(given)}. Pass one array or tensor per weight.`);
  if (given.length !== weights.length) {
    const names = weights.map((weight) => weight.name).join(', ');
    throw new ValueError(
      `${owner}: expected ${weights.length} weights (${names}), got ${given.length}. Pass them in the order of getWeights().`,
    );
  }
  const tensors = given.map((values, i) => {
    const { name, shape } = weights[i];
    const tensor = toTensor(`${owner}: weight ${name}`, values, 'float32');
    if (tensor.shape.length !== shape.length || tensor.shape.some((dim, axis) => dim !== shape[axis])) {
      throw new ValueError(
        `${owner}: expected weight ${name} of shape [${shape.join(', ')}], got [${tensor.shape.join(', ')}]. Reshape it first.`,
      );
    }
    return tensor;
  });
  for (const [i, tensor] of tensors.entries()) weights[i].view().set(tensor.data);
}

/** Shape that `call` gives for a batch of this shape, found by tracing it with two guesses for each unknown length. */
export function traceOutputShape(layer: Layer, inputShape: Shape): Shape {
  if (isTracing()) throw new Error('internal: a shape is inferred inside a trace');
  const guess = (length: number) => {
    const trace = new Trace();
    return tracing(
      trace,
      () => layer.invoke(trace.input({ shape: inputShape.map((dim) => dim ?? length), dtype: layer.inputDtype }), false).shape,
    );
  };
  const [a, b] = [guess(11), guess(13)];
  return a.map((dim, i) => (dim === b[i] ? dim : null));
}
