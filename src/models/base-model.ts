// Training, testing and predicting: what every model does.

import type { History } from '../callbacks/history.ts';
import { mismatch } from '../common/errors.ts';
import { checkOptions, describe, isPlain } from '../common/options.ts';
import { classNameOf } from '../common/spec.ts';
import type { ClassWeight, FittedInputs, Samples } from '../data/model-source.ts';
import { type BatchStream, isStream } from '../data/model-source.ts';
import type { FileSource } from '../files/read-bytes.ts';
import type { Value } from '../graph/value.ts';
import { type CallOptions, Layer, type LayerData } from '../layers/base/layer.ts';
import { Optimizer, type OptimizerIdentifier } from '../optimizers/index.ts';
import type { JsonObject } from '../saving/model/json.ts';
import { modelState, weightsState } from '../saving/model/model-state.ts';
import type { ConfigOptions } from '../saving/model/read-model.ts';
import { targetOf } from '../saving/model/target.ts';
import { modelText, writingOf } from '../saving/model/write-model.ts';
import type { Writing } from '../saving/model/writing.ts';
import type { WrittenModel } from '../saving/model/written-model.ts';
import { Tensor } from '../tensor/index.ts';
import { batchTypes, checkSamples, runBatch } from './batches.ts';
import { Compiled, type CompileOptions } from './compiled.ts';
import { Steps } from './compiled-steps.ts';
import { type EvaluateOptions, evaluateModel } from './evaluate.ts';
import { type FitOptions, fitModel } from './fit.ts';
import { nestedHost } from './host.ts';
import { type Arranged, countSamples, fitToSpec, type InputSpec, isEach, oneEach, targetTensor } from './inputs.ts';
import { type LoadWeightsOptions, loadConfigReader, loadReader, loadWriter } from './later.ts';
import type { ModelData, RunModel, SampleWeight, SummaryModel } from './model-types.ts';
import { type PredictOptions, predictModel } from './predict.ts';
import { sampleWeights } from './sample-weights.ts';
import { printSummary, type SummaryOptions } from './summary.ts';

export interface BatchOptions {
  /** Weight of each sample; with several outputs also an array or an object by name, one entry for each output. */
  sampleWeight?: SampleWeight | null;
  classWeight?: ClassWeight | null;
  /** Whether the result is an object by name. Default false. */
  returnDict?: boolean;
}

const isFlat = (weight: unknown): boolean =>
  weight instanceof Tensor || ArrayBuffer.isView(weight) || (Array.isArray(weight) && typeof weight[0] === 'number');

/** Whether it stands where `compile` takes the optimizer by place. */
const isOptimizer = (first: unknown): first is OptimizerIdentifier =>
  typeof first === 'string' || first instanceof Optimizer || (isPlain(first) && 'className' in first);

export type { ModelData, SampleWeight } from './model-types.ts';

export abstract class BaseModel extends Layer implements RunModel, SummaryModel, WrittenModel {
  /** Set it in a callback to end training after the current batch. */
  stopTraining = false;
  /** The record of the last training. */
  history: History | undefined;
  /** @internal */
  readonly steps: Steps;
  #compiledState: Compiled | undefined;
  #training = false;

  constructor(name: string) {
    super({ name });
    this.steps = new Steps(this);
  }

  abstract get layers(): readonly Layer[];
  /** @internal Specs of the inputs; `sample` gives the shapes while the model has none of its own. */
  abstract inputSpecs(sample?: unknown): readonly InputSpec[];
  /** @internal */
  abstract forward(inputs: readonly Value[], training: boolean): Value[];
  abstract get outputNames(): readonly string[];

  /** @internal Reads data by the structure that the inputs or outputs were given in, where they may be several. */
  arranged(_owner: string, _side: 'inputs' | 'outputs'): Arranged | undefined {
    return undefined;
  }

  /** @internal Where each layer's inputs come from, for the summary; undefined where the layers simply follow one another. */
  connections(): ReadonlyMap<Layer, readonly string[]> | undefined {
    return undefined;
  }

