// Feeds the batches of a dataset to a model as they arrive.
import { mismatch } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import type { Batch, ClassWeight, DataModel, Samples, Source, StreamOptions } from './model-source.ts';

/** A dataset whose elements are batches `[x, y]` or `[x, y, sampleWeight]`. */
export class StreamSource implements Source {
  steps: number | undefined;
  private readonly model: DataModel;
  private readonly stream: AsyncIterable<unknown>;
  private readonly caller: string;
  private readonly classWeight: ClassWeight | null | undefined;
  private readonly limit: number | undefined;
  private readonly goesOn: boolean;
  private hasWarned = false;
  /** With a limit an epoch goes on where the last one ended. */
  private going: AsyncIterator<unknown> | undefined;

  constructor(model: DataModel, stream: AsyncIterable<unknown>, caller: string, { limit, goesOn = false, classWeight }: StreamOptions) {
    this.model = model;
    this.stream = stream;
    this.caller = caller;
    this.limit = limit;
    this.goesOn = goesOn;
    this.classWeight = classWeight;
    const cardinality = (stream as { cardinality?(): unknown }).cardinality?.();
    const known = typeof cardinality === 'number' && Number.isFinite(cardinality) && cardinality >= 0 ? cardinality : undefined;
    this.steps = limit ?? known;
    if (cardinality === Infinity && limit === undefined) {
      throw mismatch(
        this.owner,
        `${goesOn ? 'stepsPerEpoch' : 'a number of steps'} beside an endless dataset`,
        'none',
        'Say how many batches to take, or end it with take(n).',
      );
    }
  }

  async *epoch(): AsyncGenerator<Batch> {
    let iterator = this.going ?? this.open();
    let fresh = !this.going;
    this.going = undefined;
    let step = 0;
    let ended = false;
    try {
      while (this.limit === undefined || step < this.limit) {
        const { value, done } = await iterator.next();
        if (done && step === 0 && !fresh) {
          // The last epoch took the last batch.
          iterator = this.open();
          fresh = true;
          continue;
        }
        if (done) {
          ended = true;
          this.warnOfEnd(step);
          if (step === 0)
            throw mismatch(this.owner, 'batches from the dataset', 'none', 'Check its filter, take and skip, or add repeat().');
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

  async close(): Promise<void> {
    const { going } = this;
    this.going = undefined;
    await going?.return?.();
  }

  /** Says once that an epoch is shorter than it was asked to be. */
  private warnOfEnd(step: number): void {
    if (this.limit === undefined || step === 0 || this.hasWarned) return;
    this.hasWarned = true;
    console.warn(`${this.owner}: the dataset ran out after ${step} of ${this.limit} batches; the epoch ends there. Add repeat() to go on.`);
  }

  private get owner(): string {
    return `${this.model.name}.${this.caller}`;
  }

  private open(): AsyncIterator<unknown> {
    return this.stream[Symbol.asyncIterator]();
  }

  private read(element: unknown): Samples {
    if (!Array.isArray(element) || element.length < 2 || element.length > 3) {
      throw mismatch(this.owner, 'the dataset to give [x, y] or [x, y, sampleWeight]', describe(element), 'Map its elements to pairs.');
    }
    return this.model.samples(this.caller, element[0], element[1], element[2], this.classWeight);
  }
}
