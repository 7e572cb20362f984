// Functions of the elements along an axis, one by one or with those before them.
import { mismatch } from '../../common/errors.ts';
import { checkBoolean, checkInteger, isPlain } from '../../common/options.ts';
import { shapeText } from '../../graph/shape.ts';
import { checkAxis } from '../axes.ts';
import { shape } from '../facts.ts';
import { flip } from '../numpy/copies.ts';
import { getItem, type Key } from '../numpy/items.ts';
import { concatenate, stack } from '../numpy/joins.ts';
import { take } from '../numpy/lookups.ts';
import type { Operand } from '../operand.ts';
import { checkFunction, type Given, leavesOf, mapLeaves, type Structure, settled, zipLeaves } from './structures.ts';

/** How long all tensors of a structure are along an axis. */
function lengthOf(owner: string, structure: unknown, axis: number): number {
  const shapes = leavesOf(structure).map((leaf) => shape(settled(owner, leaf)));
  const lengths = shapes.map((dims) => dims[checkAxis(owner, axis, dims as number[])]);
  const [length] = lengths;
  if (lengths.length === 0) throw mismatch(owner, 'at least one tensor', 'none', 'Pass what the function is applied to.');
  if (typeof length !== 'number' || Number.isNaN(length)) {
    const advice = 'Steps are drawn one after another: give inputs of a fixed length, or do it in the call of a layer.';
    throw mismatch(owner, `a known length of axis ${axis}`, shapeText(shapes[0]), advice);
  }
  if (lengths.every((one) => one === length)) return length;
  throw mismatch(owner, `one length along axis ${axis}`, lengths.join(' and '), 'Cut or pad the tensors.');
}

/** Element i of each tensor. */
const elementOf = (owner: string, structure: unknown, i: number): unknown =>
  mapLeaves(structure, (leaf) => getItem(settled(owner, leaf), i));

/** Results one after another along a new first axis. */
function stacked(owner: string, all: readonly unknown[]): unknown {
  if (all.length === 0) throw mismatch(owner, 'at least one element', 'an axis of length 0', 'There is nothing to apply the function to.');
  const flat = all.map((one) => {
    const leaves: Operand[] = [];
    zipLeaves(owner, all[0], one, (_, leaf) => leaves.push(settled(owner, leaf)));
    return leaves;
  });
  let at = 0;
  return mapLeaves(all[0], () => {
    const k = at++;
    return stack(flat.map((leaves) => leaves[k]));
  });
}

const mapped = (owner: string, f: (x: never) => unknown, xs: unknown): unknown => {
  checkFunction(owner, 'the first argument', f);
  return stacked(
    owner,
    Array.from({ length: lengthOf(owner, xs, 0) }, (_, i) => f(elementOf(owner, xs, i) as never)),
  );
};

/**
 * What `f` gives for each element along the first axis, one after another along a new one: `ops.map((x) => ops.square(x), [1, 2, 3])` is
 * [1, 4, 9]. `xs` and what f gives may be arrays or objects of tensors.
 */
export const map = <R>(f: (x: never) => R, xs: Structure): Given<R> => mapped('map', f, xs) as Given<R>;

/** The same as `map`, under the name of the Keras function that may compute the elements side by side. */
export const vectorizedMap = <R>(fn: (x: never) => R, elements: Structure): Given<R> => mapped('vectorizedMap', fn, elements) as Given<R>;

interface ScanOptions {
  /** The number of steps, where it is not that of xs. */
  length?: number | null;
  /** From the last to the first. Default false. */
  reverse?: boolean;
  /** Has no effect: steps are always drawn one by one. */
  unroll?: number | boolean;
}

/**
 * [carry, ys]: `f(carry, x)` gives the next carry and a result for each element along the first axis of `xs`:
 * `ops.scan((sum, x) => [ops.add(sum, x), ops.add(sum, x)], 0, [1, 2, 3])` is 6 and [1, 3, 6].
 *
 * Options: `length` (needed where xs is null), `reverse` (default false; results stay in the places of their elements), `unroll` (without effect).
 * Carry and results may be arrays or objects of tensors; a result may be null.
 */
