// Stacks rows into one Tensor.
import { mismatch } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import { toTensor } from '../tensor/index.ts';
import { type DType, sizeOf, Tensor, type TensorData } from '../tensor/tensor.ts';

/** How a batch treats one component of its elements. */
export type Join = (owner: string, rows: readonly unknown[], place: readonly (string | number)[]) => Tensor | Texts[];

type Numbers = ArrayLike<number | bigint>;

const isTyped = (value: unknown): value is Numbers => ArrayBuffer.isView(value) && !(value instanceof DataView);
const isScalar = (value: unknown): boolean => typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint';

/** Kinds of numbers, each able to hold those before it. */
const KINDS: readonly DType[] = ['bool', 'int32', 'float32'];
const BOOL = 0;
const INT = 1;
const FLOAT = 2;

const numberKind = (value: number): number => ((value | 0) === value ? INT : FLOAT);

/** The least kind that holds all numbers of a value; -1 when there are none. */
function kindOf(value: unknown): number {
  if (typeof value === 'number') return numberKind(value);
  if (typeof value === 'boolean') return BOOL;
  if (typeof value === 'bigint') return numberKind(Number(value));
  if (value instanceof Tensor) return KINDS.indexOf(value.dtype);
  if (value instanceof Float32Array || value instanceof Float64Array) return FLOAT;
  if (!Array.isArray(value) && !isTyped(value)) return -1;
  let kind = -1;
  for (let i = 0; i < value.length && kind < FLOAT; i++) kind = Math.max(kind, kindOf(value[i]));
  return kind;
}

/** Empty rows are rows of ids without a word. */
const dtypeOf = (rows: readonly unknown[]): DType => KINDS[kindOf(rows)] ?? 'int32';

/** Shortest and longest length of every axis, over all rows. */
class Extents {
  readonly least: number[] = [];
  readonly most: number[] = [];
  /** Number of axes; undefined while only empty arrays were seen. */
  rank: number | undefined;

  add(owner: string, value: unknown, axis: number): void {
    if (Array.isArray(value)) {
      this.note(axis, value.length);
      if (value.length === 0) return;
      if (isScalar(value[0])) this.end(owner, axis + 1, value);
      else for (const item of value) this.add(owner, item, axis + 1);
    } else if (isTyped(value)) {
      this.note(axis, value.length);
      this.end(owner, axis + 1, value);
    } else if (value instanceof Tensor) {
      value.shape.forEach((length, i) => {
        this.note(axis + i, length);
      });
      this.end(owner, axis + value.rank, value);
    } else if (isScalar(value)) {
      this.end(owner, axis, value);
    } else {
      const advice =
        typeof value === 'string' ? 'Turn text into numbers in a map first.' : 'Choose or convert what goes into a batch in a map first.';
      throw mismatch(owner, 'numbers', describe(value), advice);
    }
  }

  private note(axis: number, length: number): void {
    this.least[axis] = Math.min(this.least[axis] ?? length, length);
    this.most[axis] = Math.max(this.most[axis] ?? length, length);
  }

  private end(owner: string, rank: number, value: unknown): void {
    this.rank ??= rank;
    if (rank === this.rank && this.most.length <= rank) return;
    const axes = (count: number) => (count === 0 ? 'single numbers' : count === 1 ? 'arrays of numbers' : `arrays of ${count} axes`);
    throw mismatch(
      owner,
      'elements alike',
      `${axes(Math.max(this.rank, this.most.length))} and ${axes(rank)} (${describe(value)})`,
      'Give all elements the same number of axes in a map first.',
    );
  }
}

function extentsOf(owner: string, rows: readonly unknown[]): Extents {
  const extents = new Extents();
  for (const row of rows) extents.add(owner, row, 0);
  return extents;
}

/** Texts, alone or in rows, which may hold rows again. */
export type Texts = string | readonly Texts[];

const isTexts = (value: unknown): boolean =>
  typeof value === 'string' || (Array.isArray(value) && value.length > 0 && value.every(isTexts));

/** Texts stay texts in arrays; undefined for other rows. */
function texts(rows: readonly unknown[]): readonly Texts[] | undefined {
  return rows.every(isTexts) ? (rows as readonly Texts[]) : undefined;
}

