// A stack of layers.
import { ValueError } from '../errors.ts';
import type { Value } from '../graph/value.ts';
import type { HostLayer } from '../layers/host-layer.ts';
import type { InputLayer } from '../layers/input-layer.ts';
import { isShapeList, Layer, type Shape, type Shapes } from '../layers/layer.ts';
import { uniqueName } from '../names.ts';
import { checkOptions, describe } from '../options.ts';
import { toTensor } from '../tensor/index.ts';
import { BaseModel } from './base-model.ts';
import { dtypeFor, type InputSpec } from './data.ts';
import { hostSpec, isHost, nestedHost, textsLeft } from './host.ts';

export interface SequentialOptions {
  /** Default 'sequential', numbered. */
  name?: string;
}

/** What goes into the first layer. */
interface Start {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: 'float32' | 'int32' | 'string';
}

/**
 * A model in which each layer feeds the next.
 *
 * ```js
 * const model = new Sequential([
 *   new layers.Embedding(50, 8, { inputLength: 4 }),
 *   new layers.Flatten(),
 *   new layers.Dense(1, { activation: 'sigmoid' }),
 * ]);
 * model.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['acc'] });
 * ```
 * When the first layer knows its input (an Embedding, an InputLayer, or any layer with `inputShape`) the model is built as
 * the layers are added, as in Keras 2; otherwise when it first sees data.
 * @throws ValueError when something added is not a layer, or its input does not fit.
 */
export class Sequential extends BaseModel {
  readonly #stack: Layer[] = [];
  /** @internal What it starts from, once that is known. */
  input: Start | undefined;
  #shape: Shape | undefined;

  constructor(layers: readonly Layer[] = [], options: SequentialOptions = {}) {
    checkOptions('Sequential', options, ['name']);
    super(options.name ?? uniqueName('sequential'));
    if (!Array.isArray(layers)) throw new ValueError(`${this.name}: expected an array of layers, got ${describe(layers)}. Wrap it in [ ].`);
    for (const layer of layers) this.add(layer);
  }

  /** The layers, without an InputLayer. */
  get layers(): readonly Layer[] {
    return this.#stack;
  }

