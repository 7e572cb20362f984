// Tensors of texts and of large integers, which stay on the host since wasm cannot hold them.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { Tensor } from '../../tensor/index.ts';

/** Values with a shape, row after row. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly values: ArrayLike<string | number>;
}

export type HostKind = 'texts' | 'integers' | 'texts or integers';

/** Texts in arrays of arrays. */
export type NestedTexts = string | readonly NestedTexts[];

type Row = ArrayLike<unknown>;

const isRow = (value: unknown): value is Row => Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** Reads nested arrays, typed arrays and tensors; a single value has the shape []. */
export function toHostTensor(owner: string, data: unknown, kind: HostKind): HostTensor {
  const shape: number[] = [];
  const values: (string | number)[] = [];
  const path: number[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (isRow(value) ? depth >= shape.length || value.length !== shape[depth] : depth < shape.length) {
      throw mismatch(owner, 'rows of one length', describe(data), 'Fill short rows up, with the mask token of the layer for example.');
    }
    if (!isRow(value)) {
      values.push(leaf(owner, value, kind, path.slice(0, depth)));
      return;
    }
    for (let i = 0; i < value.length; i++) {
      path[depth] = i;
      visit(value[i], depth + 1);
    }
  };
  if (data instanceof Tensor) {
    shape.push(...data.shape);
    for (let i = 0; i < data.size; i++) values.push(leaf(owner, data.data[i], kind, [i]));
    return { shape, values };
  }
  for (let level = data; isRow(level); level = level[0]) shape.push(level.length);
  visit(data, 0);
  return { shape, values };
}

/** The parts of data that `toHostTensor` reads: the data themselves, or each row where they have several lengths. */
export function* evenParts(data: unknown): Generator<unknown> {
  if (!isRagged(data)) yield data;
  else for (const row of data) yield* isRagged(row) ? evenParts(row) : [[row]];
}

function isRagged(data: unknown): data is readonly unknown[] {
  if (!Array.isArray(data) || data.length === 0) return false;
  const lengths = data.map((row) => (isRow(row) ? row.length : -1));
  // Rows beside values are an error, which reading them says.
  if (lengths.includes(-1)) return false;
  return lengths.some((length) => length !== lengths[0]) || data.some(isRagged);
}

function leaf(owner: string, value: unknown, kind: HostKind, place: readonly number[]): string | number {
  if (typeof value === 'string' && kind !== 'integers') return value;
  if ((typeof value === 'number' || typeof value === 'bigint') && kind !== 'texts') {
    // Where texts are as good as numbers a fraction is cut off, as Keras does before it hashes.
    const whole = kind === 'integers' ? Number(value) : Math.trunc(Number(value));
    if (Number.isSafeInteger(whole)) return whole === 0 ? 0 : whole;
  }
  const where = place.length > 0 ? ` at position ${place.length > 1 ? `[${place.join(', ')}]` : place[0]}` : '';
  const advice = kind === 'texts' ? 'Convert it with String(...).' : 'Whole numbers may go up to 2^53.';
  throw mismatch(owner, kind, `${describe(value)}${where}`, advice);
}

/** A table as users see it: a tensor of numbers, or texts in nested arrays. */
export function fromHostTensor({ shape, values }: HostTensor): Tensor | NestedTexts {
  if (values instanceof Int32Array || values instanceof Float32Array) return new Tensor(values, shape) as Tensor;
  let at = 0;
  const nested = (axis: number): NestedTexts =>
    axis === shape.length ? (values[at++] as string) : Array.from({ length: shape[axis] }, () => nested(axis + 1));
  return nested(0);
}

/** The values along the last axis, one row after another; a single value is a row of one. */
export function rowsOf<T>({ shape, values }: HostTensor): T[][] {
  const length = shape.at(-1) ?? 1;
  const count = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const all = values as ArrayLike<T>;
  return Array.from({ length: count }, (_, i) => Array.from({ length }, (_, j) => all[i * length + j]));
}
