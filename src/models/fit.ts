// The training loop.

import { type Callback, CallbackList, type Logs } from '../callbacks/callback.ts';
import { History } from '../callbacks/history.ts';
import { ProgressLogger } from '../callbacks/progress-logger.ts';
import { mismatch } from '../common/errors.ts';
import { checkBoolean, checkInteger, checkNumber, checkOptions, checkPositiveInteger, describe } from '../common/options.ts';
import { type BatchStream, type ClassWeight, isStream, type Samples, type Source } from '../data/model-source.ts';
import type { TensorLike } from '../tensor/index.ts';
import type { Compiled } from './compiled.ts';
import type { BatchTypes } from './compiled-steps.ts';
import { checkVerbose, evaluateSource, readCallbacks, type Verbose } from './evaluate.ts';
import { rows } from './inputs.ts';
import type { ModelData, RunModel, SampleWeight } from './model-types.ts';
import { Pause } from './pause.ts';
import { ArraySource, checkSource, runStep } from './source.ts';
import { Totals } from './totals.ts';

export interface FitOptions {
  /** Samples in a batch; the last batch of an epoch may be smaller. Default 32. */
  batchSize?: number | null;
  /** How often to go through the data; Infinity until `signal` or a callback ends it. Default 1. */
  epochs?: number;
  /** 0: silent, 1 or 'auto' (the default): a progress bar, 2: a line per epoch. */
  verbose?: Verbose;
  callbacks?: readonly Callback[] | null;
  /** Part of the samples, from the end and before shuffling, that is kept for validation. Default 0. */
  validationSplit?: number;
  /** [x, y], [x, y, sampleWeight] or a dataset to validate on after each epoch. */
  validationData?: readonly [ModelData, ModelData, (TensorLike | readonly number[])?] | BatchStream | null;
  /** Samples in a validation batch. Default: batchSize. */
  validationBatchSize?: number | null;
  /** Validate after every so many epochs, or after the epochs listed (from 1). Default 1. */
  validationFreq?: number | readonly number[];
  /** Whether each epoch takes the samples in another order; 'batch' shuffles inside batches only. Default true. */
  shuffle?: boolean | 'batch';
  /** Weight of each class's samples, such as { 0: 1, 1: 5 }. */
  classWeight?: ClassWeight | null;
  /** Weight of each sample. */
  sampleWeight?: SampleWeight | null;
  /** Number of the first epoch, to go on where a run ended. Default 0. */
  initialEpoch?: number;
  /** Batches in an epoch, of which the next goes on where it ended. Default: all. */
  stepsPerEpoch?: number | null;
  /** Batches in a validation. Default: all. */
  validationSteps?: number | null;
  /**
   * Whether to stop at the first number that is not finite and say which layer made it: the promise rejects, and the step in which
   * it came up has changed no weight. Slower. Default false.
   */
  debugNaN?: boolean;
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
  'debugNaN',
  'signal',
];

/** Options with their defaults, checked. */
interface Run {
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly source: Source;
  readonly validation: Source | undefined;
  readonly validates: (epoch: number) => boolean;
  readonly signal: AbortSignal | undefined;
}

export async function fitModel(
  model: RunModel,
  x: ModelData | BatchStream,
  y: ModelData | undefined,
  options: FitOptions,
): Promise<History> {
  const owner = `${model.name}.fit`;
  checkOptions(owner, options, allowed);
  const { signal } = options;
  if (signal != null && typeof signal.throwIfAborted !== 'function')
    throw mismatch(owner, 'signal to be an AbortSignal', describe(signal), 'Pass controller.signal.');
  signal?.throwIfAborted();
  const verbose = checkVerbose(owner, options.verbose);
  const compiled = model.compiled('fit');
  model.steps.checked = checkBoolean(owner, 'debugNaN', options.debugNaN ?? false);
  const run = readRun(model, owner, x, y, options);
  checkSource(run.source, (types) => model.steps.train(types, compiled));
  if (run.validation) checkSource(run.validation, (types) => model.steps.test(types, compiled));

  const history = new History();
  const loggers = verbose === 0 ? [] : [new ProgressLogger(verbose)];
  const params = { verbose, epochs: run.epochs, steps: run.source.steps ?? null };
  const callbacks = new CallbackList([...readCallbacks(owner, options.callbacks), history, ...loggers], model, params);
  model.history = history;
  try {
    await train(model, run, compiled, callbacks);
  } finally {
    await run.source.close?.();
  }
  return history;
}

async function train(model: RunModel, run: Run, compiled: Compiled, callbacks: CallbackList): Promise<void> {
  const pause = new Pause();
  model.stopTraining = false;
  const totals = new Totals(compiled);
  let logs: Logs = {};
  await callbacks.call('onTrainBegin', {});
  for (let epoch = callbacks.firstEpoch ?? run.initialEpoch; epoch < run.epochs && !model.stopTraining; epoch++) {
    totals.reset();
    const started = callbacks.call('onEpochBegin', epoch, {});
    if (started) await started;
    await trainEpoch(model, run, compiled, totals, callbacks, pause);
    logs = totals.logs();
    if (run.validation && run.validates(epoch)) {
      totals.reset();
      await evaluateSource(model, run.validation, totals, callbacks, pause, run.signal);
      Object.assign(logs, totals.logs('val_'));
    }
    const ended = callbacks.call('onEpochEnd', epoch, logs);
    if (ended) await ended;
  }
  if (run.epochs > 0) compiled.optimizer.finalizeVariableValues();
  await callbacks.call('onTrainEnd', logs);
}

