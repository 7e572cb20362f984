// What every layer shares: a name, weights, building on first sight of a shape, masks, and calling.

import { ValueError } from '../../common/errors.ts';
import { snakeCase, uniqueName } from '../../common/names.ts';
import { readArguments, readOptions, writeOptions } from '../../common/option-values.ts';
import { checkBoolean, checkPositiveInteger, describe, isPlain } from '../../common/options.ts';
import { type AnyClass, classNameOf, type FullSpec, type Options, specOf } from '../../common/spec.ts';
import * as constraints from '../../constraints/index.ts';
import { currentTrace } from '../../graph/trace.ts';
import { Value } from '../../graph/value.ts';
import { type Regularizer, Variable } from '../../graph/variable.ts';
import * as initializers from '../../initializers/index.ts';
import { broadcastTo } from '../../primitives/binary.ts';
import { mean } from '../../primitives/reduce.ts';
import { assign } from '../../primitives/update.ts';
import * as regularizers from '../../regularizers/index.ts';
import { Tensor, toTensor } from '../../tensor/index.ts';
import { applyEager, applyInside } from './apply.ts';
import { type ApplyOptions, type CallOptions, type Invocation, isSymbol, type LayerData, type Settings } from './call-options.ts';
import { invoke, putMasks } from './invoke.ts';
import { type LayerOptions, layerOptions, type WeightOptions } from './layer-options.ts';
import type { LayerSpec } from './layer-spec.ts';
import { traceOutputShape } from './output-shape.ts';
import { checkShape, describeShape, isShapeList, type Shape, type Shapes } from './shape.ts';
import type { LayerCall, SymbolicTensor } from './symbolic.ts';
import { countElements, writeWeights } from './weights.ts';

/** Symbolic tensors: one, an array, or an object by name. */
export type Symbols = SymbolicTensor | readonly SymbolicTensor[] | Readonly<Record<string, SymbolicTensor>>;

export type { ApplyOptions, CallOptions, Invocation, LayerData, Settings } from './call-options.ts';
export { isSymbol } from './call-options.ts';
export { type LayerOptions, layerOptions, type WeightOptions } from './layer-options.ts';
export type { LayerSpec } from './layer-spec.ts';
export { traceOutputShape } from './output-shape.ts';
export { checkShape, describeShape, isShapeList, type Shape, type Shapes };

export abstract class Layer {
  /** What the class tells about itself, besides what the classes that it extends do. */
  static readonly spec: LayerSpec = {};
  readonly name: string;
  /** Whether a mask that comes in goes out again. */
  supportsMasking: boolean;
  /** The shape of a batch that the layer was given at construction. */
  batchInputShape: Shape | undefined;
  activityRegularizer: Regularizer | undefined;
  /** @internal Its uses in functional models. */
  readonly calls: LayerCall[] = [];
  readonly #ownWeights: Variable[] = [];
  #initialWeights: LayerOptions['weights'];
  #isTrainable: boolean;
  #isBuilt = false;
  #shapes: readonly [input: Shapes, output: Shapes] | undefined;
  #draw: (() => void) | undefined;
  #hasWarned = false;
  readonly #spec: FullSpec<LayerSpec>;

