// Sources of batches: arrays, cut and shuffled, or a dataset.
import type { Batch, Samples, Source } from '../data/model-source.ts';
import { shuffledIndices } from '../random/shuffle.ts';
import { batchTypes, checkSamples, runBatch } from './batches.ts';
import type { BatchTypes, Step } from './compiled-steps.ts';

/** Arrays, `batchSize` rows at a time. */
export class ArraySource implements Source {
  readonly samples: Samples;
  readonly steps: number;
  private readonly batchSize: number;
  private readonly shuffle: boolean | 'batch';
  private readonly goesOn: boolean;
  private order: Int32Array | undefined;
  /** The row that the next batch begins with. */
  private first = Infinity;

  /** With `goesOn` an epoch of at most `most` batches goes on where the last one ended. */
  constructor(samples: Samples, batchSize: number, shuffle: boolean | 'batch', most = Infinity, goesOn = false) {
    this.samples = samples;
    this.batchSize = batchSize;
    this.shuffle = shuffle;
    this.goesOn = goesOn;
    this.steps = Math.min(most, Math.ceil(samples.count / batchSize));
  }

  /** The sizes that its batches have. */
  get sizes(): number[] {
    const { count } = this.samples;
    return [...new Set([Math.min(this.batchSize, count), count % this.batchSize || Math.min(this.batchSize, count)])];
  }

  *epoch(): Iterator<Batch> {
    const { samples, batchSize, shuffle } = this;
    if (!this.goesOn || this.first >= samples.count) {
      this.first = 0;
      this.order = shuffle === false ? undefined : shuffledIndices(samples.count, shuffle === 'batch' ? batchSize : undefined);
    }
    for (let step = 0; step < this.steps && this.first < samples.count; step++) {
      const { order, first } = this;
      this.first += batchSize;
      yield { samples, order, first, size: Math.min(batchSize, samples.count - first), checked: true };
    }
  }
}

/** Runs one batch through the step that `stepFor` gives for its shape. */
export function runStep(batch: Batch, stepFor: (types: BatchTypes) => Step): void {
  const step = stepFor(batchTypes(batch.samples, batch.size));
  if (!batch.checked) checkSamples(step, batch.samples);
  runBatch(step, batch.samples, batch.order, batch.first, batch.size);
}

/** Checks the ids of all samples, so that a bad one is found before anything changes. */
export function checkSource(source: Source, stepFor: (types: BatchTypes) => Step): void {
  if (!(source instanceof ArraySource)) return;
  for (const size of source.sizes) checkSamples(stepFor(batchTypes(source.samples, size)), source.samples);
}
