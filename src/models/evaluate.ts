// The evaluation loop.

import { type Callback, CallbackList } from '../callbacks/callback.ts';
import { ProgressLogger } from '../callbacks/progress-logger.ts';
import { mismatch } from '../common/errors.ts';
import { checkOptions, checkPositiveInteger, describe } from '../common/options.ts';
import { type BatchStream, isStream, type Source } from '../data/model-source.ts';
import type { BatchTypes } from './compiled-steps.ts';
import type { ModelData, RunModel, SampleWeight } from './model-types.ts';
import { Pause } from './pause.ts';
import { ArraySource, checkSource, runStep } from './source.ts';
import { Totals } from './totals.ts';

export type Verbose = 0 | 1 | 2 | 'auto';

export interface EvaluateOptions {
  /** Samples in a batch. Default 32. */
  batchSize?: number | null;
  /** 0: silent, 1 or 'auto' (the default): a progress bar, 2: one line. */
  verbose?: Verbose;
  /** Weight of each sample. */
  sampleWeight?: SampleWeight | null;
  /** Number of batches. Default: all. */
  steps?: number | null;
  /** Told of the batches by onTestBegin, onTestBatchBegin, onTestBatchEnd and onTestEnd. */
  callbacks?: readonly Callback[] | null;
  /** Whether the result is an object by name. Default false. */
  returnDict?: boolean;
}

const evaluateOptions = ['batchSize', 'verbose', 'sampleWeight', 'steps', 'callbacks', 'returnDict'];

export function checkVerbose(owner: string, verbose: unknown): 0 | 1 | 2 {
  if (verbose === undefined || verbose === 'auto') return 1;
  if (verbose === 0 || verbose === 1 || verbose === 2) return verbose;
  throw mismatch(owner, "verbose to be 0, 1, 2 or 'auto'", describe(verbose));
}

export function readCallbacks(owner: string, callbacks: unknown): readonly Callback[] {
  if (callbacks == null) return [];
  const list = Array.isArray(callbacks) ? callbacks : [callbacks];
  const odd = list.find((callback) => typeof callback?.setModel !== 'function');
  if (odd !== undefined) throw mismatch(owner, 'callbacks that extend callbacks.Callback', describe(odd));
  return list;
}

export async function evaluateModel(
  model: RunModel,
  x: ModelData | BatchStream,
  y: ModelData | undefined,
  options: EvaluateOptions,
): Promise<Record<string, number>> {
  const owner = `${model.name}.evaluate`;
  checkOptions(owner, options, evaluateOptions);
  const compiled = model.compiled('evaluate');
  const verbose = checkVerbose(owner, options.verbose);
  const batchSize = options.batchSize == null ? 32 : checkPositiveInteger(owner, 'batchSize', options.batchSize);
  const most = options.steps == null ? undefined : checkPositiveInteger(owner, 'steps', options.steps);
  const source = isStream(x)
    ? x.batchSource(model, 'evaluate', { limit: most })
    : new ArraySource(model.samples('evaluate', x, y, options.sampleWeight, undefined), batchSize, false, most);
  checkSource(source, (types) => model.steps.test(types, compiled));
  const loggers = verbose === 0 ? [] : [new ProgressLogger(verbose)];
  const params = { verbose, epochs: 1, steps: source.steps ?? null };
  const callbacks = new CallbackList([...readCallbacks(owner, options.callbacks), ...loggers], model, params);
  const totals = new Totals(compiled);
  await evaluateSource(model, source, totals, callbacks, new Pause());
  return totals.logs();
}

/** Adds the batches to the sums of loss and metrics. */
export async function evaluateSource(
  model: RunModel,
  source: Source,
  totals: Totals,
  callbacks: CallbackList,
  pause: Pause,
  signal?: AbortSignal,
): Promise<void> {
  const compiled = model.compiled('evaluate');
  const stepFor = (types: BatchTypes) => model.steps.test(types, compiled);
  const batches = source.epoch();
  const watched = callbacks.has('onTestBatchEnd');
  const begun = callbacks.call('onTestBegin', {});
  if (begun) await begun;
  try {
    for (let batch = 0; ; batch++) {
      signal?.throwIfAborted();
      const next = batches.next();
      const { value, done } = next instanceof Promise ? await next : next;
      if (done) break;
      const started = callbacks.call('onTestBatchBegin', batch, {});
      if (started) await started;
      totals.enter();
      runStep(value, stepFor);
      if (watched) {
        const ended = callbacks.call('onTestBatchEnd', batch, totals.logs());
        if (ended) await ended;
      }
      if (pause.due) await pause.take();
    }
  } finally {
    await batches.return?.();
  }
  const ended = callbacks.call('onTestEnd', totals.logs());
  if (ended) await ended;
}
