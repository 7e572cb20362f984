import { mismatch } from '../common/errors.ts';
import { checkBoolean, checkInteger, checkOptions, checkPositiveInteger, describe } from '../common/options.ts';
import type { Tensor } from '../tensor/index.ts';
import { type Batched, batched, joinComponents } from './batch.ts';
import { cached, prefetched, shuffledBy } from './buffers.ts';
import { type Count, changed, shortest, times, total, unknown } from './count.ts';
import { type CsvOptions, openCsv } from './csv.ts';
import { openLines, type TextSource } from './lines.ts';
import type { BatchStream, DataModel, Source as ModelSource, StreamOptions } from './model-source.ts';
import type { BatchOptions, PaddedBatchOptions, ShuffleOptions } from './options.ts';
import { padJoin } from './padded-options.ts';
import { drain, END, type Now, type Open, type Pass } from './pass.ts';
import { predictStream } from './predict.ts';
import { type Columns, type Sliced, sliced } from './slices.ts';
import { counter, lengthOf, opener, type Source } from './source.ts';
import { type Join, stack } from './stack.ts';
import { chained, filtered, mapped, repeated, skipped, taken, zipped } from './stages.ts';
import { StreamSource } from './stream-source.ts';

/** A column, or several by name. */
type Column = Columns | Readonly<Record<string, Columns>>;

/** Elements of the datasets of a tuple. */
type Elements<D extends readonly Dataset<unknown>[]> = { -readonly [K in keyof D]: D[K] extends Dataset<infer T> ? T : never };

/**
 * A sequence of elements, made as they are asked for: tf.data.Dataset.
 *
 * ```ts
 * const batches = Dataset.from([[[5, 2, 7], 1], [[3], 0], [[4, 4], 1]]).shuffle(100, { seed: 1 }).paddedBatch(2);
 * for await (const [ids, labels] of batches) console.log(ids.shape, labels.shape); // [2, 3] [2], then [1, 2] [1]
 * ```
 * An element is anything: a number, an array, a Tensor, an object, a text. Methods return a new dataset and run nothing;
 * every `for await` starts the whole pipeline again. `batch` and `paddedBatch` make Tensors component by component:
 * elements [x, y] (an array of two or three items that are not all numbers) and objects give arrays and objects of Tensors,
 * other arrays are rows of a table; so a matrix of two or three rows has to be a `tensor(...)`. Whole numbers become int32, so that
 * ids stay ids, others float32, booleans bool; texts stay an array of texts. Differs from tf.data: functions see plain
 * JavaScript values and may be async, texts and objects pass through everything.
 */
export class Dataset<T> implements AsyncIterable<T>, BatchStream {
  /** Starts a pass without promises where nothing has to be waited for. For use within the package. */
  readonly open: Open<T>;
  private readonly count: Count;
  /** Whether every element is known to be a tuple, whatever its items. */
  private readonly tuples: boolean;

  /** @internal */
  batchSource(model: DataModel, caller: string, options: StreamOptions): ModelSource {
    return new StreamSource(model, this, caller, options);
  }

  /** @internal */
  predictWith(model: DataModel, options: { steps?: number | null }): Promise<Tensor> {
    return predictStream(model, this, options);
  }

  /** Datasets come from `Dataset.from` and the other static functions. */
  private constructor(open: Open<T>, count: Count, tuples = false) {
    this.open = open;
    this.count = count;
    this.tuples = tuples;
  }

  /**
   * The elements of an array, an iterable, an async iterable, a stream, or of what a function returns:
   * `Dataset.from([1, 2, 3])`, `Dataset.from(async function* () { yield* rows; })`. A function is called for every iteration;
   * a generator object or a stream can be read once, the second time is a ValueError. Promises among the elements are awaited.
   */
  static from<T>(source: Dataset<T> | Source<T>): Dataset<Awaited<T>> {
    if (source instanceof Dataset) return source as Dataset<Awaited<T>>;
    return new Dataset(opener<Awaited<T>>('Dataset.from', source), () => lengthOf(source));
  }