  /** Layers on the host have to see data, which only the outermost model does. */
  override checkSymbols(): void {
    throw nestedHost(this.name);
  }

  abstract override get preparesData(): boolean;

  override readInputs(data: readonly LayerData[]): readonly Tensor[] {
    const x = data.length === 1 ? data[0] : data;
    return this.preparesData ? this.fitInputs(this.name, x).inputs : super.readInputs(data);
  }

  /** @internal A tensor for each of `inputSpecs`, and its dtype in a batch; several of one name are made of the same data. */
  fitInputs(owner: string, x: unknown): FittedInputs {
    const specs = this.inputSpecs(x);
    const names = [...new Set(specs.map((spec) => spec.name))];
    const perName = oneEach(owner, x, names, 'inputs', this.arranged(owner, 'inputs'));
    return {
      inputs: specs.map((spec) => fitToSpec(owner, perName[names.indexOf(spec.name)], spec)),
      inputDtypes: specs.map(({ dtype }) => dtype),
    };
  }

  /** The layers inside see to the masks. */
  override get endsMasks(): boolean {
    return false;
  }

  override get sublayers(): readonly Layer[] {
    return this.layers;
  }

  override call(inputs: Value | readonly Value[], { training }: CallOptions): readonly Value[] {
    return this.forward(Array.isArray(inputs) ? inputs : [inputs as Value], training);
  }

  override get declaresShape(): boolean {
    return false;
  }

  override get runsUserCode(): boolean {
    return false;
  }

  /** The layers inside have put masks on their outputs already. */
  override setMasks(_inputs: unknown, _masks: unknown, outputs: readonly Value[]): readonly Value[] {
    return outputs;
  }

  /**
   * Settles how the model is trained. It may be called again at any time; the weights stay as they are.
   *
   * ```js
   * model.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['acc'] });
   * ```
   * `compile('adam', 'binary_crossentropy', { metrics: ['acc'] })` is the same.
   * @throws ValueError for an unknown name or option, with the nearest known one.
   */
  compile(optimizer: OptimizerIdentifier, loss?: CompileOptions['loss'], options?: Omit<CompileOptions, 'optimizer' | 'loss'>): void;
  compile(options?: CompileOptions): void;
  compile(first: CompileOptions | OptimizerIdentifier = {}, loss?: CompileOptions['loss'], more?: object): void {
    const options = isOptimizer(first) ? { ...more, optimizer: first, loss } : (first as CompileOptions);
    this.#compiledState = new Compiled(this.name, options, this.outputNames, this.arranged(`${this.name}.compile`, 'outputs'));
    this.steps.clear();
  }

  /** The optimizer in use. */
  get optimizer(): Optimizer | undefined {
    return this.#compiledState?.optimizer;
  }

  /** Names of what `evaluate` gives, loss first (complete once the model has seen data). */
  get metricsNames(): string[] {
    return Object.keys(this.compiled('metricsNames').logs());
  }

