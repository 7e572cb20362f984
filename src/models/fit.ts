// The training loop.
import { type Callback, CallbackList, type Logs } from '../callbacks/callback.ts';
import { History } from '../callbacks/history.ts';
import { ProgressLogger } from '../callbacks/progress-logger.ts';
import { ValueError } from '../errors.ts';
import { checkNumber, checkOptions, checkPositiveInteger, describe } from '../options.ts';
import { shuffledIndices } from '../random/shuffle.ts';
import type { TensorLike } from '../tensor/index.ts';
import { batchTypes, checkSamples, runBatch, type Samples } from './batches.ts';
import type { Compiled } from './compiled.ts';
import { rows } from './data.ts';
import { checkVerbose, evaluateSamples, type Verbose } from './evaluate.ts';
import type { Model, ModelData } from './model.ts';
import { Pause } from './pause.ts';
import type { ClassWeight } from './weights.ts';

export interface FitOptions {
  /** Samples in a batch; the last batch of an epoch may be smaller. Default 32. */
  batchSize?: number | null;
  /** How often to go through the data. Default 1. */
  epochs?: number;
  /** 0: silent, 1 or 'auto' (the default): a progress bar, 2: a line per epoch. */
  verbose?: Verbose;
  callbacks?: readonly Callback[] | null;
  /** Part of the samples, from the end and before shuffling, that is kept for validation. Default 0. */
  validationSplit?: number;
  /** [x, y] or [x, y, sampleWeight] to validate on after each epoch. */
  validationData?: readonly [ModelData, ModelData, (TensorLike | readonly number[])?] | null;
  /** Samples in a validation batch. Default: batchSize. */
  validationBatchSize?: number | null;
  /** Validate after every so many epochs, or after the epochs listed (from 1). Default 1. */
  validationFreq?: number | readonly number[];
  /** Whether each epoch takes the samples in another order; 'batch' shuffles inside batches only. Default true. */
  shuffle?: boolean | 'batch';
  /** What the samples of each class count, such as { 0: 1, 1: 5 }. */
  classWeight?: ClassWeight | null;
  /** What each sample counts. */
  sampleWeight?: TensorLike | readonly number[] | null;
  /** Number of the first epoch, to go on where a run ended. Default 0. */
  initialEpoch?: number;
  /** Batches in an epoch. Default: all. */
  stepsPerEpoch?: number | null;
  /** Batches in a validation. Default: all. */
  validationSteps?: number | null;
  /** Ends training when it fires: the promise rejects with its reason, the model keeps what it has learnt. */
  signal?: AbortSignal;
}

const allowed = [
  'batchSize',
  'epochs',
  'verbose',
  'callbacks',
  'validationSplit',
  'validationData',
  'validationBatchSize',
  'validationFreq',
  'shuffle',
  'classWeight',
  'sampleWeight',
  'initialEpoch',
  'stepsPerEpoch',
  'validationSteps',
  'signal',
];

/** Options with their defaults, checked. */
interface Run {
  readonly batchSize: number;
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly steps: number;
  readonly shuffle: boolean | 'batch';
  readonly validation: Samples | undefined;
  readonly validationBatchSize: number;
  readonly validationSteps: number;
  readonly validates: (epoch: number) => boolean;
  readonly signal: AbortSignal | undefined;
}

export async function fitModel(model: Model, x: ModelData, y: ModelData, options: FitOptions): Promise<History> {
  const owner = `${model.name}.fit`;
  checkOptions(owner, options, allowed);
  options.signal?.throwIfAborted();
  const verbose = checkVerbose(owner, options.verbose);
  const all = model.samples('fit', x, y, options.sampleWeight, options.classWeight);
  const { samples, held } = split(owner, all, options);
  const run = readRun(model, owner, samples, held, options);
  const compiled = model.compiled('fit');
  for (const size of new Set([Math.min(run.batchSize, samples.count), samples.count % run.batchSize || run.batchSize])) {
    checkSamples(model.steps.train(batchTypes(samples, Math.min(size, samples.count)), compiled), samples);
  }
  if (run.validation)
    checkSamples(
      model.steps.test(batchTypes(run.validation, Math.min(run.validationBatchSize, run.validation.count)), compiled),
      run.validation,
    );

  const history = new History();
  const loggers = verbose === 0 ? [] : [new ProgressLogger(verbose)];
  const callbacks = new CallbackList([...readCallbacks(owner, options.callbacks), history, ...loggers], model, {
    verbose,
    epochs: run.epochs,
    steps: run.steps,
  });
  await train(model, samples, run, compiled, callbacks);
  return history;
}

async function train(model: Model, samples: Samples, run: Run, compiled: Compiled, callbacks: CallbackList): Promise<void> {
  const pause = new Pause();
  model.stopTraining = false;
  let logs: Logs = {};
  await callbacks.call('onTrainBegin', {});
  for (let epoch = run.initialEpoch; epoch < run.epochs && !model.stopTraining; epoch++) {
    compiled.reset();
    const started = callbacks.call('onEpochBegin', epoch, {});
    if (started) await started;
    await trainEpoch(model, samples, run, compiled, callbacks, pause);
    logs = compiled.logs();
    if (run.validation && run.validates(epoch)) {
      compiled.reset();
      await evaluateSamples(model, run.validation, run.validationBatchSize, run.validationSteps, callbacks, pause, run.signal);
      Object.assign(logs, compiled.logs('val_'));
    }
    const ended = callbacks.call('onEpochEnd', epoch, logs);
    if (ended) await ended;
  }
  await callbacks.call('onTrainEnd', logs);
}

