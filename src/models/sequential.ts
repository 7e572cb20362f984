// A stack of layers.
import { ValueError } from '../common/errors.ts';
import { uniqueName } from '../common/names.ts';
import { checkOptions, describe } from '../common/options.ts';
import type { Value } from '../graph/value.ts';
import { callOf, connectLayer } from '../layers/base/inference.ts';
import { isShapeList, Layer, type LayerCall, type Shape, type Shapes } from '../layers/base/layer.ts';
import type { SymbolicTensor } from '../layers/base/symbolic.ts';
import { InputLayer, inputTensor } from '../layers/core/input-layer.ts';
import type { HostLayer } from '../layers/preprocessing/preprocessing-layer.ts';
import type { JsonObject } from '../saving/model/json.ts';
import { sequentialObject } from '../saving/model/write-model.ts';
import type { SharedLayers } from '../saving/model/written-model.ts';
import { toTensor } from '../tensor/index.ts';
import { BaseModel } from './base-model.ts';
import { hostSpec, isHost, nestedHost, textsLeft } from './host.ts';
import { dtypeFor, type InputSpec } from './inputs.ts';

export interface SequentialOptions {
  /** Default 'sequential', numbered. */
  name?: string;
}

/** What goes into the first layer. */
export interface Start {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: 'float32' | 'int32' | 'string';
}