  /** @internal */
  compiled(caller: string): Compiled {
    if (!this.#compiledState)
      throw mismatch(`${this.name}.${caller}`, 'a compiled model', 'one that is not', 'Call compile({ optimizer, loss }) first.');
    return this.#compiledState;
  }

  /**
   * Trains the model.
   *
   * ```js
   * const history = await model.fit(x, y, { epochs: 100, batchSize: 32, validationSplit: 0.2, verbose: 0 });
   * ```
   * Resolves to the History of the run. The event loop gets a turn at least every 16 ms between batches.
   * @throws ValueError when data or options do not fit; the model is as before. Rejects with the signal's reason when aborted.
   */
  async fit(x: BatchStream, options?: FitOptions): Promise<History>;
  async fit(x: ModelData, y: ModelData, options?: FitOptions): Promise<History>;
  async fit(x: ModelData | BatchStream, second?: ModelData | FitOptions, third?: FitOptions): Promise<History> {
    const [y, options] = isStream(x) ? [undefined, (second ?? {}) as FitOptions] : [second as ModelData, third ?? {}];
    if (this.#training) throw mismatch(`${this.name}.fit`, 'one training at a time', 'a second call', 'Await the first one.');
    this.#training = true;
    try {
      return await fitModel(this, x, y, options);
    } finally {
      this.#training = false;
    }
  }

  /**
   * Loss and metrics on data, as an array in the order of `metricsNames`.
   *
   * ```js
   * const [loss, accuracy] = await model.evaluate(x, y, { verbose: 0 });
   * ```
   */
  async evaluate(x: BatchStream, options: EvaluateOptions & { returnDict: true }): Promise<Record<string, number>>;
  async evaluate(x: BatchStream, options?: EvaluateOptions): Promise<number[]>;
  async evaluate(x: ModelData, y: ModelData, options: EvaluateOptions & { returnDict: true }): Promise<Record<string, number>>;
  async evaluate(x: ModelData, y: ModelData, options?: EvaluateOptions): Promise<number[]>;
  async evaluate(
    x: ModelData | BatchStream,
    second?: ModelData | EvaluateOptions,
    third?: EvaluateOptions,
  ): Promise<number[] | Record<string, number>> {
    const [y, options] = isStream(x) ? [undefined, (second ?? {}) as EvaluateOptions] : [second as ModelData, third ?? {}];
    const logs = await evaluateModel(this, x, y, options);
    return options.returnDict ? logs : Object.values(logs);
  }

  /**
   * The model's outputs for data: a tensor, or an array of them when the model has several outputs, which has them by name too
   * when the model was made so.
   *
   * ```js
   * const probabilities = model.predict(padded);
   * ```
   * @throws ValueError when the data do not fit the model.
   */
  predict(x: ModelData, options: PredictOptions = {}): Tensor {
    return this.pack(predictModel(this, x, options)) as Tensor;
  }

  /** @internal The outputs in a list, of what `pack` made. */
  unpack(outputs: unknown): readonly Tensor[] {
    return Array.isArray(outputs) ? outputs : [outputs as Tensor];
  }

  /** The model's outputs for data taken as one batch. */
  predictOnBatch(x: ModelData): Tensor {
    return this.predict(x, { batchSize: Infinity });
  }

  /** Forgets the states of stateful layers: the next batch starts from zeros. */
  resetStates(): void {
    for (const layer of this.layers) (layer as { resetStates?(): void }).resetStates?.();
  }

  /**
   * The model's outputs for the batches of a dataset, whose elements are x, [x] or [x, y].
   *
   * ```js
   * const probabilities = await model.predictDataset(dataset);
   * ```
   */
  async predictDataset(dataset: BatchStream, options: { steps?: number | null } = {}): Promise<Tensor> {
    if (isStream(dataset)) return dataset.predictWith(this, options);
    throw mismatch(`${this.name}.predictDataset`, 'a Dataset', describe(dataset), 'Make one with Dataset.from(...).');
  }

  /**
   * One training step on one batch. Gives the batch's loss and metrics.
   *
   * ```js
   * const [loss] = model.trainOnBatch(x, y);
   * ```
   */
  trainOnBatch(x: ModelData, y: ModelData, options: BatchOptions & { returnDict: true }): Record<string, number>;
  trainOnBatch(x: ModelData, y: ModelData, options?: BatchOptions): number[];
  trainOnBatch(x: ModelData, y: ModelData, options: BatchOptions = {}): number[] | Record<string, number> {
    return this.#onBatch('trainOnBatch', x, y, options);
  }

  /** Loss and metrics of one batch, without training on it. */
  testOnBatch(x: ModelData, y: ModelData, options: BatchOptions & { returnDict: true }): Record<string, number>;
  testOnBatch(x: ModelData, y: ModelData, options?: BatchOptions): number[];
  testOnBatch(x: ModelData, y: ModelData, options: BatchOptions = {}): number[] | Record<string, number> {
    return this.#onBatch('testOnBatch', x, y, options);
  }

  #onBatch(caller: 'trainOnBatch' | 'testOnBatch', x: ModelData, y: ModelData, options: BatchOptions) {
    checkOptions(`${this.name}.${caller}`, options, ['sampleWeight', 'classWeight', 'returnDict']);
    const compiled = this.compiled(caller);
    const samples = this.samples(caller, x, y, options.sampleWeight, options.classWeight);
    const types = batchTypes(samples, samples.count);
    const step = caller === 'trainOnBatch' ? this.steps.train(types, compiled) : this.steps.test(types, compiled);
    checkSamples(step, samples);
    compiled.reset();
    runBatch(step, samples, undefined, 0, samples.count);
    if (caller === 'trainOnBatch') this.steps.advance(compiled);
    const logs = compiled.logs();
    return options.returnDict ? logs : Object.values(logs);
  }

  /** The targets of the outputs; outputs without loss and metrics need none, nor does one that is left over need an array around it. */
  #targets(owner: string, compiled: Compiled, y: unknown, count: number): (Tensor | undefined)[] {
    const { outputNames } = this;
    const read = outputNames.filter((_, i) => compiled.reads(i));
    const onlyRead = read.length > 0 && read.length < outputNames.length && !isEach(y, outputNames, count);
    const names = onlyRead ? read : outputNames;
    const perName = oneEach(owner, y, names, 'outputs', onlyRead ? undefined : this.arranged(owner, 'outputs'));
    return outputNames.map((name, i) => {
      const data = perName[names.indexOf(name)];
      return data == null && !compiled.reads(i) ? undefined : targetTensor(owner, data, name);
    });
  }