  /**
   * The rows of a Tensor or array, or of several side by side: `Dataset.fromTensorSlices([x, y])` has elements [row of x,
   * item of y], `{ a, b }` gives objects. An array of two or three arrays, typed arrays, Tensors or objects of these is such a
   * tuple; for a table of two or three rows pass a `tensor`. Rows of Tensors share their elements. Columns of several lengths are a ValueError.
   */
  static fromTensorSlices<C extends readonly [Column, Column] | readonly [Column, Column, Column]>(
    columns: C,
  ): Dataset<{ -readonly [K in keyof C]: Sliced<C[K]> }>;
  static fromTensorSlices<C extends Columns | Readonly<Record<string, unknown>>>(columns: C): Dataset<Sliced<C>>;
  static fromTensorSlices(columns: unknown): Dataset<unknown> {
    const { count, at, tuples } = sliced(columns);
    return new Dataset(counter(0, 1, count, at), () => count, tuples);
  }

  /** Numbers from `start` (0) up to, not including, `stop` by `step` (1): `Dataset.range(5)`, `Dataset.range(10, 0, -2)`. */
  static range(stop: number): Dataset<number>;
  static range(start: number, stop: number, step?: number): Dataset<number>;
  static range(first: number, second?: number, step = 1): Dataset<number> {
    const [start, stop] = second === undefined ? [0, first] : [first, second];
    for (const value of [start, stop, step]) {
      if (typeof value === 'number' && !Number.isNaN(value)) continue;
      throw mismatch('Dataset.range', 'numbers', describe(value), 'Write Dataset.range(stop) or Dataset.range(start, stop, step).');
    }
    if (step === 0) throw mismatch('Dataset.range', 'a step other than 0', '0', 'Use 1 or -1.');
    const count = Math.max(0, Math.ceil((stop - start) / step));
    return new Dataset(
      counter(start, step, count, (value) => value),
      () => count,
    );
  }

  /** One element of each dataset at a time, as arrays, until the shortest ends: `Dataset.zip(inputs, labels)`, or an array of them. */
  static zip<const D extends readonly Dataset<unknown>[]>(datasets: D): Dataset<Elements<D>>;
  static zip<const D extends readonly Dataset<unknown>[]>(...datasets: D): Dataset<Elements<D>>;
  static zip<const D extends readonly Dataset<unknown>[]>(...list: D | [D]): Dataset<Elements<D>> {
    const datasets = (Array.isArray(list[0]) ? list[0] : list) as D;
    if (datasets.length === 0) throw mismatch('Dataset.zip', 'datasets', 'none', 'Write Dataset.zip(a, b).');
    for (const dataset of datasets) checkDataset('Dataset.zip', dataset);
    const opens = datasets.map((dataset) => dataset.open);
    return new Dataset(
      zipped(opens, (items) => items as Elements<D>),
      shortest(datasets.map(({ count }) => count)),
      true,
    );
  }

  /**
   * The lines of a text in UTF-8, without their ends (\n or \r\n): `Dataset.textLines('poem.txt')`. The source is a path (Node),
   * a URL (file: in Node, others are fetched), a Blob or File, a Uint8Array, `{ text }`, and once only a ReadableStream or a
   * Response. It is read as lines are asked for, and closed when no more are. A source that cannot be read is a ValueError.
   */
  static textLines(source: TextSource): Dataset<string> {
    return new Dataset(openLines('Dataset.textLines', source), unknown);
  }

  /**
   * The rows of a CSV file (RFC 4180), from the sources of {@link textLines}: objects by the names in its first line,
   * `Dataset.csv('reviews.csv', { types: { stars: 'number' }, labelColumn: 'stars' })`; arrays with `header: false`. Fields are
   * texts unless `types` or `numeric` say otherwise. See {@link CsvOptions}. Blank lines are left out. A row with another number
   * of fields, a quote that is not closed and a field that is no number are ValueErrors that name the line.
   */
  // biome-ignore lint/suspicious/noExplicitAny: the file decides what its rows are.
  static csv<R = any>(source: TextSource, options: CsvOptions = {}): Dataset<R> {
    return new Dataset(openCsv<R>('Dataset.csv', source, options, ',', '"'), unknown, options.labelColumn !== undefined);
  }

  /**
   * {@link csv} with fields that are separated by tabs and whose quotes are characters like any other:
   * `Dataset.tsv('pairs.tsv', { header: ['source', 'target'] })`. For a file with quoted fields pass `quote: '"'`.
   */
  // biome-ignore lint/suspicious/noExplicitAny: the file decides what its rows are.
  static tsv<R = any>(source: TextSource, options: CsvOptions = {}): Dataset<R> {
    return new Dataset(openCsv<R>('Dataset.tsv', source, options, '\t', null), unknown, options.labelColumn !== undefined);
  }

