// Loss and metrics without training.
import { CallbackList } from '../callbacks/callback.ts';
import { ProgressLogger } from '../callbacks/progress-logger.ts';
import { ValueError } from '../errors.ts';
import { checkPositiveInteger, describe } from '../options.ts';
import type { TensorLike } from '../tensor/index.ts';
import { batchTypes, checkSamples, runBatch, type Samples } from './batches.ts';
import type { BaseModel } from './base-model.ts';
import { Pause } from './pause.ts';

export type Verbose = 0 | 1 | 2 | 'auto';

export interface EvaluateOptions {
  /** Samples in a batch. Default 32. */
  batchSize?: number | null;
  /** 0: silent, 1 or 'auto' (the default): a progress bar, 2: one line. */
  verbose?: Verbose;
  /** What each sample counts. */
  sampleWeight?: TensorLike | readonly number[] | null;
  /** Number of batches. Default: all. */
  steps?: number | null;
  /** Whether the result is an object by name. Default false. */
  returnDict?: boolean;
}

export const evaluateOptions = ['batchSize', 'verbose', 'sampleWeight', 'steps', 'returnDict'];

export function checkVerbose(owner: string, verbose: unknown): 0 | 1 | 2 {
  if (verbose === undefined || verbose === 'auto') return 1;
  if (verbose === 0 || verbose === 1 || verbose === 2) return verbose;
  throw new ValueError(`${owner}: expected verbose to be 0, 1, 2 or 'auto', got ${describe(verbose)}.`);
}

export async function evaluateModel(model: BaseModel, samples: Samples, options: EvaluateOptions): Promise<Record<string, number>> {
  const owner = `${model.name}.evaluate`;
  const compiled = model.compiled('evaluate');
  const verbose = checkVerbose(owner, options.verbose);
  const batchSize = options.batchSize == null ? 32 : checkPositiveInteger(owner, 'batchSize', options.batchSize);
  const most = options.steps == null ? Infinity : checkPositiveInteger(owner, 'steps', options.steps);
  const steps = Math.min(most, Math.ceil(samples.count / batchSize));
  checkSamples(model.steps.test(batchTypes(samples, Math.min(batchSize, samples.count)), compiled), samples);
  const callbacks = new CallbackList(verbose === 0 ? [] : [new ProgressLogger(verbose)], model, { verbose, epochs: 1, steps });
  compiled.reset();
  await evaluateSamples(model, samples, batchSize, steps, callbacks, new Pause());
  return compiled.logs();
}

/** Adds the samples to the states of loss and metrics. */
export async function evaluateSamples(
  model: BaseModel,
  samples: Samples,
  batchSize: number,
  most: number,
  callbacks: CallbackList,
  pause: Pause,
  signal?: AbortSignal,
): Promise<void> {
  const compiled = model.compiled('evaluate');
  const steps = Math.min(most, Math.ceil(samples.count / batchSize));
  const watched = callbacks.has('onTestBatchEnd');
  const begun = callbacks.call('onTestBegin', {});
  if (begun) await begun;
  for (let batch = 0; batch < steps; batch++) {
    signal?.throwIfAborted();
    const started = callbacks.call('onTestBatchBegin', batch, {});
    if (started) await started;
    const first = batch * batchSize;
    const size = Math.min(batchSize, samples.count - first);
    runBatch(model.steps.test(batchTypes(samples, size), compiled), samples, undefined, first, size);
    if (watched) {
      const done = callbacks.call('onTestBatchEnd', batch, compiled.logs());
      if (done) await done;
    }
    if (pause.due) await pause.take();
  }
  const ended = callbacks.call('onTestEnd', compiled.logs());
  if (ended) await ended;
}