  get outputNames(): readonly string[] {
    return [this.#stack.at(-1)?.name ?? 'output'];
  }

  /** Shape of a batch of outputs, null where it varies. */
  override get outputShape(): Shape {
    if (!this.#shape) throw this.#unbuilt();
    return this.#shape;
  }

  /** Shape of a batch of inputs, null where it varies. */
  override get inputShape(): Shape {
    if (!this.input) throw this.#unbuilt();
    return this.input.shape;
  }

  override get built(): boolean {
    return this.#shape !== undefined && this.#stack.length > 0;
  }

  /** Puts a layer on top. */
  add(layer: Layer): void {
    if (!(layer instanceof Layer))
      throw new ValueError(`${this.name}.add: expected a layer, got ${describe(layer)}. Make one with new layers.Dense(...) and the like.`);
    if (layer.className === 'InputLayer') {
      if (this.input || this.#stack.length > 0)
        throw new ValueError(`${this.name}.add: expected an InputLayer only at the start, got one later.`);
      this.#start(layer.name, layer.batchInputShape as Shape, (layer as InputLayer).dtype);
      return;
    }
    if (this.#stack.some((other) => other.name === layer.name)) {
      throw new ValueError(
        `${this.name}.add: expected layers with different names, got a second ${describe(layer.name)}. Pass another name.`,
      );
    }
    this.#checkPlace(layer);
    if (!this.input && this.#stack.length === 0 && layer.batchInputShape) {
      this.#start(`${layer.name}_input`, layer.batchInputShape, layer.inputDtype);
    }
    if (this.#shape) this.#shape = connect(layer, this.#shape);
    this.#stack.push(layer);
    this.steps.clear();
  }

  /** Layers on the host come before all others, and texts go to them alone. */
  #checkPlace(layer: Layer): void {
    const before = this.#stack.at(-1);
    layer.checkAfter(before);
    if (isHost(layer)) return;
    if (layer.preparesData) throw nestedHost(layer.name);
    if ((before ? before.outputDtype : this.input?.dtype) === 'string') throw textsLeft(layer.name);
  }

  /** The layers on the host, which come first. */
  get #hosts(): readonly HostLayer[] {
    const end = this.#stack.findIndex((layer) => !isHost(layer));
    return (end < 0 ? this.#stack : this.#stack.slice(0, end)) as readonly Layer[] as readonly HostLayer[];
  }

  override get preparesData(): boolean {
    return this.#hosts.length > 0;
  }

  /** Takes the last layer off. */
  pop(): Layer {
    const layer = this.#stack.pop();
    if (!layer) throw new ValueError(`${this.name}.pop: expected at least one layer, got none.`);
    if (this.input) this.#shape = (this.#stack.at(-1)?.outputShape as Shape | undefined) ?? this.input.shape;
    this.steps.clear();
    return layer;
  }

  override get className(): string {
    return 'Sequential';
  }

  override get inputDtype(): 'float32' | 'int32' {
    return dtypeFor(this.input?.dtype ?? this.#stack[0]?.inputDtype ?? 'float32', this.#stack.slice(0, 1));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return this.#stack.reduce((shape, layer) => single(layer, layer.computeOutputShape(shape)), inputShape);
  }

  override ensureBuilt(inputShape: Shape): void {
    this.build(inputShape);
  }

  /** Builds the model for batches of this shape. */
  override build(inputShape: Shape): void {
    if (this.input) return;
    this.#start(`${this.#stack[0]?.name ?? this.name}_input`, inputShape, this.#stack[0]?.inputDtype ?? 'float32');
    for (const layer of this.#stack) this.#shape = connect(layer, this.#shape as Shape);
  }

  #start(name: string, shape: Shape, dtype: 'float32' | 'int32' | 'string'): void {
    this.input = { name, shape, dtype };
    this.#shape = shape;
  }

  inputSpecs(sample?: unknown): readonly InputSpec[] {
    if (!this.input) {
      if (this.#stack.length === 0) throw new ValueError(`${this.name}: expected at least one layer, got none. Add layers first.`);
      if (sample === undefined) throw this.#unbuilt();
      const [first] = this.#stack;
      this.build(isHost(first) ? first.shapeOf(sample) : [null, ...toTensor(this.name, sample).shape.slice(1)]);
    }
    const { name, shape, dtype } = this.input as Start;
    const hosts = this.#hosts;
    const readers = this.#stack.slice(hosts.length, hosts.length + 1);
    if (hosts.length > 0) return [hostSpec(name, shape, hosts, readers)];
    if (dtype === 'string') throw textsLeft(this.name);
    return [{ name, shape, dtype: dtypeFor(dtype, readers) }];
  }

  forward([x]: readonly Value[], training: boolean): Value[] {
    let value = x;
    for (const layer of this.#stack) if (!isHost(layer)) value = layer.invoke(value, training);
    return [value];
  }

  #unbuilt(): ValueError {
    return new ValueError(
      `${this.name}: expected a built model, got one whose input shape is not known. ` +
        'Pass inputShape to the first layer, call build([null, ...]), or fit or predict first.',
    );
  }
}

/** Builds a layer for its input and gives its output's shape. */
function connect(layer: Layer, inputShape: Shape): Shape {
  const outputShape = single(layer, layer.computeOutputShape(inputShape));
  layer.ensureBuilt(inputShape);
  layer.connected(inputShape, outputShape);
  return outputShape;
}

/** The shape of a layer that may only have one output. */
function single(layer: Layer, shape: Shapes): Shape {
  if (!isShapeList(shape)) return shape;
  throw new ValueError(
    `${layer.name}: expected one output inside a Sequential model, got ${shape.length}. Use new Model({ inputs, outputs }).`,
  );
}