async function trainEpoch(
  model: Model,
  samples: Samples,
  run: Run,
  compiled: Compiled,
  callbacks: CallbackList,
  pause: Pause,
): Promise<void> {
  const order =
    run.shuffle === true
      ? shuffledIndices(samples.count)
      : run.shuffle === 'batch'
        ? shuffledIndices(samples.count, run.batchSize)
        : undefined;
  const watched = callbacks.has('onTrainBatchEnd');
  for (let batch = 0; batch < run.steps && !model.stopTraining; batch++) {
    run.signal?.throwIfAborted();
    const begun = callbacks.call('onTrainBatchBegin', batch, {});
    if (begun) await begun;
    const first = batch * run.batchSize;
    const size = Math.min(run.batchSize, samples.count - first);
    runBatch(model.steps.train(batchTypes(samples, size), compiled), samples, order, first, size);
    compiled.optimizer.advance();
    if (watched) {
      const done = callbacks.call('onTrainBatchEnd', batch, compiled.logs());
      if (done) await done;
    }
    if (pause.due) await pause.take();
  }
}

function readRun(model: Model, owner: string, samples: Samples, held: Samples | undefined, options: FitOptions): Run {
  const integer = (name: string, value: number | null | undefined, fallback: number) =>
    value == null ? fallback : checkPositiveInteger(owner, name, value);
  const stepsPerEpoch = options.stepsPerEpoch == null ? undefined : checkPositiveInteger(owner, 'stepsPerEpoch', options.stepsPerEpoch);
  const batchSize = integer('batchSize', options.batchSize, stepsPerEpoch ? Math.ceil(samples.count / stepsPerEpoch) : 32);
  const validationBatchSize = integer('validationBatchSize', options.validationBatchSize, batchSize);
  const validation = held ?? validationSamples(model, owner, options.validationData);
  return {
    batchSize,
    epochs: options.epochs === undefined ? 1 : checkNumber(owner, 'epochs', options.epochs, { min: 0 }),
    initialEpoch: options.initialEpoch === undefined ? 0 : checkNumber(owner, 'initialEpoch', options.initialEpoch, { min: 0 }),
    steps: Math.min(stepsPerEpoch ?? Infinity, Math.ceil(samples.count / batchSize)),
    shuffle: checkShuffle(owner, options.shuffle),
    validation,
    validationBatchSize,
    validationSteps: integer('validationSteps', options.validationSteps, Infinity),
    validates: checkFrequency(owner, options.validationFreq),
    signal: options.signal,
  };
}

/** The samples to train on, and those that validationSplit holds back. */
function split(owner: string, samples: Samples, options: FitOptions): { samples: Samples; held: Samples | undefined } {
  const part = options.validationSplit ?? 0;
  checkNumber(owner, 'validationSplit', part, { min: 0, max: 1 });
  if (part === 0 || options.validationData) return { samples, held: undefined };
  const at = Math.floor(samples.count * (1 - part));
  if (at === 0 || at === samples.count) {
    throw new ValueError(
      `${owner}: expected validationSplit to leave samples on both sides, got ${part} of ${samples.count} samples. Give more data or another part.`,
    );
  }
  return { samples: window(samples, 0, at), held: window(samples, at, samples.count - at) };
}

function window(samples: Samples, first: number, count: number): Samples {
  return {
    ...samples,
    count,
    inputs: samples.inputs.map((t) => rows(t, first, count)),
    targets: samples.targets.map((t) => rows(t, first, count)),
    weights: samples.weights.map((t) => t && rows(t, first, count)),
  };
}

function validationSamples(model: Model, owner: string, data: FitOptions['validationData']): Samples | undefined {
  if (data == null) return undefined;
  if (!Array.isArray(data) || data.length < 2 || data.length > 3) {
    throw new ValueError(`${owner}: expected validationData as [x, y] or [x, y, sampleWeight], got ${describe(data)}.`);
  }
  return model.samples('fit (validationData)', data[0], data[1], data[2], undefined);
}

function checkShuffle(owner: string, shuffle: unknown): boolean | 'batch' {
  if (shuffle === undefined || shuffle === null) return true;
  if (typeof shuffle === 'boolean' || shuffle === 'batch') return shuffle;
  throw new ValueError(`${owner}: expected shuffle to be true, false or 'batch', got ${describe(shuffle)}.`);
}

function checkFrequency(owner: string, frequency: unknown): (epoch: number) => boolean {
  if (frequency === undefined) return () => true;
  if (Array.isArray(frequency)) return (epoch) => frequency.includes(epoch + 1);
  const every = checkPositiveInteger(owner, 'validationFreq', frequency);
  return (epoch) => (epoch + 1) % every === 0;
}

function readCallbacks(owner: string, callbacks: unknown): readonly Callback[] {
  if (callbacks == null) return [];
  const list = Array.isArray(callbacks) ? callbacks : [callbacks];
  const odd = list.find((callback) => typeof callback?.setModel !== 'function');
  if (odd !== undefined) throw new ValueError(`${owner}: expected callbacks that extend callbacks.Callback, got ${describe(odd)}.`);
  return list;
}
