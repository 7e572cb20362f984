// The base class of all layers: name and config, call and masks, uses on data, in traces and in functional models.
import { mismatch } from '../../common/errors.ts';
import { snakeCase, uniqueName } from '../../common/names.ts';
import { readArguments, readOptions, writeOptions } from '../../common/option-values.ts';
import { checkChoice, checkPositiveInteger, describe } from '../../common/options.ts';
import { type AnyClass, classNameOf, type FullSpec, kerasPath, type Options, specOf } from '../../common/spec.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Regularizer } from '../../graph/variable.ts';
import { mean } from '../../primitives/reduce.ts';
import * as regularizers from '../../regularizers/index.ts';
import { type DType, type Tensor, toTensor } from '../../tensor/index.ts';
import { applyLayer } from './apply.ts';
import type { OptionValues } from './call-arguments.ts';
import type { ApplyOptions, CallOptions, Invocation, LayerData, LayerInput, LayerOutput } from './call-options.ts';
import type { CallableLayer } from './callable.ts';
import { ConnectedLayer } from './connected.ts';
import { type CallMethod, callDirectly } from './direct-call.ts';
import { callForShape, inferOutputs, inferShape } from './inference.ts';
import { invoke, putMasks } from './invoke.ts';
import { type LayerOptions, layerOptions } from './layer-options.ts';
import type { LayerSpec, MaskRules } from './layer-spec.ts';
import { checkShape, describeShape, isShapeList, type Shape, type Shapes } from './shape.ts';
import type { SymbolicCall, SymbolicTensor } from './symbolic.ts';

/** One use of a layer in a functional model. */
export interface LayerCall extends SymbolicCall {
  readonly layer: Layer;
}

export type { OptionValues } from './call-arguments.ts';
export type { ApplyOptions, CallOptions, Invocation, LayerData, LayerInput, LayerOutput } from './call-options.ts';
export type { Symbols } from './connected.ts';
export { type LayerOptions, layerOptions, type WeightOptions } from './layer-options.ts';
export type { LayerSpec, MaskRules } from './layer-spec.ts';
export { checkShape, describeShape, isShapeList, type Shape, type Shapes };

export abstract class Layer extends ConnectedLayer implements CallableLayer {
  /** The spec of the class, beyond those of the classes that it extends. */
  static readonly spec: LayerSpec = {};
  readonly name: string;
  /** Whether a mask that comes in goes out again, or what `computeMask` makes of it. */
  supportsMasking: boolean;
  /** Shape of a batch, from the options `inputShape`, `inputDim` or `batchInputShape`. */
  batchInputShape: Shape | undefined;
  activityRegularizer: Regularizer | undefined;
  declare readonly calls: LayerCall[];
  #hasWarned = false;
  readonly #spec: FullSpec<LayerSpec>;