  /**
   * The elements in random order: `ds.shuffle(1000, { seed: 1 })`. As in tf.data a buffer of `bufferSize` elements is kept, of
   * which a random one is next, so only a buffer as large as the dataset mixes it perfectly. The order follows the seed alone,
   * and is another in every iteration unless `reshuffleEachIteration` is false. Differs from tf.data: other orders.
   */
  shuffle(bufferSize: number, options: ShuffleOptions = {}): Dataset<T> {
    const owner = 'Dataset.shuffle';
    checkOptions(owner, options, ['seed', 'reshuffleEachIteration']);
    const { seed = null, reshuffleEachIteration = true } = options;
    checkPositiveInteger(owner, 'bufferSize', bufferSize);
    checkBoolean(owner, 'reshuffleEachIteration', reshuffleEachIteration);
    if (seed !== null) checkInteger(owner, 'seed', seed, Number.MIN_SAFE_INTEGER);
    return this.like(shuffledBy(this.open, bufferSize, seed ?? undefined, reshuffleEachIteration), this.count);
  }

  /**
   * `batchSize` elements at a time as Tensors with one axis more in front: `ds.batch(32)`. Elements of several shapes are a
   * ValueError: use {@link paddedBatch}. The last batch is smaller when elements run out, unless `dropRemainder` is true.
   */
  batch(batchSize: number, options: BatchOptions = {}): Dataset<Batched<T>> {
    checkOptions('Dataset.batch', options, ['dropRemainder']);
    return this.batches('Dataset.batch', batchSize, options.dropRemainder, stack);
  }

  /**
   * {@link batch} for elements of several lengths, which are filled up at their ends with 0 to the longest of the batch:
   * `ds.paddedBatch(10)`, or to `paddedShapes`: `ds.paddedBatch(10, { paddedShapes: [[20], []] })` for elements [ids, label].
   * An element longer than that is a ValueError.
   */
  paddedBatch(batchSize: number, options: PaddedBatchOptions = {}): Dataset<Batched<T>> {
    const owner = 'Dataset.paddedBatch';
    checkOptions(owner, options, ['paddedShapes', 'paddingValues', 'dropRemainder']);
    return this.batches(owner, batchSize, options.dropRemainder, padJoin(owner, options.paddedShapes, options.paddingValues));
  }

  private batches(owner: string, batchSize: number, dropRemainder = false, join: Join): Dataset<Batched<T>> {
    checkPositiveInteger(owner, 'batchSize', batchSize);
    checkBoolean(owner, 'dropRemainder', dropRemainder);
    const { tuples } = this;
    const joined = (rows: readonly unknown[]) => joinComponents(owner, rows, tuples, join) as Batched<T>;
    const whole = dropRemainder ? Math.floor : Math.ceil;
    return this.like(
      batched(this.open, batchSize, dropRemainder, joined),
      changed(this.count, (n) => whole(n / batchSize)),
    );
  }

  /** What `change` makes of each element and its place: `ds.map(([text, label]) => [encoder.encode(text), label])`. It may be async. */
  map<R>(change: (element: T, index: number) => R, options?: Readonly<Record<string, never>>): Dataset<Awaited<R>> {
    checkOptions('Dataset.map', options, []);
    checkFunction('Dataset.map', change);
    return new Dataset(mapped(this.open, change as (element: T, index: number) => Now<Awaited<R>>), this.count);
  }

  /** The elements for which `keep` is true: `ds.filter(([ids]) => ids.length > 0)`. It may be async. */
  filter<S extends T>(keep: (element: T, index: number) => element is S): Dataset<S>;
  filter(keep: (element: T, index: number) => Now<boolean>): Dataset<T>;
  filter(keep: (element: T, index: number) => Now<boolean>): Dataset<T> {
    checkFunction('Dataset.filter', keep);
    return this.like(filtered(this.open, keep), unknown);
  }

  /** The first `count` elements: `ds.take(100)`. The source is closed after them. */
  take(count: number): Dataset<T> {
    checkInteger('Dataset.take', 'count', count);
    return this.like(
      taken(this.open, count),
      changed(this.count, (n) => Math.min(n, count)),
    );
  }