export function scan<S extends Structure>(
  f: (carry: never, x: never) => readonly [unknown, unknown],
  init: S,
  xs?: Structure,
  length?: number | null | ScanOptions,
  reverse?: boolean | Omit<ScanOptions, 'length'>,
): [carry: Given<S>, ys: never] {
  checkFunction('scan', 'f', f);
  const named: ScanOptions = isPlain(length)
    ? length
    : { length: length as number | null, ...(isPlain(reverse) ? reverse : { reverse: reverse as boolean }) };
  const isReverse = named.reverse ?? false;
  checkBoolean('scan', 'reverse', isReverse);
  const hasElements = xs !== null && xs !== undefined;
  if (!hasElements && (named.length ?? null) === null) throw mismatch('scan', 'xs or length', 'neither', 'Say how many steps there are.');
  const own = hasElements ? lengthOf('scan', xs, 0) : undefined;
  const n = named.length === null || named.length === undefined ? (own as number) : checkInteger('scan', 'length', named.length, 1);
  if (own !== undefined && n > own) throw mismatch('scan', `length of at most ${own}`, n, 'It is the number of elements of xs.');
  let carry: unknown = init;
  const ys: unknown[] = [];
  for (let step = 0; step < n; step++) {
    const i = isReverse ? n - 1 - step : step;
    const result = f(carry as never, (hasElements ? elementOf('scan', xs, i) : null) as never);
    if (!Array.isArray(result) || result.length !== 2) {
      throw mismatch('scan', 'f to give [carry, y]', Array.isArray(result) ? result.length : typeof result, 'Give null for no y.');
    }
    [carry] = result;
    ys[i] = result[1];
  }
  const last = zipLeaves('scan', init, carry, (_, leaf) => settled('scan', leaf));
  return [last as Given<S>, stacked('scan', ys) as never];
}

interface AssociativeOptions {
  reverse?: boolean;
  axis?: number;
}

/** The key of a part of an axis. */
const partOf = (axis: number, start: number | null, stop: number | null, step: number): Key => [
  ...Array<string>(axis).fill(':'),
  [start, stop, step],
];

/**
 * Each element along `axis` (default 0) joined with all before it by an associative function of two:
 * `ops.associativeScan((a, b) => ops.add(a, b), [1, 2, 3])` is [1, 3, 6].
 *
 * f takes parts of `elems` of one length and joins them element by element, so that few calls do. `reverse` (default false): with all behind it.
 */
export function associativeScan<S extends Structure>(
  f: (a: never, b: never) => unknown,
  elems: S,
  reverse: boolean | AssociativeOptions = false,
  axis: number | Omit<AssociativeOptions, 'reverse'> = 0,
): Given<S> {
  checkFunction('associativeScan', 'f', f);
  const named: AssociativeOptions = isPlain(reverse)
    ? reverse
    : { reverse: reverse as boolean, axis: isPlain(axis) ? axis.axis : (axis as number) };
  const { reverse: isReverse = false, axis: along = 0 } = named;
  checkBoolean('associativeScan', 'reverse', isReverse);
  const tensors = mapLeaves(elems, (leaf) => settled('associativeScan', leaf));
  const dims = shape(leavesOf(tensors)[0] as Operand);
  const at = checkAxis('associativeScan', along, dims as number[]);
  lengthOf('associativeScan', tensors, at);
  const turn = (x: unknown) => (isReverse ? mapLeaves(x, (leaf) => flip(leaf as Operand, at)) : x);
  return turn(joined(f, turn(tensors), at)) as Given<S>;
}

/** Pairs are joined first, then what is between them. */
function joined(f: (a: never, b: never) => unknown, elems: unknown, axis: number): unknown {
  const owner = 'associativeScan';
  const n = lengthOf(owner, elems, axis);
  if (n < 2) return elems;
  const part = (x: unknown, start: number | null, stop: number | null, step: number) =>
    mapLeaves(x, (leaf) => getItem(leaf as Operand, partOf(axis, start, stop, step)));
  const call = (a: unknown, b: unknown) => zipLeaves(owner, elems, f(a as never, b as never), (_, leaf) => settled(owner, leaf));
  const odd = joined(f, call(part(elems, 0, -1, 2), part(elems, 1, null, 2)), axis);
  const first = part(elems, 0, 1, 1);
  const rest = n > 2 ? call(n % 2 === 0 ? part(odd, 0, -1, 1) : odd, part(elems, 2, null, 2)) : undefined;
  const even = rest === undefined ? first : zipLeaves(owner, first, rest, (a, b) => concatenate([a as Operand, b as Operand], axis));
  const places = Int32Array.from({ length: n }, (_, k) => (k % 2 === 0 ? k / 2 : Math.ceil(n / 2) + (k - 1) / 2));
  return zipLeaves(owner, even, odd, (a, b) => take(concatenate([a as Operand, b as Operand], axis), places, axis));
}