  /** @internal The data of a run, checked against the model. */
  samples(caller: string, x: unknown, y: unknown, weight: unknown, classWeight: ClassWeight | null | undefined): Samples {
    const owner = `${this.name}.${caller}`;
    const compiled = this.compiled(caller);
    const { inputs, inputDtypes } = this.fitInputs(owner, x);
    const targets = this.#targets(owner, compiled, y, inputs[0]?.shape[0]);
    const count = countSamples(owner, inputs, targets);
    if (count === 0) throw mismatch(owner, 'at least one sample', 'none');
    const several = this.outputNames.length > 1;
    if (several && classWeight != null) {
      throw mismatch(owner, 'classWeight for a model with one output', this.outputNames.length, 'Pass sampleWeight.');
    }
    // One list of numbers counts for every output.
    const weightList =
      several && weight != null && !isFlat(weight)
        ? oneEach(owner, weight, this.outputNames, 'sample weights', this.arranged(owner, 'outputs'))
        : this.outputNames.map(() => weight);
    return {
      count,
      inputs,
      targets,
      weights: targets.map(
        (target, i) => target && sampleWeights(owner, target, weightList[i], classWeight ?? undefined, compiled.losses[i]?.targetDtype),
      ),
      inputDtypes,
      targetDtypes: this.outputNames.map((_, i) => compiled.losses[i]?.targetDtype ?? 'float32'),
    };
  }

  /**
   * Prints the layers, their output shapes and numbers of weights.
   *
   * ```js
   * model.summary({ printFn: (line) => lines.push(line) });
   * ```
   * `printFn` is called once per line; without it the lines go to the console.
   */
  summary(options: SummaryOptions = {}): void {
    printSummary(this, options);
  }

  /**
   * Writes the model to a file ending in .keras, with weights, vocabularies and the state of training, as Keras 3 does.
   *
   * ```js
   * await model.save('model.keras');
   * const copy = await loadModel('model.keras');
   * ```
   * It is the model of this moment that is written. The file is there in whole, old or new, at any time. In a page take the bytes
   * of `toKeras`; where a host refuses `import()`, such as a service worker, the function `saveModel`.
   * @throws ValueError for another ending, and for a model that is not built.
   */
  async save(path: string): Promise<void> {
    const owner = `${this.name}.save`;
    const fs = targetOf(owner, path, '.keras');
    const state = modelState(this);
    const { kerasBytes, writeFile } = await loadWriter(owner, 'saveModel(model, path)');
    writeFile(owner, fs, path, kerasBytes(owner, state));
  }