  /** The elements after the first `count`: `ds.skip(100)`. */
  skip(count: number): Dataset<T> {
    checkInteger('Dataset.skip', 'count', count);
    return this.like(
      skipped(this.open, count),
      changed(this.count, (n) => Math.max(0, n - count)),
    );
  }

  /** The whole dataset `count` times, without end by default and for -1: `ds.repeat().take(1000)`. */
  repeat(rounds: number | null = Infinity): Dataset<T> {
    const count = rounds === null || rounds === -1 ? Infinity : rounds;
    if (count !== Infinity) checkInteger('Dataset.repeat', 'count', count);
    return this.like(repeated(this.open, count), times(this.count, count));
  }

  /** Keeps up to `count` elements ready where the source makes one wait (files, network, async functions): `ds.prefetch(2)`. */
  prefetch(count: number, options?: Readonly<Record<string, never>>): Dataset<T> {
    checkOptions('Dataset.prefetch', options, []);
    checkPositiveInteger('Dataset.prefetch', 'count', count);
    return this.like(prefetched(this.open, count), this.count);
  }

  /** These elements, then those of the others: `train.concatenate(more)`. */
  concatenate<D extends readonly Dataset<unknown>[]>(...datasets: D): Dataset<T | Elements<D>[number]> {
    for (const other of datasets) checkDataset('Dataset.concatenate', other);
    const all = [this, ...datasets] as Dataset<T | Elements<D>[number]>[];
    return new Dataset(
      chained(all.map(({ open }) => open)),
      total(all.map(({ count }) => count)),
      all.every(({ tuples }) => tuples),
    );
  }

  /** This and other datasets side by side: `inputs.zip(labels)` is `Dataset.zip(inputs, labels)`. */
  zip<const D extends readonly Dataset<unknown>[]>(...datasets: D): Dataset<Elements<[Dataset<T>, ...D]>> {
    return Dataset.zip<[Dataset<T>, ...D]>(this, ...datasets);
  }

  /** Pairs [number, element], counted from `start`: `ds.enumerate()`. */
  enumerate(start = 0): Dataset<[index: number, element: T]> {
    checkInteger('Dataset.enumerate', 'start', start, Number.MIN_SAFE_INTEGER);
    const pair = (element: T, index: number): [number, T] => [start + index, element];
    return new Dataset(mapped(this.open, pair), this.count, true);
  }

  /** Keeps the elements in memory in the first whole iteration and reads them from there in later ones: `ds.map(parse).cache()`. */
  cache(): Dataset<T> {
    const { open, size } = cached(this.open);
    return this.like(open, () => size() ?? this.count());
  }

  /** Number of elements: Infinity for an endless dataset, undefined when only going through it would tell. */
  cardinality(): number | undefined {
    return this.count();
  }

  /** Calls `visit` with each element and its place, one after the other: `await ds.forEach((element) => console.log(element))`. */
  async forEach(visit: (element: T, index: number) => unknown): Promise<void> {
    checkFunction('Dataset.forEach', visit);
    await drain(this.open, visit);
  }

  /** All elements: `await Dataset.range(3).toArray()` is [0, 1, 2]. A ValueError for an endless dataset. */
  async toArray(): Promise<T[]> {
    if (this.count() === Infinity) {
      throw mismatch('Dataset.toArray', 'a dataset that ends', 'an endless one', 'Put take(n) before it.');
    }
    const elements: T[] = [];
    await drain(this.open, (element) => {
      elements.push(element);
    });
    return elements;
  }

  /** Starts the pipeline: `for await (const [x, y] of dataset)`. Leaving the loop closes files and streams. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    const pass: Pass<T> = this.open();
    try {
      for (;;) {
        const element = await pass.next();
        if (element === END) return;
        yield element;
      }
    } finally {
      await pass.close();
    }
  }

  /** A dataset whose elements are tuples if those of this one are. */
  private like<R>(open: Open<R>, count: Count): Dataset<R> {
    return new Dataset(open, count, this.tuples);
  }
}

function checkFunction(owner: string, value: unknown): void {
  if (typeof value === 'function') return;
  throw mismatch(owner, 'a function', describe(value), 'Write it like (element) => element.');
}

function checkDataset(owner: string, value: unknown): void {
  if (value instanceof Dataset) return;
  throw mismatch(owner, 'datasets', describe(value), 'Make one with Dataset.from(...).');
}
