// Where a run's batches come from: arrays, cut and shuffled, or a dataset, taken as it comes.
import { ValueError } from '../errors.ts';
import { describe } from '../options.ts';
import { shuffledIndices } from '../random/shuffle.ts';
import type { BaseModel } from './base-model.ts';
import { batchTypes, checkSamples, runBatch, type Samples } from './batches.ts';
import type { BatchTypes, Step } from './steps.ts';
import type { ClassWeight } from './weights.ts';

/** `size` rows of samples from `first` on, in the given order. */
export interface Batch {
  readonly samples: Samples;
  readonly order: Int32Array | undefined;
  readonly first: number;
  readonly size: number;
  /** Whether its ids have been checked with all the others. */
  readonly checked: boolean;
}

export interface Source {
  /** Batches in an epoch, once known. */
  readonly steps: number | undefined;
  /** The batches of the next epoch. */
  epoch(): Iterator<Batch> | AsyncIterator<Batch>;
}

/** What can be iterated for batches `[x, y]`. */
export type BatchStream = AsyncIterable<unknown> | Iterable<unknown>;

/** A dataset or another stream of batches, rather than data itself. */
export const isStream = (data: unknown): data is BatchStream =>
  typeof data === 'object' && data !== null && typeof (data as AsyncIterable<unknown>)[Symbol.asyncIterator] === 'function';

/** Arrays, `batchSize` rows at a time. */
export class ArraySource implements Source {
  readonly samples: Samples;
  readonly steps: number;
  private readonly batchSize: number;
  private readonly shuffle: boolean | 'batch';

  constructor(samples: Samples, batchSize: number, shuffle: boolean | 'batch', most = Infinity) {
    this.samples = samples;
    this.batchSize = batchSize;
    this.shuffle = shuffle;
    this.steps = Math.min(most, Math.ceil(samples.count / batchSize));
  }

  /** The sizes that its batches have. */
  get sizes(): number[] {
    const { count } = this.samples;
    return [...new Set([Math.min(this.batchSize, count), count % this.batchSize || Math.min(this.batchSize, count)])];
  }

  *epoch(): Iterator<Batch> {
    const { samples, batchSize, shuffle } = this;
    const order = shuffle === false ? undefined : shuffledIndices(samples.count, shuffle === 'batch' ? batchSize : undefined);
    for (let step = 0, first = 0; step < this.steps; step++, first += batchSize) {
      yield { samples, order, first, size: Math.min(batchSize, samples.count - first), checked: true };
    }
  }
}

/** A dataset whose elements are batches `[x, y]` or `[x, y, sampleWeight]`. */
export class StreamSource implements Source {
  steps: number | undefined;
  private readonly model: BaseModel;
  private readonly stream: BatchStream;
  private readonly caller: string;
  private readonly classWeight: ClassWeight | null | undefined;
  private readonly limit: number | undefined;
  private readonly goesOn: boolean;
  /** With a limit an epoch goes on where the last one ended. */
  private going: AsyncIterator<unknown> | undefined;

  constructor(
    model: BaseModel,
    stream: BatchStream,
    caller: string,
    limit: number | undefined,
    goesOn: boolean,
    classWeight?: ClassWeight | null,
  ) {
    this.model = model;
    this.stream = stream;
    this.caller = caller;
    this.limit = limit;
    this.goesOn = goesOn;
    this.classWeight = classWeight;
    const cardinality = (stream as { cardinality?(): unknown }).cardinality?.();
    const known = typeof cardinality === 'number' && Number.isFinite(cardinality) && cardinality >= 0 ? cardinality : undefined;
    this.steps = limit ?? known;
  }

  async *epoch(): AsyncGenerator<Batch> {
    const iterator = this.going ?? this.open();
    this.going = undefined;
    let step = 0;
    let ended = false;
    try {
      while (this.limit === undefined || step < this.limit) {
        const { value, done } = await iterator.next();
        if (done) {
          ended = true;
          if (step === 0)
            throw new ValueError(
              `${this.owner}: expected batches from the dataset, got none. Check its filter, take and skip, or add repeat().`,
            );
          break;
        }
        const samples = this.read(value);
        step++;
        yield { samples, order: undefined, first: 0, size: samples.count, checked: false };
      }
      if (this.limit === undefined) this.steps = step;
      else if (this.goesOn && !ended) this.going = iterator;
    } finally {
      if (!ended && this.going !== iterator) await iterator.return?.();
    }
  }

  private get owner(): string {
    return `${this.model.name}.${this.caller}`;
  }

  private open(): AsyncIterator<unknown> {
    return (this.stream as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  }

  private read(element: unknown): Samples {
    if (!Array.isArray(element) || element.length < 2 || element.length > 3) {
      throw new ValueError(
        `${this.owner}: expected the dataset to give [x, y] or [x, y, sampleWeight], got ${describe(element)}. Map its elements to pairs.`,
      );
    }
    return this.model.samples(this.caller, element[0], element[1], element[2], this.classWeight);
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