async function trainEpoch(
  model: RunModel,
  run: Run,
  compiled: Compiled,
  totals: Totals,
  callbacks: CallbackList,
  pause: Pause,
): Promise<void> {
  const batches = run.source.epoch();
  const watched = callbacks.has('onTrainBatchEnd');
  const stepFor = (types: BatchTypes) => model.steps.train(types, compiled);
  try {
    for (let batch = 0; !model.stopTraining; batch++) {
      run.signal?.throwIfAborted();
      // Arrays give their batches at once; a promise for each would cost more than a small step.
      const next = batches.next();
      const { value, done } = next instanceof Promise ? await next : next;
      if (done) return;
      const begun = callbacks.call('onTrainBatchBegin', batch, {});
      if (begun) await begun;
      totals.enter();
      runStep(value, stepFor);
      model.steps.advance(compiled);
      if (watched) {
        const ended = callbacks.call('onTrainBatchEnd', batch, totals.logs());
        if (ended) await ended;
      }
      if (pause.due) await pause.take();
    }
  } finally {
    await batches.return?.();
  }
}

function readRun(model: RunModel, owner: string, x: ModelData | BatchStream, y: ModelData | undefined, options: FitOptions): Run {
  const integer = (name: string, value: number | null | undefined) =>
    value == null ? undefined : checkPositiveInteger(owner, name, value);
  const epochs = options.epochs ?? 1;
  const stepsPerEpoch = integer('stepsPerEpoch', options.stepsPerEpoch);
  const givenBatchSize = integer('batchSize', options.batchSize);
  const shuffle = checkShuffle(owner, options.shuffle);
  let source: Source;
  let held: Samples | undefined;
  let batchSize = givenBatchSize ?? 32;
  if (isStream(x)) {
    const misplaced =
      y !== undefined
        ? 'y'
        : (['batchSize', 'validationSplit', 'sampleWeight'] as const).find((name) => options[name] != null && options[name] !== 0);
    if (misplaced) throw mismatch(owner, `no ${misplaced} beside a dataset`, 'one', 'Put it into its elements, or use take and skip.');
    source = x.batchSource(model, 'fit', { limit: stepsPerEpoch, goesOn: true, classWeight: options.classWeight });
  } else {
    const all = model.samples('fit', x, y, options.sampleWeight, options.classWeight);
    const parts = split(owner, all, options);
    held = parts.held;
    batchSize = givenBatchSize ?? (stepsPerEpoch ? Math.ceil(parts.samples.count / stepsPerEpoch) : 32);
    source = new ArraySource(parts.samples, batchSize, shuffle, stepsPerEpoch, true);
  }
  const validationBatchSize = integer('validationBatchSize', options.validationBatchSize) ?? batchSize;
  const validationSteps = integer('validationSteps', options.validationSteps);
  return {
    // Without end when a signal or a callback is to end it.
    epochs: epochs === Infinity ? epochs : checkInteger(owner, 'epochs', epochs),
    initialEpoch: checkInteger(owner, 'initialEpoch', options.initialEpoch ?? 0),
    source,
    validation: held
      ? new ArraySource(held, validationBatchSize, false, validationSteps)
      : validationSource(model, owner, options.validationData, validationBatchSize, validationSteps),
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
    throw mismatch(owner, 'validationSplit to leave samples on both sides', `${part} of ${samples.count} samples`, 'Use another part.');
  }
  // Class weights are for training alone.
  const unweighted = options.classWeight == null ? samples : { ...samples, weights: samples.targets.map(() => undefined) };
  return { samples: window(samples, 0, at), held: window(unweighted, at, samples.count - at) };
}

function window(samples: Samples, first: number, count: number): Samples {
  return {
    ...samples,
    count,
    inputs: samples.inputs.map((t) => rows(t, first, count)),
    targets: samples.targets.map((t) => t && rows(t, first, count)),
    weights: samples.weights.map((t) => t && rows(t, first, count)),
  };
}

function validationSource(
  model: RunModel,
  owner: string,
  data: FitOptions['validationData'],
  batchSize: number,
  steps: number | undefined,
): Source | undefined {
  if (data == null) return undefined;
  if (isStream(data)) return data.batchSource(model, 'fit (validationData)', { limit: steps });
  const triple: unknown = data;
  if (!Array.isArray(triple) || triple.length < 2 || triple.length > 3) {
    throw mismatch(owner, 'validationData as [x, y], [x, y, sampleWeight] or a dataset', describe(data));
  }
  return new ArraySource(model.samples('fit (validationData)', data[0], data[1], data[2], undefined), batchSize, false, steps);
}

function checkShuffle(owner: string, shuffle: unknown): boolean | 'batch' {
  if (shuffle === undefined || shuffle === null) return true;
  if (typeof shuffle === 'boolean' || shuffle === 'batch') return shuffle;
  throw mismatch(owner, "shuffle to be true, false or 'batch'", describe(shuffle));
}

function checkFrequency(owner: string, frequency: unknown): (epoch: number) => boolean {
  if (frequency == null) return () => true;
  if (Array.isArray(frequency)) {
    for (const epoch of frequency) checkPositiveInteger(owner, 'validationFreq', epoch);
    return (epoch) => frequency.includes(epoch + 1);
  }
  const every = checkPositiveInteger(owner, 'validationFreq', frequency);
  return (epoch) => (epoch + 1) % every === 0;
}
