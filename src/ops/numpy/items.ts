// NumPy's keys: which elements of an array `x[key]` are, as text or as a list.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { isKnown, shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import * as l from '../../primitives/layout.ts';
import type { Parameter } from '../definition.ts';
import { op } from '../dispatch.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype } from '../parameters.ts';
import { numpy } from './module.ts';

/** Start, stop and step, null where it is left open. */
type Slice = readonly [start: number | null, stop?: number | null, step?: number | null];
/** One axis by its place, which goes; a part of one; a new axis of length 1; or all that others leave. */
type Item = number | null | '...' | Slice;
/** What `getItem` takes: `0`, `':, -1'`, `[':', [1, null], null]`. */
export type Key = number | string | readonly (number | string | null | readonly (number | null)[])[];

const ADVICE = "Write it like ':, -1', or as a list of places, null for a new axis, [start, stop, step] for a part and '...'.";

const isPlace = (value: unknown): value is number => Number.isSafeInteger(value);
const isOpen = (value: unknown): boolean => value === null || value === undefined || isPlace(value);

function fromText(text: string): Item | undefined {
  const bare = text.trim();
  if (bare === '...') return bare;
  if (bare === 'None' || bare === 'null' || bare === 'newaxis') return null;
  const parts = bare.split(':').map((part) => part.trim());
  if (parts.length > 3 || !parts.every((part) => (part === '' ? parts.length > 1 : /^[+-]?\d+$/.test(part)))) return undefined;
  return parts.length === 1 ? Number(bare) : (parts.map((part) => (part === '' ? null : Number(part))) as unknown as Slice);
}

function readItem(item: unknown): Item | undefined {
  if (item === null || isPlace(item)) return item;
  if (typeof item === 'string') return fromText(item);
  return Array.isArray(item) && item.length > 0 && item.length <= 3 && item.every(isOpen) ? (item as unknown as Slice) : undefined;
}

/** A key, read; in files it stands among the operands, as Python's slices. */
const key: Parameter<readonly Item[]> = {
  inCall: true,
  read(owner, name, value) {
    const list: readonly unknown[] = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [value];
    const items = list.map((item) => {
      const read = readItem(item);
      if (read !== undefined) return read;
      throw mismatch(owner, `${name} to say which elements`, describe(item), ADVICE);
    });
    if (items.filter((item) => item === '...').length > 1) throw mismatch(owner, `one '...' in ${name}`, 'several', 'Write : for an axis.');
    const steps = items.filter((item) => Array.isArray(item)).map(([, , step]) => step);
    if (steps.includes(0)) throw mismatch(owner, `steps other than 0 in ${name}`, '0', ADVICE);
    return items;
  },
  write: (items) =>
    (items as readonly Item[]).map((item) => {
      if (item === '...') return { class_name: '__ellipsis__', config: {} };
      if (!Array.isArray(item)) return item;
      const [start = null, stop = null, step = null] = item as Slice;
      return { class_name: '__slice__', config: { start, stop, step } };
    }),
};

/** Begin, length and step of a part of an axis of length `dim`, by Python's rules; lengths of what is not known are NaN. */
function partOf([start = null, stop = null, step]: Slice, dim: number): [begin: number, size: number, step: number] {
  const by = step ?? 1;
  if (start === null && stop === null && by === 1) return [0, dim, 1];
  if (!isKnown(dim)) return [0, dim, by];
  const clamp = (place: number, low: number, high: number) => Math.min(Math.max(place < 0 ? place + dim : place, low), high);
  const [low, high] = by > 0 ? [0, dim] : [-1, dim - 1];
  const first = start === null ? (by > 0 ? 0 : dim - 1) : clamp(start, low, high);
  const end = stop === null ? (by > 0 ? dim : -1) : clamp(stop, low, high);
  const size = Math.max(0, Math.ceil((end - first) / by));
  return [size === 0 ? 0 : first, size, by];
}

function itemsOf(x: Value, items: readonly Item[]): Value {
  const taken = items.filter((item) => item !== null && item !== '...').length;
  const rank = x.shape.length;
  if (taken > rank) throw mismatch('getItem', `at most ${rank} axes in key`, taken, `The shape is ${shapeText(x.shape)}.`);
  const rest = Array<Slice>(rank - taken).fill([null]);
  const place = items.indexOf('...');
  const full = place < 0 ? [...items, ...rest] : [...items.slice(0, place), ...rest, ...items.slice(place + 1)];
  const begin: number[] = [];
  const size: number[] = [];
  const step: number[] = [];
  const shape: number[] = [];
  for (const item of full as readonly Exclude<Item, '...'>[]) {
    if (item === null) {
      shape.push(1);
      continue;
    }
    const dim = x.shape[begin.length];
    if (typeof item === 'number') {
      const at = item < 0 ? item + dim : item;
      if (isKnown(dim) && !(at >= 0 && at < dim))
        throw mismatch('getItem', `a place below ${dim} along axis ${begin.length}`, item, `The shape is ${shapeText(x.shape)}.`);
      begin.push(at);
      size.push(1);
      step.push(1);
    } else {
      const [from, length, by] = partOf(item, dim);
      begin.push(from);
      size.push(length);
      step.push(by);
      shape.push(length);
    }
  }
  return l.reshape(l.slice(x, begin, size, step), shape);
}

/**
 * NumPy's `x[key]`: `ops.getItem([[1, 2], [3, 4]], ':, -1')` is [2, 4].
 *
 * `key` is Python's text between the brackets, or a list in which a number is a place (its axis goes), `[start, stop, step]` a part,
 * null a new axis of length 1 and '...' all axes that are left: `[':', [null, null, -1], null]`. Places below 0 count from the end. A
 * place beyond the axis is a ValueError, a part is cut to what there is. Constants alone: no arrays of places (`take` has these).
 */
export const getItem: <A extends Operand>(x: A, key: Key) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'getItem',
  { x: anyDtype, key },
  ({ x, key }) => itemsOf(x, key),
);