  constructor(options?: LayerOptions);
  /** @internal The arguments of a class whose spec has options: they are read by it and kept as properties. */
  constructor(...args: readonly never[]);
  constructor(...args: readonly unknown[]) {
    this.#spec = specOf<LayerSpec>(new.target);
    const table = this.#spec.options;
    const options: LayerOptions = readArguments(this.className, this.#spec, args, layerOptions);
    if (options.name !== undefined && (typeof options.name !== 'string' || options.name === '')) {
      throw new ValueError(
        `${this.className}: expected name to be a non-empty string, got ${describe(options.name)}. Leave it out for an automatic name.`,
      );
    }
    this.name = options.name ?? uniqueName(snakeCase(this.className));
    this.supportsMasking = this.#spec.supportsMasking ?? false;
    this.#isTrainable = options.trainable === undefined ? true : checkBoolean(this.name, 'trainable', options.trainable);
    if (options.batchInputShape) this.batchInputShape = checkShape(this.name, options.batchInputShape);
    else if (options.inputShape) this.batchInputShape = [null, ...checkShape(this.name, options.inputShape)];
    else if (options.inputDim !== undefined && !Object.hasOwn(table, 'inputDim'))
      this.batchInputShape = [null, checkPositiveInteger(this.name, 'inputDim', options.inputDim)];
    this.activityRegularizer = options.activityRegularizer == null ? undefined : regularizers.get(options.activityRegularizer);
    this.#initialWeights = options.weights;
    Object.assign(this, readOptions(this.name, table, options as Record<string, unknown>));
  }

  /**
   * The class in messages, configs and files: its `static className`, Keras's name, or its name in the code. A minifier changes the
   * last, so a class of yours that is saved says `static className = 'Mine'`.
   */
  get className(): string {
    return classNameOf(this.constructor as AnyClass);
  }

  /** Weights that were given at construction and wait for the layer to be built. */
  protected get initialWeights(): LayerOptions['weights'] {
    return this.#initialWeights;
  }

  protected set initialWeights(weights: LayerOptions['weights']) {
    this.#initialWeights = weights;
  }

  /** Kind of number the layer wants as its input. */
  get inputDtype(): 'float32' | 'int32' {
    return 'float32';
  }

  /** @internal Kind of value it gives. */
  get outputDtype(): 'float32' | 'int32' | 'string' {
    return 'float32';
  }

  /** @internal Whether it is a HostLayer; asked for without the class, which models of numbers need not carry. */
  get isHost(): boolean {
    return false;
  }

  /** @internal Whether it has to see data as they come in. */
  get preparesData(): boolean {
    return false;
  }

  /** @internal Where it has to see data: refuses symbolic tensors that it cannot take. */
  checkSymbols(_inputs: readonly SymbolicTensor[]): void {}

  /** @internal Refuses a place behind another layer of a Sequential model. */
  checkAfter(_before: Layer | undefined): void {}

  /** @internal The data of its inputs as tensors. */
  readInputs(data: readonly LayerData[]): Tensor[] {
    return data.map((one, i) => toTensor(this.name, one, this.inputDtypeAt(i) === 'int32' ? undefined : 'float32'));
  }

  /** @internal The same for one input of several. */
  inputDtypeAt(_index: number): 'float32' | 'int32' {
    return this.inputDtype;
  }

  /** @internal Whether it is called with a list of inputs. */
  get takesList(): boolean {
    return false;
  }

  /** @internal How many masks a call with so many inputs can be given. */
  mostMasks(inputs: number): number {
    return inputs;
  }

  /** @internal What a call can be told besides `training`, `mask` and `initialState`. */
  get callOptions(): Options {
    return this.#spec.callOptions ?? {};
  }

  /** @internal The same for one output of several. */
  outputDtypeAt(_index: number): 'float32' | 'int32' | 'string' {
    return this.outputDtype;
  }

  /** Layers inside this one: those kept in its properties, alone, in arrays or in plain objects. */
  get sublayers(): readonly Layer[] {
    // Its uses in models tell of it, they are no part of it.
    const { calls: _calls, ...properties } = this;
    return layersIn(properties);
  }

  /** Whether the weights have been made. */
  get built(): boolean {
    return this.#isBuilt;
  }

  /** @internal Whether the class makes weights when it is built. */
  get makesWeights(): boolean {
    return this.build !== Layer.prototype.build;
  }

  /** Shape of a batch of its input, once connected; a list where there are several. */
  get inputShape(): Shapes | undefined {
    return this.#shapes?.[0];
  }

  /** Shape of a batch of its output, once connected; a list where there are several. */
  get outputShape(): Shapes | undefined {
    return this.#shapes?.[1];
  }

  /**
   * The symbolic tensor that went in where the layer was first used in a model, or a list of them; for a model its own inputs.
   * @throws ValueError when it was not used yet.
   */
  get input(): Symbols {
    return this.pack(this.#firstUse().inputs);
  }

  /**
   * The symbolic tensor that came out where the layer was first used in a model, or a list of them; for a model its own outputs.
   *
   * ```js
   * const inner = new Model({ inputs: model.input, outputs: model.layers[0].output });
   * ```
   * @throws ValueError when it was not used yet.
   */
  get output(): Symbols {
    return this.pack(this.#firstUse().outputs);
  }

  #firstUse(): LayerCall {
    if (this.calls.length === 0) this.#draw?.();
    const [call] = this.calls;
    if (call) return call;
    throw new ValueError(
      `${this.name}: expected a layer that is used in a model, got one that is not. Apply it to a symbolic tensor first.`,
    );
  }

  /** @internal Notes the shapes at the place where the layer is first used, and how a stack of layers draws its symbolic tensors. */
  connected(inputShape: Shapes, outputShape: Shapes, draw?: () => void): void {
    this.#shapes ??= [inputShape, outputShape];
    this.#draw ??= draw;
  }

  /** @internal What several outputs are given as. */
  pack<T>(outputs: readonly T[]): T | readonly T[] {
    return outputs.length === 1 ? outputs[0] : outputs;
  }

  /** Whether training changes the weights; takes effect at the next `compile`. */
  get trainable(): boolean {
    return this.#isTrainable;
  }

  set trainable(trainable: boolean) {
    this.#isTrainable = checkBoolean(this.name, 'trainable', trainable);
    for (const layer of this.sublayers) layer.trainable = trainable;
  }

  /** Makes the weights for inputs of this shape (a list of shapes when there are several). Override it and call `addWeight`. */
  build(_inputShape: Shapes): void {}

  /** Computes the output, or an array of outputs, from ops. */
  abstract call(inputs: Value | readonly Value[], options: CallOptions): Value | readonly Value[];

  /** The shape of the output for a batch of this shape. Without one of its own the layer is tried on two made-up lengths. */
  computeOutputShape(inputShape: Shapes, _settings?: Settings): Shapes {
    return traceOutputShape(this, inputShape);
  }

  /** The mask that goes out with the output, or one for each output. */
  computeMask(
    _inputs: Value | readonly Value[],
    mask: Value | undefined | readonly (Value | undefined)[],
  ): Value | undefined | readonly (Value | undefined)[] {
    return this.supportsMasking ? mask : undefined;
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
  protected addWeight(first: string | object, given?: readonly number[], more?: WeightOptions): Variable {
    const options = isPlain(first) ? first : { ...more, name: first, shape: given };
    const {
      name = 'weight',
      shape = [],
      initializer = 'glorot_uniform',
      regularizer,
      constraint,
      trainable,
    } = options as WeightOptions & { name?: string; shape?: readonly number[] };
    const variable = new Variable(name, shape, initializers.get(initializer).initialize(shape), {
      trainable: trainable ?? true,
      regularizer: regularizer == null ? undefined : regularizers.get(regularizer),
      constraint: constraint == null ? undefined : constraints.get(constraint),
    });
    this.#ownWeights.push(variable);
    return variable;
  }

  /** Makes `value` the contents of a weight from here on, in `call`: for what is kept between batches, such as moving averages. */
  protected assign(weight: Variable, value: Value): void {
    assign(weight, broadcastTo(value, weight.shape));
  }

  /** Adds a number to the loss, in `call`. */
  protected addLoss(loss: Value): void {
    currentTrace().losses.push(mean(loss));
  }

  /** Builds the layer for inputs of this shape, once. */
  ensureBuilt(inputShape: Shapes): void {
    if (this.#isBuilt) return;
    this.build(inputShape);
    this.#isBuilt = true;
    if (this.#initialWeights) this.setWeights(this.#initialWeights);
    this.#initialWeights = undefined;
  }

  /** The layer within a trace, for one input and one output. */
  invoke(input: Value, training: boolean): Value {
    return this.invokeAll([input], training)[0];
  }

  /** The layer within a trace: masks, penalties and names around `call`. */
  invokeAll(given: readonly Value[], training: boolean, invocation?: Invocation): readonly Value[] {
    return invoke(this, given, training, invocation);
  }

  /** @internal */
  defaultSettings(): Settings {
    return readOptions(this.name, this.callOptions, {});
  }

  /** @internal Puts the masks of `computeMask` on the outputs. */
  setMasks(
    given: Value | readonly Value[],
    masks: Value | undefined | readonly (Value | undefined)[],
    inputs: readonly Value[],
    outputs: readonly Value[],
  ): void {
    if (!this.supportsMasking && inputs.some((input) => input.mask)) this.#warnOfLostMask();
    putMasks(outputs, inputs, this.computeMask(given, masks));
  }

  #warnOfLostMask(): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    console.warn(
      `Layer '${this.name}' (of type ${this.className}) was passed an input with a mask attached to it. However, this layer does not ` +
        'support masking and will therefore destroy the mask information. Downstream layers will not see the mask.',
    );
  }

  /**
   * Uses the layer: on data it computes the output at once, on symbolic tensors it adds itself to a functional model.
   *
   * ```js
   * const embedding = new layers.Embedding(1000, 5);
   * embedding.apply(tensor([1, 2, 3])).shape; // [3, 5]
   * embedding.apply(Input({ shape: [10] })).shape; // [null, 10, 5]
   * ```
   * A layer with several inputs takes an array of them; one with several outputs gives an array. Inside the call of another
   * layer it takes values, and `training` is that of the model.
   * @throws ValueError when the inputs do not fit the layer.
   */
  apply(inputs: SymbolicTensor | readonly SymbolicTensor[], options?: ApplyOptions<SymbolicTensor>): SymbolicTensor;
  apply(inputs: Value | readonly Value[], options?: ApplyOptions<Value>): Value;
  apply(inputs: LayerData | readonly LayerData[], options?: ApplyOptions<LayerData>): Tensor;
  apply(
    inputs: SymbolicTensor | readonly SymbolicTensor[] | Value | readonly Value[] | LayerData | readonly LayerData[],
    options: ApplyOptions<SymbolicTensor> | ApplyOptions<Value> | ApplyOptions<LayerData> = {},
  ): SymbolicTensor | Value | Tensor {
    const first = (Array.isArray(inputs) ? inputs[0] : inputs) as SymbolicTensor | Value | LayerData;
    const results = isSymbol(first)
      ? first.apply(this, inputs as SymbolicTensor | readonly SymbolicTensor[], options as ApplyOptions<SymbolicTensor>)
      : first instanceof Value
        ? applyInside(this, inputs as Value | readonly Value[], options as ApplyOptions<Value>)
        : applyEager(this, inputs as LayerData, options as ApplyOptions<LayerData>);
    return this.pack<SymbolicTensor | Value | Tensor>(results) as SymbolicTensor | Value | Tensor;
  }

  /** Own weights that training changes, then the others, then those of the layers inside. */
  get weights(): Variable[] {
    const own = [...this.#ownWeights.filter((w) => w.trainable), ...this.#ownWeights.filter((w) => !w.trainable)];
    return unique([...own, ...this.sublayers.flatMap((layer) => layer.weights)]);
  }

  get trainableWeights(): Variable[] {
    if (!this.trainable) return [];
    return unique([...this.#ownWeights.filter((w) => w.trainable), ...this.sublayers.flatMap((layer) => layer.trainableWeights)]);
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
  }

  /** Number of weights, element by element. */
  countParams(): number {
    return countElements(this.weights);
  }

  /**
   * A layer of the same options, with weights of its own: `layers.Dense.fromConfig(dense.getConfig())`.
   *
   * A class of yours whose constructor takes more than one object of options has its own `static fromConfig`.
   */
  // biome-ignore lint/suspicious/noExplicitAny: an object of the class, which a class of the user's may make otherwise
  static fromConfig(this: new (options: never) => Layer, config: Readonly<Record<string, unknown>>): any {
    return new this(config as never);
  }

  /** Options from which an equal layer can be made by `fromConfig`. */
  getConfig(): Record<string, unknown> {
    const own = writeOptions(this.#spec.options, this as unknown as Record<string, unknown>);
    const { name, trainable, activityRegularizer } = this;
    return { name, trainable, ...own, ...(activityRegularizer && { activityRegularizer: regularizers.serialize(activityRegularizer) }) };
  }
}

const layersIn = (value: unknown): Layer[] =>
  value instanceof Layer ? [value] : Array.isArray(value) || isPlain(value) ? Object.values(value).flatMap(layersIn) : [];

const unique = (variables: readonly Variable[]): Variable[] => [...new Set(variables)];
