// Cuts columns into elements.
import { mismatch } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import { Tensor, type TensorLike } from '../tensor/index.ts';

const OWNER = 'Dataset.fromTensorSlices';

/** An element of columns T. */
export type Sliced<T> = T extends string
  ? never
  : T extends Tensor | ArrayBufferView
    ? Tensor | number | boolean
    : T extends readonly (infer Item)[]
      ? Item
      : T extends object
        ? { -readonly [K in keyof T]: Sliced<T[K]> }
        : never;

export type Columns = TensorLike | readonly unknown[];

interface Column {
  readonly length: number;
  readonly at: (i: number) => unknown;
}

const isTyped = (value: unknown): value is ArrayLike<unknown> => ArrayBuffer.isView(value) && !(value instanceof DataView);
const isColumn = (value: unknown): boolean => Array.isArray(value) || isTyped(value) || (value instanceof Tensor && value.rank > 0);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
const isRecordOfColumns = (value: unknown): boolean => isRecord(value) && Object.values(value).every(isColumn);

/** An array of two or three arrays, typed arrays, Tensors or objects of these is a tuple of columns. */
export const isTupleOfColumns = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) &&
  (value.length === 2 || value.length === 3) &&
  value.every((column) => isColumn(column) || isRecordOfColumns(column));

/** Number of elements in the columns, and each element: an item, an array of items, an object of items. */
export function sliced(columns: unknown): { count: number; at: (i: number) => unknown; tuples: boolean } {
  if (isTupleOfColumns(columns)) {
    const parts = columns.map((column, k) => columnOf(column, `[${k}]`));
    return { count: common(parts), at: (i) => parts.map((part) => part.at(i)), tuples: true };
  }
  const { length, at } = columnOf(columns, '');
  return { count: length, at, tuples: false };
}

function columnOf(value: unknown, place: string): Column {
  if (value instanceof Tensor && value.rank > 0) return { length: value.shape[0], at: (i) => value.at(i) };
  if (Array.isArray(value) || isTyped(value)) return { length: value.length, at: (i) => value[i] };
  if (isRecord(value)) {
    const parts = Object.entries(value).map(([key, column]) => [key, columnOf(column, `${place}.${key}`)] as const);
    if (parts.length > 0) {
      const length = common(parts.map(([, part]) => part));
      return { length, at: (i) => Object.fromEntries(parts.map(([key, part]) => [key, part.at(i)])) };
    }
  }
  throw mismatch(
    OWNER,
    'a Tensor, an array, [x, y] or an object of columns',
    `${describe(value)}${place ? ` at ${place}` : ''}`,
    'For other sources use Dataset.from.',
  );
}

function common(parts: readonly Column[]): number {
  const lengths = parts.map(({ length }) => length);
  if (lengths.every((length) => length === lengths[0])) return lengths[0];
  throw mismatch(OWNER, 'columns of one length', `lengths ${lengths.join(', ')}`, 'Each element takes one item of every column.');
}
