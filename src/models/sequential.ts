// A stack of layers.
import { mismatch, type ValueError } from '../common/errors.ts';
import { snakeCase, uniqueName } from '../common/names.ts';
import { checkOptions, describe } from '../common/options.ts';
import { classNameOf } from '../common/spec.ts';
import { fitsShape, innerShape, shapeText } from '../graph/shape.ts';
import { currentInference } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import { callOf, connectLayer, type Expected, inferOutputs, undoably } from '../layers/base/inference.ts';
import { checkShape, Layer, type LayerCall, type LayerData, type LayerSpec, type Shape } from '../layers/base/layer.ts';
import type { SymbolicTensor } from '../layers/base/symbolic.ts';
import { InputLayer, inputTensor } from '../layers/core/input-layer.ts';
import type { PreprocessingLayer } from '../layers/preprocessing/preprocessing-layer.ts';
import type { JsonObject } from '../saving/model/json.ts';
import { sequentialObject } from '../saving/model/write-model.ts';
import type { Writing } from '../saving/model/writing.ts';
import { type DType, toTensor } from '../tensor/index.ts';
import { BaseModel } from './base-model.ts';
import { hostSpec, isHost, nestedHost, textsLeft } from './host.ts';
import { dtypeFor, type InputSpec } from './inputs.ts';

export interface SequentialOptions {
  /** Default 'sequential', numbered. */
  name?: string;
}

/** The input of the first layer. */
export interface Start {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType | 'string';
}

const startDtype = (first: Layer | undefined): Start['dtype'] => (isHost(first) ? first.startDtype : (first?.inputDtype ?? 'float32'));

/** A layer's place in the stack. */
interface Connection {
  /** Brings the layer back to what it was before. */
  readonly undo: () => void;
  /** Makes it forget the shapes alone. */
  readonly forget: () => void;
}

