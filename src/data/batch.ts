// Gathers elements into batches, component by component.
import { mismatch } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import type { Tensor } from '../tensor/index.ts';
import { END, type End, each, type Now, type Open, whenReady } from './pass.ts';
import type { Join } from './stack.ts';

/** The batched type of elements of type T; any stays any. */
export type Batched<T> = 0 extends 1 & T
  ? T
  : T extends string
    ? string[]
    : T extends number | bigint | boolean | Tensor | ArrayBufferView
      ? Tensor
      : T extends readonly unknown[]
        ? number extends T['length']
          ? T extends readonly string[]
            ? string[][]
            : T extends readonly (number | bigint | boolean)[] | readonly (readonly unknown[])[]
              ? Tensor
              : Tensor[]
          : { -readonly [K in keyof T]: Batched<T[K]> }
        : T extends object
          ? { -readonly [K in keyof T]: Batched<T[K]> }
          : never;

type Path = readonly (string | number)[];

/** Batches of `size` elements; `join` makes one value of the rows of each component. */
export const batched =
  <R>(open: Open<unknown>, size: number, dropRemainder: boolean, join: (rows: readonly unknown[]) => R): Open<R> =>
  () => {
    const pass = open();
    let over = false;
    const next = (): Now<R | End> => {
      if (over) return END;
      const rows: unknown[] = [];
      const visit = (item: unknown | End) => {
        if (item === END) over = true;
        else rows.push(item);
        return rows.length < size;
      };
      return whenReady(each(pass, visit), () => (rows.length === 0 || (dropRemainder && rows.length < size) ? END : join(rows)));
    };
    return { next, close: () => pass.close() };
  };

/**
 * Whether an element is a tuple of components. Those of zip and its like are (`known`); any other array is one when it has two
 * or three items that are not all numbers or all texts: [ids, label], [x, y, weight].
 */
const isTuple = (element: unknown, known: boolean): element is readonly unknown[] =>
  Array.isArray(element) &&
  (known || ((element.length === 2 || element.length === 3) && !element.every(isNumber) && !element.every(isText)));

const isNumber = (item: unknown): boolean => typeof item === 'number' || typeof item === 'boolean';
const isText = (item: unknown): item is string => typeof item === 'string';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Joins the rows of each component of the elements. */
export function joinComponents(owner: string, rows: readonly unknown[], tuples: boolean, join: Join): unknown {
  const [first] = rows;
  if (!isTuple(first, tuples)) return joinRows(owner, rows, [], join);
  rows.forEach((row, i) => {
    if (Array.isArray(row) && row.length === first.length) return;
    throw mismatch(
      owner,
      `elements of ${first.length} components, as the first of the batch`,
      `${describe(row)} at place ${i} of it`,
      'Give all elements the same components; make a table of two or three rows a tensor(...).',
    );
  });
  return first.map((_, k) =>
    joinRows(
      owner,
      rows.map((row) => (row as readonly unknown[])[k]),
      [k],
      join,
    ),
  );
}

function joinRows(owner: string, rows: readonly unknown[], place: Path, join: Join): unknown {
  const where = place.length ? `${owner}: component ${place.join('.')}` : owner;
  const [first] = rows;
  if (!isRecord(first)) return join(where, rows, place);
  const keys = Object.keys(first);
  rows.forEach((row, i) => {
    if (isRecord(row) && Object.keys(row).length === keys.length && keys.every((key) => Object.hasOwn(row, key))) return;
    throw mismatch(
      where,
      `objects with ${keys.join(', ')}, as the first of the batch`,
      `${describe(row)} at place ${i} of it`,
      'Give all elements the same components.',
    );
  });
  const part = (key: string) =>
    joinRows(
      owner,
      rows.map((row) => (row as Record<string, unknown>)[key]),
      [...place, key],
      join,
    );
  return Object.fromEntries(keys.map((key) => [key, part(key)]));
}