/** Lengths of the longest rows of texts, and whether all are as long. */
function textExtents(owner: string, rows: readonly Texts[]): { most: number[]; even: boolean } {
  const most: number[] = [];
  let [even, rank] = [true, -1];
  const visit = (value: Texts, axis: number): void => {
    if (typeof value === 'string') {
      if (rank < 0) rank = axis;
      if (axis !== rank)
        throw mismatch(owner, 'elements alike', 'texts and rows of texts', 'Give all elements the same number of axes in a map.');
      return;
    }
    even &&= (most[axis] ?? value.length) === value.length;
    most[axis] = Math.max(most[axis] ?? 0, value.length);
    for (const item of value) visit(item, axis + 1);
  };
  for (const row of rows) visit(row, 0);
  return { most, even };
}

/** Copies of rows of texts, filled up with '' to the lengths. */
function copyTexts(rows: readonly Texts[], lengths: readonly number[]): Texts[] {
  const copy = (value: Texts | undefined, axis: number): Texts =>
    axis === lengths.length
      ? ((value as string | undefined) ?? '')
      : Array.from({ length: lengths[axis] }, (_, i) => copy((value as readonly Texts[] | undefined)?.[i], axis + 1));
  return rows.map((row) => copy(row, 0));
}

/** Rows of one shape as a Tensor of one axis more, texts as an array. */
export const stack: Join = (owner, rows) => {
  const strings = texts(rows);
  if (strings) {
    const { most, even } = textExtents(owner, strings);
    if (even) return copyTexts(strings, most);
    throw mismatch(owner, 'elements of one shape', 'rows of texts of several lengths', 'Use paddedBatch, which fills up the shorter ones.');
  }
  const { least, most } = extentsOf(owner, rows);
  if (least.some((length, axis) => length !== most[axis])) {
    const [low, high] = [least, most].map((shape) => `[${shape.join(', ')}]`);
    throw mismatch(owner, 'elements of one shape', `shapes from ${low} to ${high}`, 'Use paddedBatch, which fills up the shorter ones.');
  }
  return toTensor(owner, rows, dtypeOf(rows));
};

/** Lengths of the axes, null for the longest of the batch. */
export type PaddedShape = readonly (number | null)[];

/** Rows of any lengths, filled up at their ends with `value` to `shape` or to the longest of the batch. */
export function pad(owner: string, rows: readonly unknown[], shape: PaddedShape | undefined, value: number): Tensor | Texts[] {
  const strings = texts(rows);
  if (strings) {
    const { most } = textExtents(owner, strings);
    return copyTexts(strings, shape ? paddedTo(owner, shape, most) : most);
  }
  const { most } = extentsOf(owner, rows);
  const lengths = shape ? paddedTo(owner, shape, most) : most;
  const dtype = KINDS[Math.max(KINDS.indexOf(dtypeOf(rows)), value === 0 || value === 1 || most.length === 0 ? BOOL : numberKind(value))];
  const whole = [rows.length, ...lengths];
  const size = sizeOf(whole);
  const data = dtype === 'float32' ? new Float32Array(size) : dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
  if (value !== 0) data.fill(value);
  const steps = whole.map((_, axis) => sizeOf(whole.slice(axis + 1)));
  place(owner, rows, data, 0, steps, 0);
  return new Tensor(data as Float32Array, whole);
}

function paddedTo(owner: string, shape: PaddedShape, most: readonly number[]): number[] {
  if (shape.length !== most.length) {
    throw mismatch(
      owner,
      `paddedShapes with a length for each of the ${most.length} axes`,
      describe(shape),
      `Write null for the longest of the batch: [${most.map(() => 'null').join(', ')}].`,
    );
  }
  return most.map((longest, axis) => {
    const length = shape[axis] ?? longest;
    if (longest <= length) return length;
    throw mismatch(
      owner,
      `elements of at most ${length} entries (paddedShapes)`,
      `one of ${longest}`,
      'Cut longer ones in a map first, or give a greater length.',
    );
  });
}

function place(owner: string, value: unknown, out: TensorData, axis: number, steps: readonly number[], offset: number): void {
  if (value instanceof Tensor) {
    if (value.rank < 2) out.set(value.data, offset);
    else for (let i = 0; i < value.shape[0]; i++) place(owner, value.at<Tensor>(i), out, axis + 1, steps, offset + i * steps[axis]);
  } else if (axis === steps.length) {
    if (!isScalar(value)) throw mismatch(owner, 'a number', describe(value), 'Give all elements the same number of axes.');
    out[offset] = Number(value);
  } else {
    const items = value as ArrayLike<unknown>;
    const step = steps[axis];
    for (let i = 0; i < items.length; i++) {
      const item = items[i];
      if (typeof item === 'number' && step === 1) out[offset + i] = item;
      else place(owner, item, out, axis + 1, steps, offset + i * step);
    }
  }
}