  constructor(options?: LayerOptions);
  /** @internal The arguments of a class whose spec has options: they are read by it and kept as properties. */
  constructor(...args: readonly never[]);
  constructor(...args: readonly unknown[]) {
    super();
    this.#spec = specOf<LayerSpec>(new.target);
    const table = this.#spec.options;
    const options: LayerOptions = readArguments(this.className, this.#spec, args, layerOptions);
    if (options.name !== undefined && (typeof options.name !== 'string' || options.name === '')) {
      throw mismatch(this.className, 'name to be a non-empty string', describe(options.name), 'Leave it out for an automatic name.');
    }
    this.name = options.name ?? uniqueName(snakeCase(this.className));
    this.supportsMasking = this.#spec.supportsMasking ?? this.computeMask !== Layer.prototype.computeMask;
    if (options.trainable !== undefined) this.trainOwn(options.trainable);
    if (options.batchInputShape) this.batchInputShape = checkShape(this.name, options.batchInputShape);
    else if (options.inputShape) this.batchInputShape = [null, ...checkShape(this.name, options.inputShape)];
    else if (options.inputDim !== undefined && !Object.hasOwn(table, 'inputDim'))
      this.batchInputShape = [null, checkPositiveInteger(this.name, 'inputDim', options.inputDim)];
    this.activityRegularizer = options.activityRegularizer == null ? undefined : regularizers.get(options.activityRegularizer);
    if (options.dtype != null && !Object.hasOwn(table, 'dtype')) checkChoice(this.name, 'dtype', options.dtype, ['float32']);
    this.initialWeights = options.weights;
    Object.assign(this, readOptions(this.name, table, options as Record<string, unknown>));
    // Users may call `call` on data; the method of the class, which they override, is called through this.
    const { call } = this;
    const guarded = (inputs: unknown, callOptions?: OptionValues): unknown => this.callDirectly(call?.bind(this), inputs, callOptions);
    Object.defineProperty(this, 'call', { value: guarded, writable: true, configurable: true });
  }

  /**
   * The class in messages, configs and files: its `static className`, Keras's name, or its name in the code. A minifier changes the
   * last, so a class of yours that is saved says `static className = 'Mine'`.
   */
  get className(): string {
    return classNameOf(this.constructor as AnyClass);
  }

  /** dtype of its input. */
  get inputDtype(): 'float32' | 'int32' {
    return 'float32';
  }

  /** @internal dtype of its output. */
  get outputDtype(): 'float32' | 'int32' | 'string' {
    return 'float32';
  }

  /** @internal Whether it is a PreprocessingLayer; asked for without the class, which models of numbers need not carry. */
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
  readInputs(data: readonly LayerData[]): readonly Tensor[] {
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

  /** @internal Whether its inputs behind the first are initial states. */
  get takesStates(): boolean {
    return this.#spec.takesStates ?? false;
  }

  /** @internal Whether each of its inputs is an argument of its own in Keras, which finds its mask by itself. */
  get separateInputs(): boolean {
    return this.#spec.inputs !== undefined;
  }

  /** @internal Options of a call besides `training`, `mask` and `initialState`. */
  get callOptions(): Options {
    return this.#spec.callOptions ?? {};
  }

  /** @internal Names of tensors that a call takes besides inputs, masks and initial states. */
  get callTensors(): readonly string[] {
    return this.#spec.callTensors ?? [];
  }

  /** @internal The same for one output of several. */
  outputDtypeAt(_index: number): DType | 'string' {
    return this.outputDtype;
  }

  /** Layers inside this one: those kept in its properties, alone, in arrays or in plain objects. */
  override get sublayers(): readonly Layer[] {
    return super.sublayers as readonly Layer[];
  }

  /** Computes the output, or an array of outputs, from ops. */
  abstract call(inputs: Value | readonly Value[], options: CallOptions): Value | readonly Value[];

  /**
   * The shape of the output for a batch of this shape, null where it varies; the layer is not built by that. It is found from
   * `call`: a class of its own needs this method only where `call` cannot run on values of unknown lengths.
   */
  computeOutputShape(inputShape: Shapes, options?: OptionValues): Shapes {
    return inferShape(this, inputShape, options);
  }

  /** @internal Whether its class says what shape it gives. */
  get declaresShape(): boolean {
    return this.computeOutputShape !== Layer.prototype.computeOutputShape;
  }

  /** @internal Whether `call` is a user's. */
  get runsUserCode(): boolean {
    return kerasPath(this.constructor) === undefined;
  }

  /** @internal Whether `call` may have to be tried on lengths to find what it gives. */
  get triesLengths(): boolean {
    return true;
  }

  /** The mask that goes out with the output, or one for each output. */
  computeMask(
    _inputs: Value | readonly Value[],
    mask: Value | undefined | readonly (Value | undefined)[],
  ): Value | undefined | readonly (Value | undefined)[] {
    return this.supportsMasking ? mask : undefined;
  }

  /** Adds a number to the loss, in `call`. */
  protected addLoss(loss: Value): void {
    currentTrace().losses.push(mean(loss));
  }

  /** Builds the layers inside one that has no `build` of its own. */
  protected override buildByCall(inputShape: Shapes): void {
    if (this.sublayers.some((layer) => !layer.built)) inferOutputs(this, callForShape(this, inputShape), true);
  }

  /** @internal `call` written by a user. */
  protected callDirectly(call: CallMethod | undefined, inputs: unknown, options?: OptionValues): unknown {
    if (!call) throw mismatch(this.name, 'a layer with a method call', 'one without', 'Write call(inputs) { ... }.');
    const results = callDirectly(this, call, inputs, options);
    return Array.isArray(results) ? this.pack(results) : results;
  }

  /** The layer within a trace, for one input and one output. */
  invoke(input: Value, training: boolean): Value {
    return this.invokeAll([input], training)[0];
  }

  /** The layer within a trace: masks, penalties and names around `call`. */
  invokeAll(inputs: readonly Value[], training: boolean, invocation?: Invocation): readonly Value[] {
    return invoke(this, inputs, training, invocation);
  }

  /** @internal Whether masks end here even where an input is given back: layers of Keras make a new tensor then. */
  get endsMasks(): boolean {
    return !this.supportsMasking && this.#spec.keras !== undefined;
  }

  /** @internal The outputs with their masks, for inputs with such masks. */
  setMasks(
    inputs: Value | readonly Value[],
    masks: Value | undefined | readonly (Value | undefined)[],
    outputs: readonly Value[],
  ): readonly Value[] {
    if (this.supportsMasking) {
      return outputs.every(({ mask }) => mask) ? outputs : putMasks([inputs].flat(), outputs, this.computeMask(inputs, masks));
    }
    if ([masks].flat().some(Boolean)) this.#warnOfLostMask();
    return outputs;
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
  apply<T extends LayerInput>(inputs: readonly T[], options?: ApplyOptions): LayerOutput<T>;
  apply<T extends LayerInput>(inputs: T, options?: ApplyOptions): LayerOutput<T>;
  apply(inputs: unknown, options: object = {}): SymbolicTensor | Value | Tensor {
    const results = applyLayer(this, inputs, options as OptionValues);
    return this.pack(results) as SymbolicTensor | Value | Tensor;
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

  /** @internal The options as Keras's files have them for a layer built for inputs of this shape; they differ for few layers. */
  fileConfig(_inputShape: Shapes | undefined): Record<string, unknown> {
    return this.getConfig();
  }

  /** @internal Keras's name of the dtype that it gives. */
  get dtypeInFiles(): string {
    return 'float32';
  }

  /** @internal The shape that the layers inside are built for. */
  innerShape(inputShape: Shapes): Shapes {
    return inputShape;
  }

  /** @internal Mask rules for files, in which masks are tensors of the graph. */
  get maskRules(): MaskRules {
    return { passes: this.supportsMasking && this.computeMask === Layer.prototype.computeMask };
  }

  /** Options from which an equal layer can be made by `fromConfig`. */
  getConfig(): Record<string, unknown> {
    const options = writeOptions(this.#spec.options, this as unknown as Record<string, unknown>);
    const { name, trainable, activityRegularizer } = this;
    return {
      name,
      trainable,
      ...options,
      ...(activityRegularizer && { activityRegularizer: regularizers.serialize(activityRegularizer) }),
    };
  }
}