/** Whether the layer can follow a tensor whose unknown lengths become known. */
function fitsSomeLength(layer: Layer, before: Expected): boolean {
  return [24, 2520].some((length) => {
    const shape = before.shape.map((dim, axis) => (axis === 0 ? dim : (dim ?? length)));
    try {
      return inferOutputs(layer, callOf([{ ...before, shape }], false), false).length === 1;
    } catch {
      return false;
    }
  });
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
 * When the first layer knows its input (an InputLayer, or any layer with `inputShape`) the model is built as the layers are added;
 * otherwise by the first data, by `build`, or where it is used. An Embedding without `inputLength` is taken to have rows of any
 * length, unless a layer behind it has to know the length: then that of the data decides.
 * @throws ValueError when something added is not a layer, or its input does not fit.
 */
export class Sequential extends BaseModel {
  static override readonly spec: LayerSpec = { keras: 'keras.Sequential' };
  readonly #stack: Layer[] = [];
  /** @internal Name, shape and dtype of the input, once known. */
  start: Start | undefined;
  /** The symbolic input and each layer's symbolic output, as far as they are connected. */
  readonly #symbols: SymbolicTensor[] = [];
  /** The last layer's output; undefined while the model is not built. */
  #end: Expected | undefined;
  /** Whether data, which may come in other lengths too, said what the model starts from. */
  #isBuiltByData = false;
  /** @internal Whether a first layer may presume the shape of its input; a file says whether the model was built. */
  presumesInput = true;
  /** Connections of the layers to undo, while they start from a shape that the first one only presumes. */
  #presumed: Connection[] | undefined;

  constructor(layers?: readonly (Layer | SymbolicTensor)[], options?: SequentialOptions);
  constructor(options: SequentialOptions & { layers?: readonly (Layer | SymbolicTensor)[] });
  constructor(first: unknown = [], options: SequentialOptions = {}) {
    const settled = (Array.isArray(first) || first instanceof Layer ? { ...options, layers: first } : first) as SequentialOptions;
    checkOptions('Sequential', settled, ['name', 'layers']);
    super(settled.name ?? uniqueName(snakeCase(classNameOf(new.target))));
    const { layers = [] } = settled as { layers?: unknown };
    if (!Array.isArray(layers)) throw mismatch(this.name, 'an array of layers', describe(layers), 'Wrap it in [ ].');
    for (const layer of layers) this.add(layer);
    const { build } = this;
    const checked = (inputShape: Shape): void => {
      this.#checkRebuild(inputShape);
      build(inputShape);
    };
    Object.defineProperty(this, 'build', { value: checked, writable: true, configurable: true });
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
    if (!this.#end) throw this.#unbuilt();
    return this.#end.shape;
  }

  /** Shape of a batch of inputs, null where it varies. */
  override get inputShape(): Shape {
    if (!this.start) throw this.#unbuilt();
    return this.start.shape;
  }

  override get built(): boolean {
    return this.#end !== undefined && this.#stack.length > 0;
  }

  /** Puts a layer on top; at the start it may be what `Input` gave. */
  add(layerOrSymbol: Layer | SymbolicTensor): void {
    const { layer: source } = ((layerOrSymbol as SymbolicTensor | null)?.call ?? {}) as Partial<LayerCall>;
    const layer = source instanceof InputLayer ? source : layerOrSymbol;
    if (!(layer instanceof Layer))
      throw mismatch(`${this.name}.add`, 'a layer', describe(layer), 'Make one with new layers.Dense(...) and the like.');
    if (layer instanceof InputLayer) {
      if (this.start || this.#stack.length > 0) throw mismatch(`${this.name}.add`, 'an InputLayer only at the start', 'one later');
      if (layer !== layerOrSymbol) this.#symbols.push(layerOrSymbol as SymbolicTensor);
      this.#begin(layer.name, layer.batchInputShape as Shape, layer.dtype);
      return;
    }
    if (this.#stack.some((other) => other.name === layer.name)) {
      throw mismatch(`${this.name}.add`, 'layers with different names', `a second ${describe(layer.name)}`, 'Pass another name.');
    }
    this.#checkPlace(layer);
    if (!this.start && this.#stack.length === 0) this.#beginWith(layer);
    if (this.#end) this.#extend(layer, this.#end);
    this.#stack.push(layer);
    this.steps.clear();
  }

  /** Starts from what the first layer knows of its input. */
  #beginWith(layer: Layer): void {
    const shape = layer.batchInputShape ?? (this.presumesInput ? layer.presumedInputShape : undefined);
    if (!shape) return;
    if (!layer.batchInputShape) this.#presumed = [];
    this.#begin(`${layer.name}_input`, shape, startDtype(layer));
  }

  /** Connects a layer, or waits for data where it needs a length that was only presumed to vary. */
  #extend(layer: Layer, before: Expected): void {
    try {
      this.#presumed?.push(this.#connect(layer, before));
      if (!this.#presumed) this.#connect(layer, before);
    } catch (error) {
      if (!this.#presumed || !fitsSomeLength(layer, before)) throw error;
      for (const { undo } of this.#presumed.reverse()) undo();
      this.#forgetStart();
    }
  }

  #forgetStart(): void {
    this.start = undefined;
    this.#end = undefined;
    this.#presumed = undefined;
    this.#symbols.length = 0;
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
  get #hosts(): readonly PreprocessingLayer[] {
    const end = this.#stack.findIndex((layer) => !isHost(layer));
    return (end < 0 ? this.#stack : this.#stack.slice(0, end)) as readonly Layer[] as readonly PreprocessingLayer[];
  }

  override get preparesData(): boolean {
    return this.#hosts.length > 0;
  }

  /** Takes the last layer off. */
  pop(): Layer {
    const layer = this.#stack.pop();
    if (!layer) throw mismatch(`${this.name}.pop`, 'at least one layer', 'none');
    this.#symbols.splice(this.#stack.length + 1);
    this.#presumed?.pop();
    if (this.start) this.#restart(this.start);
    this.steps.clear();
    return layer;
  }

  override setWeights(weights: readonly LayerData[]): void {
    if (!this.built && weights?.length > 0) throw this.#unbuilt();
    super.setWeights(weights);
  }

  override countParams(): number {
    if (!this.built && this.#stack.length > 0) throw this.#unbuilt();
    return super.countParams();
  }

  override get inputDtype(): 'float32' | 'int32' {
    return dtypeFor(this.start?.dtype ?? this.#stack[0]?.inputDtype ?? 'float32', this.#stack.slice(0, 1));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    if (!this.preparesData) return super.computeOutputShape(inputShape) as Shape;
    return this.#stack.reduce((shape, layer) => layer.computeOutputShape(shape) as Shape, inputShape);
  }

  override ensureBuilt(inputShape: Shape): void {
    if (this.start) return;
    this.build([null, ...inputShape.slice(1)]);
    this.#isBuiltByData = inputShape[0] !== null;
  }

  protected override snapshot(): () => void {
    const [restore, start, end, presumed] = [super.snapshot(), this.start, this.#end, this.#presumed];
    return () => {
      restore();
      this.start = start;
      this.#end = end;
      this.#presumed = presumed;
    };
  }

  /** Builds the model for batches of this shape. */
  override build(inputShape: Shape): void {
    if (this.start && !this.#presumed) return;
    if (this.#stack.length === 0) throw this.#empty();
    const shape = checkShape(`${this.name}.build`, inputShape);
    for (const { forget } of this.#presumed ?? []) forget();
    const [first] = this.#stack;
    this.#forgetStart();
    try {
      undoably(() => this.#restart({ name: `${first.name}_input`, shape, dtype: startDtype(first) }));
    } catch (error) {
      this.#forgetStart();
      throw error;
    }
  }

  #checkRebuild(inputShape: Shape): void {
    if (!this.start || !Array.isArray(inputShape) || fitsShape(innerShape(inputShape), innerShape(this.start.shape))) return;
    throw mismatch(
      `${this.name}.build`,
      `the shape ${shapeText(this.start.shape)}, which the model is built for`,
      shapeText(inputShape),
      'Make another model of these layers.',
    );
  }

  #begin(name: string, shape: Shape, dtype: Start['dtype']): void {
    this.start = { name, shape, dtype };
    this.#end = { shape, dtype: dtype === 'string' ? 'float32' : dtype };
  }

  /** Connects all layers, from a start. */
  #restart({ name, shape, dtype }: Start): void {
    this.#begin(name, shape, dtype);
    for (const layer of this.#stack) this.#connect(layer, this.#end as Expected);
  }

  inputSpecs(sample?: unknown): readonly InputSpec[] {
    if (!this.start) {
      if (this.#stack.length === 0) throw this.#empty();
      if (sample === undefined) throw this.#unbuilt();
      const [first] = this.#stack;
      this.build(isHost(first) ? first.shapeOf(sample) : [null, ...toTensor(this.name, sample).shape.slice(1)]);
      this.#isBuiltByData = !isHost(first);
    }
    const { name, dtype } = this.start as Start;
    const shape = this.#acceptedShape();
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

  override kerasObject(writing: Writing): JsonObject {
    return sequentialObject(this, writing);
  }

  override layersInFile(): readonly Layer[] {
    return this.#stack;
  }

  /** The spec of the input: where data said how long they are, lengths may change, but not the number of features. */
  #acceptedShape(): Shape {
    const { shape, dtype } = this.start as Start;
    if (!this.#isBuiltByData) return shape;
    const last = dtype === 'int32' ? shape.length : shape.length - 1;
    return shape.map((dim, axis) => (axis < last && dim !== 1 ? null : dim));
  }

  /** Builds a layer for its input. */
  #connect(layer: Layer, before: Expected): Connection {
    const { result, undo } = undoably(() => {
      const [end, ...more] = connectLayer(layer, callOf([before], false));
      if (more.length > 0) {
        throw mismatch(layer.name, 'one output inside a Sequential model', more.length + 1, 'Use new Model({ inputs, outputs }).');
      }
      const forget = layer.connected(before.shape, end.shape, () => this.#draw());
      currentInference()?.building(layer, before.shape, forget);
      return { end, forget };
    });
    this.#end = result.end;
    return { undo, forget: result.forget };
  }

  /** The model's symbolic input, for functional models: `new Model({ inputs: model.inputs, outputs: model.layers[0].output })`. */
  get inputs(): readonly SymbolicTensor[] {
    return this.#draw().slice(0, 1);
  }

  /** The model's symbolic output, for functional models. */
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

  #empty(): ValueError {
    return mismatch(this.name, 'at least one layer', 'none', 'Add layers first.');
  }

  #unbuilt(): ValueError {
    return mismatch(
      this.name,
      'a built model',
      'one whose input shape is not known',
      'Pass inputShape to the first layer, call build([null, ...]), or fit or predict first.',
    );
  }
}
