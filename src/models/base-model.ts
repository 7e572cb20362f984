// Training, testing and predicting: what every model does.

import type { History } from '../callbacks/history.ts';
import { mismatch } from '../common/errors.ts';
import { checkOptions, describe, isPlain } from '../common/options.ts';
import { kerasPath } from '../common/spec.ts';
import type { ClassWeight, Samples } from '../data/model-source.ts';
import { type BatchStream, isStream } from '../data/model-source.ts';
import { Optimizer, type OptimizerIdentifier } from '../optimizers/index.ts';
import { Tensor } from '../tensor/index.ts';
import { batchTypes, checkSamples, runBatch } from './batches.ts';
import { Compiled, type CompileOptions } from './compiled.ts';
import { Steps } from './compiled-steps.ts';
import { type EvaluateOptions, evaluateModel } from './evaluate.ts';
import { type FitOptions, fitModel } from './fit.ts';
import { checkFiniteTargets, countSamples, isEach, oneEach, targetTensor } from './inputs.ts';
import type { ModelData, RunModel, SampleWeight } from './model-types.ts';
import { type PredictOptions, predictModel } from './predict.ts';
import { sampleWeights } from './sample-weights.ts';
import { SavedModel } from './saved-model.ts';
import { Totals } from './totals.ts';

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

export abstract class BaseModel extends SavedModel implements RunModel {
  /** Set it in a callback to end training after the current batch. */
  stopTraining = false;
  /** The record of the last training. */
  history: History | undefined;
  /** @internal */
  readonly steps: Steps;
  #compiledState: Compiled | undefined;
  #training = false;
  /** Trainings and evaluations under way. */
  #runs = 0;

  constructor(name: string) {
    super({ name });
    this.steps = new Steps(this);
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
    if (this.#runs > 0) {
      throw mismatch(`${this.name}.compile`, 'no fit or evaluate under way', this.#runs, 'Await it first; set stopTraining to end it.');
    }
    this.#compiledState = new Compiled(this.name, options, this, this.arranged(`${this.name}.compile`, 'outputs'));
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
    const method = ['trainStep', 'testStep', 'computeLoss', 'computeMetrics'].find((name) => name in this);
    if (method)
      throw mismatch(`${this.name}.${caller}`, 'a model without steps of its own', method, 'Give compile a loss and metrics of your own.');
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
      return await this.#running(() => fitModel(this, x, y, options));
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
    const logs = await this.#running(() => evaluateModel(this, x, y, options));
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

  /** A run, during which the compile state stays as it is. */
  async #running<T>(run: () => Promise<T>): Promise<T> {
    this.#runs++;
    try {
      return await run();
    } finally {
      this.#runs--;
    }
  }

  /** @internal The outputs in a list, of what `pack` made. */
  unpack(outputs: unknown): readonly Tensor[] {
    return Array.isArray(outputs) ? outputs : [outputs as Tensor];
  }

  /** The model's outputs for data taken as one batch. */
  predictOnBatch(x: ModelData): Tensor {
    return this.predict(x, { batchSize: Infinity });
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
    const totals = new Totals(compiled);
    totals.enter();
    runBatch(step, samples, undefined, 0, samples.count);
    if (caller === 'trainOnBatch') this.steps.advance(compiled);
    const logs = totals.logs();
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
    if (caller === 'fit' || caller === 'trainOnBatch') {
      for (const [i, target] of targets.entries()) {
        const loss = compiled.losses[i];
        if (target && loss && kerasPath(loss.constructor) !== undefined) checkFiniteTargets(owner, target, this.outputNames[i]);
      }
    }
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
}