  /** Writes the weights, and what the optimizer remembers: `await model.saveWeights('model.weights.h5')`. The path has to end so. */
  async saveWeights(path: string): Promise<void> {
    const owner = `${this.name}.saveWeights`;
    const fs = targetOf(owner, path, '.weights.h5');
    const state = weightsState(owner, this);
    const { weightsBytes, writeFile } = await loadWriter(owner, 'saveWeights(model, path)');
    writeFile(owner, fs, path, weightsBytes(state));
  }

  /**
   * The bytes that `save` writes.
   *
   * ```js
   * const bytes = await model.toKeras();
   * link.href = URL.createObjectURL(new Blob([bytes])); // a page offers it for download
   * ```
   * Where a host refuses `import()` the function `toKeras(model)` gives them.
   */
  async toKeras(): Promise<Uint8Array<ArrayBuffer>> {
    const owner = `${this.name}.toKeras`;
    const state = modelState(this);
    const { kerasBytes } = await loadWriter(owner, 'toKeras(model)');
    return kerasBytes(owner, state);
  }

  /** The bytes that `saveWeights` writes; where a host refuses `import()` the function `toWeightsH5(model)` gives them. */
  async toWeightsH5(): Promise<Uint8Array<ArrayBuffer>> {
    const owner = `${this.name}.toWeightsH5`;
    const state = weightsState(owner, this);
    const { weightsBytes } = await loadWriter(owner, 'toWeightsH5(model)');
    return weightsBytes(state);
  }

  /**
   * Reads weights from a .weights.h5 or .keras file, or an older .h5: `await model.loadWeights('model.weights.h5')`.
   *
   * `source`: a path, an address, a URL, bytes, a Blob or File, or the answer of `fetch`. Where a host refuses `import()` the
   * function `loadWeights(model, source)` reads them.
   * @throws ModelFormatError for a damaged file or one of another model; the model is as before then.
   */
  async loadWeights(source: FileSource, options: LoadWeightsOptions = {}): Promise<void> {
    const owner = `${this.name}.loadWeights`;
    const { readInto } = await loadReader(owner, 'loadWeights(model, source)');
    await readInto(owner, this, source, options);
  }

  /** The model without its weights as Keras's JSON, for `modelFromJSON`. */
  toJSON(): string {
    return modelText(this);
  }

  /** @internal */
  abstract kerasObject(writing: Writing): JsonObject;
  /** @internal */
  abstract layersInFile(): readonly Layer[];

  /**
   * A model of the same layers, with weights of its own: `await Sequential.fromConfig(model.getConfig())`.
   *
   * For a config from elsewhere `customObjects` gives the classes of all layers, those of the package too, since a program carries
   * only what it names: `{ customObjects: { Dense } }`. `modelFromJSON` and `modelFromConfig` know those of the package.
   * @throws ModelFormatError for what is no such config, and for classes and options that are not known.
   */
  // biome-ignore lint/suspicious/noExplicitAny: a model of the class
  static override async fromConfig(this: any, config: Readonly<Record<string, unknown>>, options?: ConfigOptions): Promise<any> {
    const owner = `${classNameOf(this)}.fromConfig`;
    const { modelOfConfig } = await loadConfigReader(owner, 'modelFromConfig(config)');
    return modelOfConfig(owner, this, config, options);
  }

  /** The layers and how they are connected, as Keras's `get_config` and its files have it: under names in snake_case. */
  override getConfig(): Record<string, unknown> {
    return { ...(this.kerasObject(writingOf(this)).config as JsonObject) };
  }

  /** The layer of this name or at this place. */
  getLayer(nameOrIndex: string | number): Layer {
    const layer = typeof nameOrIndex === 'number' ? this.layers.at(nameOrIndex) : this.layers.find(({ name }) => name === nameOrIndex);
    if (!layer)
      throw mismatch(
        `${this.name}.getLayer`,
        'the name or index of a layer',
        describe(nameOrIndex),
        `The layers are ${this.layers.map(({ name }) => name).join(', ')}.`,
      );
    return layer;
  }
}