const startDtype = (first: Layer | undefined): Start['dtype'] => (isHost(first) ? first.startDtype : (first?.inputDtype ?? 'float32'));

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
  start: Start | undefined;
  /** What goes in and what each layer gives, as far as it was drawn. */
  readonly #symbols: SymbolicTensor[] = [];
  #shape: Shape | undefined;

  constructor(layers?: readonly (Layer | SymbolicTensor)[], options?: SequentialOptions);
  constructor(options: SequentialOptions & { layers?: readonly (Layer | SymbolicTensor)[] });
  constructor(first: unknown = [], options: SequentialOptions = {}) {
    const given = (Array.isArray(first) || first instanceof Layer ? { ...options, layers: first } : first) as SequentialOptions;
    checkOptions('Sequential', given, ['name', 'layers']);
    super(given.name ?? uniqueName('sequential'));
    const { layers = [] } = given as { layers?: unknown };
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
    if (!this.start) throw this.#unbuilt();
    return this.start.shape;
  }

  override get built(): boolean {
    return this.#shape !== undefined && this.#stack.length > 0;
  }

  /** Puts a layer on top; at the start it may be what `Input` gave. */
  add(given: Layer | SymbolicTensor): void {
    const { layer: source } = ((given as SymbolicTensor | null)?.call ?? {}) as Partial<LayerCall>;
    const layer = source?.className === 'InputLayer' ? source : given;
    if (!(layer instanceof Layer))
      throw new ValueError(`${this.name}.add: expected a layer, got ${describe(layer)}. Make one with new layers.Dense(...) and the like.`);
    if (layer.className === 'InputLayer') {
      if (this.start || this.#stack.length > 0)
        throw new ValueError(`${this.name}.add: expected an InputLayer only at the start, got one later.`);
      if (layer !== given) this.#symbols.push(given as SymbolicTensor);
      this.#begin(layer.name, layer.batchInputShape as Shape, (layer as InputLayer).dtype);
      return;
    }
    if (this.#stack.some((other) => other.name === layer.name)) {
      throw new ValueError(
        `${this.name}.add: expected layers with different names, got a second ${describe(layer.name)}. Pass another name.`,
      );
    }
    this.#checkPlace(layer);
    if (!this.start && this.#stack.length === 0 && layer.batchInputShape) {
      this.#begin(`${layer.name}_input`, layer.batchInputShape, startDtype(layer));
    }
    if (this.#shape) this.#shape = this.#connect(layer, this.#shape);
    this.#stack.push(layer);
    this.steps.clear();
  }

  /** Layers on the host come before all others, and texts go to them alone. */
  #checkPlace(layer: Layer): void {
    const before = this.#stack.at(-1);
    layer.checkAfter(before);
    if (isHost(layer)) return;
    if (layer.preparesData) throw nestedHost(layer.name);
    if ((before ? before.outputDtype : this.start?.dtype) === 'string') throw textsLeft(layer.name);
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
    this.#symbols.splice(this.#stack.length + 1);
    if (this.start) this.#shape = (this.#stack.at(-1)?.outputShape as Shape | undefined) ?? this.start.shape;
    this.steps.clear();
    return layer;
  }

  override get className(): string {
    return 'Sequential';
  }

  override get inputDtype(): 'float32' | 'int32' {
    return dtypeFor(this.start?.dtype ?? this.#stack[0]?.inputDtype ?? 'float32', this.#stack.slice(0, 1));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return this.#stack.reduce((shape, layer) => single(layer, layer.computeOutputShape(shape)), inputShape);
  }

  override ensureBuilt(inputShape: Shape): void {
    if (!this.start) this.build(inputShape);
  }

  protected override snapshot(): () => void {
    const [restore, shape] = [super.snapshot(), this.#shape];
    return () => {
      restore();
      this.#shape = shape;
    };
  }

  /** Builds the model for batches of this shape. */
  override build(inputShape: Shape): void {
    if (this.start) return;
    const [first] = this.#stack;
    this.#begin(`${first?.name ?? this.name}_input`, inputShape, startDtype(first));
    for (const layer of this.#stack) this.#shape = this.#connect(layer, this.#shape as Shape);
  }

  #begin(name: string, shape: Shape, dtype: 'float32' | 'int32' | 'string'): void {
    this.start = { name, shape, dtype };
    this.#shape = shape;
  }

  inputSpecs(sample?: unknown): readonly InputSpec[] {
    if (!this.start) {
      if (this.#stack.length === 0) throw new ValueError(`${this.name}: expected at least one layer, got none. Add layers first.`);
      if (sample === undefined) throw this.#unbuilt();
      const [first] = this.#stack;
      this.build(isHost(first) ? first.shapeOf(sample) : [null, ...toTensor(this.name, sample).shape.slice(1)]);
    }
    const { name, shape, dtype } = this.start as Start;
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

  override kerasObject(shared: SharedLayers): JsonObject {
    return sequentialObject(this, shared);
  }

  override layersInFile(): readonly Layer[] {
    return this.#stack;
  }

  /** Builds a layer for its input and gives its output's shape. */
  #connect(layer: Layer, inputShape: Shape): Shape {
    const expected = connectLayer(layer, callOf([{ shape: inputShape, dtype: layer.inputDtype }], false));
    const outputShape = single(layer, expected.length === 1 ? expected[0].shape : expected.map(({ shape }) => shape));
    layer.connected(inputShape, outputShape, () => this.#draw());
    return outputShape;
  }

  /** What goes into the model, for functional models: `new Model({ inputs: model.inputs, outputs: model.layers[0].output })`. */
  get inputs(): readonly SymbolicTensor[] {
    return this.#draw().slice(0, 1);
  }

  /** What comes out of the model, for functional models. */
  get outputs(): readonly SymbolicTensor[] {
    return this.#draw().slice(-1);
  }

  override get input(): SymbolicTensor {
    return this.inputs[0];
  }

  override get output(): SymbolicTensor {
    return this.outputs[0];
  }

  /** Applies the layers to a symbolic tensor, one after another, as far as that has not been done. */
  #draw(): readonly SymbolicTensor[] {
    if (!this.start) throw this.#unbuilt();
    const { name, shape, dtype } = this.start;
    // A float32 that nobody chose leaves the kind of number to the layers that read it.
    const input = () => inputTensor(new InputLayer({ name, batchShape: shape, ...(dtype === 'float32' ? {} : { dtype }) }));
    if (this.#symbols.length === 0) this.#symbols.push(input());
    for (const layer of this.#stack.slice(this.#symbols.length - 1)) {
      const before = this.#symbols[this.#symbols.length - 1];
      this.#symbols.push(...[layer.apply(before)].flat());
    }
    return this.#symbols;
  }

  #unbuilt(): ValueError {
    return new ValueError(
      `${this.name}: expected a built model, got one whose input shape is not known. ` +
        'Pass inputShape to the first layer, call build([null, ...]), or fit or predict first.',
    );
  }
}

/** The shape of a layer that may only have one output. */
function single(layer: Layer, shape: Shapes): Shape {
  if (!isShapeList(shape)) return shape;
  throw new ValueError(
    `${layer.name}: expected one output inside a Sequential model, got ${shape.length}. Use new Model({ inputs, outputs }).`,
  );
}
