// Triangles, diagonals and the like of matrices; products of vectors.
import { mismatch } from '../../common/errors.ts';
import { isKnown, shapeText, sizeOf, UNKNOWN } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import * as i from '../../primitives/integer.ts';
import * as l from '../../primitives/layout.ts';
import * as r from '../../primitives/reduce.ts';
import { relabel } from '../../primitives/views.ts';
import { type DType, Tensor, tensor, toTensor } from '../../tensor/index.ts';
import { readArguments } from '../arguments.ts';
import { checkAxis } from '../axes.ts';
import { constant } from '../constant.ts';
import type { ArgumentsOf, Parameter, Parameters } from '../definition.ts';
import { op } from '../dispatch.ts';
import { cast } from '../dtypes.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype, arithmetic, axis, common, dtype, integer, length } from '../parameters.ts';
import type { Binary, Setting, UnaryWith } from '../signatures.ts';
import { einsumOf } from './einsum.ts';
import { numpy } from './module.ts';

/** 1 at and below the diagonal k of a matrix [rows, columns]. */
const triangle = (rows: number, columns: number, k: number): Tensor =>
  new Tensor(
    Float32Array.from({ length: rows * columns }, (_, at) => Number(Math.floor(at / columns) + k >= at % columns)),
    [rows, columns],
  );

function cut(owner: string, x: Value, k: number, isLower: boolean): Value {
  if (x.shape.length < 2) throw mismatch(owner, 'a matrix or a stack of them', `shape ${shapeText(x.shape)}`, 'Give at least two axes.');
  const [rows, columns] = x.shape.slice(-2);
  if (!isKnown(rows) || !isKnown(columns)) return x;
  const lower = relabel(constant(triangle(rows, columns, isLower ? k : k - 1)), 'bool');
  const zero = cast(l.fill([], 0), x.dtype);
  return isLower ? b.select(lower, x, zero) : b.select(lower, zero, x);
}

/** What lies at and below diagonal `k` (default 0), zeros elsewhere: `ops.tril([[1, 2], [3, 4]])` is [[1, 0], [3, 4]]. */
export const tril: UnaryWith<'k', number> = /* @__PURE__ */ op(numpy, 'tril', { x: anyDtype, k: [integer, 0] }, ({ x, k }) =>
  cut('tril', x, k, true),
);
/** What lies at and above diagonal `k` (default 0), zeros elsewhere: `ops.triu([[1, 2], [3, 4]])` is [[1, 2], [0, 4]]. */
export const triu: UnaryWith<'k', number> = /* @__PURE__ */ op(numpy, 'triu', { x: anyDtype, k: [integer, 0] }, ({ x, k }) =>
  cut('triu', x, k, false),
);

/** The diagonal `offset` of the last two axes. */
function diagonalOf(x: Value, offset: number): Value {
  const outer = x.shape.slice(0, -2);
  const [rows, columns] = x.shape.slice(-2);
  const [top, left] = [Math.max(0, -offset), Math.max(0, offset)];
  const n = Math.max(0, Math.min(rows - top, columns - left));
  const flat = l.reshape(x, [...outer, rows * columns]);
  const begin = [...outer.map(() => 0), n === 0 ? 0 : top * columns + left];
  return l.slice(flat, begin, [...outer, n], [...outer.map(() => 1), columns + 1]);
}

interface DiagonalOptions {
  offset?: number;
  axis1?: number;
  axis2?: number;
}

type Diagonal = <A extends Operand>(
  x: A,
  offset?: number | DiagonalOptions,
  axis1?: number | DiagonalOptions,
  axis2?: number | DiagonalOptions,
) => OpResult<A>;

const place = { offset: [integer, 0], axis1: [axis, 0], axis2: [axis, 1] } as const;

function along(owner: string, x: Value, { offset, axis1, axis2 }: { offset: number; axis1: number; axis2: number }): Value {
  if (x.shape.length < 2) throw mismatch(owner, 'at least two axes', `shape ${shapeText(x.shape)}`, 'Pass a matrix.');
  const [p, q] = [checkAxis(owner, axis1, x.shape), checkAxis(owner, axis2, x.shape)];
  if (p === q) throw mismatch(owner, 'two different axes', `${axis1} twice`, 'Choose others.');
  const others = x.shape.map((_, k) => k).filter((k) => k !== p && k !== q);
  return diagonalOf(l.transpose(x, [...others, p, q]), offset);
}

/** The diagonal `offset` (default 0) of two axes, as the last axis: `ops.diagonal([[1, 2], [3, 4]])` is [1, 4]. */
export const diagonal: Diagonal = /* @__PURE__ */ op(numpy, 'diagonal', { x: anyDtype, ...place }, ({ x, ...of }) =>
  along('diagonal', x, of),
);
/** The sum of a diagonal: `ops.trace([[1, 2], [3, 4]])` is 5. */
export const trace: Diagonal = /* @__PURE__ */ op(numpy, 'trace', { x: arithmetic, ...place }, ({ x, ...of }) => {
  const y = along('trace', x, of);
  return (x.dtype === 'int32' ? i : r).sum(y, [y.shape.length - 1]);
});

/** A matrix with x on diagonal k, zeros elsewhere. */
function spread(x: Value, k: number): Value {
  const n = x.size + Math.abs(k);
  const [top, left] = [Math.max(0, -k), Math.max(0, k)];
  return l.reshape(l.place(x, [n * n], [x.size === 0 ? 0 : top * n + left], [n + 1]), [n, n]);
}

/** The diagonal `k` (default 0) of a matrix, or the matrix with x there: `ops.diag([1, 2])` is [[1, 0], [0, 2]]. */
export const diag: UnaryWith<'k', number> = /* @__PURE__ */ op(numpy, 'diag', { x: anyDtype, k: [integer, 0] }, ({ x, k }) => {
  if (x.shape.length === 1) return spread(x, k);
  if (x.shape.length === 2) return diagonalOf(x, k);
  throw mismatch('diag', 'one or two axes', `shape ${shapeText(x.shape)}`, 'Use diagonal for stacks of matrices.');
});
/** The matrix with all elements of x on diagonal `k` (default 0): `ops.diagflat([1, 2])` is [[1, 0], [0, 2]]. */
export const diagflat: UnaryWith<'k', number> = /* @__PURE__ */ op(numpy, 'diagflat', { x: anyDtype, k: [integer, 0] }, ({ x, k }) =>
  spread(l.reshape(x, [x.size]), k),
);

/** A function that makes a tensor of settings alone. */
const maker = <const P extends Parameters, F>(name: string, parameters: P, make: (args: ArgumentsOf<P>) => Tensor): F =>
  ((...args: readonly unknown[]) => make(readArguments({ name, parameters }, args) as ArgumentsOf<P>)) as F;

interface TriOptions {
  M?: number | null;
  k?: number;
  dtype?: DType | null;
}

/** Ones at and below diagonal `k` (default 0) of a matrix [N, M]: `ops.tri(2)` is [[1, 0], [1, 1]]. */
export const tri: (N: number, M?: number | null | TriOptions, k?: number | TriOptions, dtype?: DType | null | TriOptions) => Tensor =
  /* @__PURE__ */ maker('tri', { N: length, M: [length, null], k: [integer, 0], dtype: [dtype, null] }, ({ N, M, k, dtype }) =>
    toTensor('tri', triangle(N, M ?? N, k), dtype ?? 'float32'),
  );
/** The identity matrix: `ops.identity(2)` is [[1, 0], [0, 1]]. */
export const identity: (n: number, dtype?: Setting<'dtype', DType | null>) => Tensor = /* @__PURE__ */ maker(
  'identity',
  { n: length, dtype: [dtype, null] },
  ({ n, dtype }) =>
    tensor(
      Float32Array.from({ length: n * n }, (_, at) => Number(at % (n + 1) === 0)),
      [n, n],
      dtype ?? 'float32',
    ),
);

const two = { x1: common, x2: common } as const;
const whole = (x: Value): Value => (x.dtype === 'bool' ? cast(x, 'int32') : x);
const product = (p: Value, q: Value): Value => (p.dtype === 'int32' ? i : b).multiply(p, q);

/** Each element of x1 times each of x2: `ops.outer([1, 2], [3, 4])` is [[3, 4], [6, 8]]. */
export const outer: Binary = /* @__PURE__ */ op(numpy, 'outer', two, ({ x1, x2 }) =>
  product(l.reshape(whole(x1), [x1.size, 1]), l.reshape(whole(x2), [1, x2.size])),
);
/** Products along the last axes: `ops.inner([1, 2], [3, 4])` is 11. */
export const inner: Binary = /* @__PURE__ */ op(numpy, 'inner', two, ({ x1, x2 }) => {
  if (x1.shape.length === 0 || x2.shape.length === 0) return product(whole(x1), whole(x2));
  return contracted('inner', whole(x1), whole(x2), [x1.shape.length - 1], [x2.shape.length - 1]);
});
/** The sum of products of all elements: `ops.vdot([1, 2], [3, 4])` is 11. */
export const vdot: Binary = /* @__PURE__ */ op(numpy, 'vdot', two, ({ x1, x2 }) =>
  contracted('vdot', l.reshape(whole(x1), [x1.size]), l.reshape(whole(x2), [x2.size]), [0], [0]),
);

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The product along pairs of axes, then the axes of x1 that are left and those of x2. */
function contracted(owner: string, x1: Value, x2: Value, axes1: readonly number[], axes2: readonly number[]): Value {
  for (const [k, axis] of axes1.entries()) {
    const [p, q] = [x1.shape[axis], x2.shape[axes2[k]]];
    if (isKnown(p) && isKnown(q) && p !== q)
      throw mismatch(owner, 'axes of one length', `${shapeText(x1.shape)} and ${shapeText(x2.shape)}`, 'Choose other axes.');
  }
  const first = x1.shape.map((_, k) => LETTERS[k]);
  const second = x2.shape.map((_, k) => {
    const pair = axes2.indexOf(k);
    return pair < 0 ? LETTERS[x1.shape.length + k] : first[axes1[pair]];
  });
  const left = [...first.filter((_, k) => !axes1.includes(k)), ...second.filter((_, k) => !axes2.includes(k))];
  return einsumOf(`${first.join('')},${second.join('')}->${left.join('')}`, [x1, x2]);
}

type Axes = number | readonly [number | readonly number[], number | readonly number[]];

const pairs: Parameter<Axes> = {
  read(owner, name, value) {
    const isList = (one: unknown): boolean => [one].flat().every(Number.isSafeInteger);
    if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
    if (Array.isArray(value) && value.length === 2 && value.every(isList)) {
      if ([value[0]].flat().length === [value[1]].flat().length) return value as unknown as Axes;
    }
    throw mismatch(owner, `${name} to be a number of axes or two lists of them`, JSON.stringify(value), 'Write 2, or [[1], [0]].');
  },
};

/** The product along `axes`: the last so many (default 2) with the first so many, or two lists: `ops.tensordot(a, b, [[1], [0]])`. */
export const tensordot: <A extends Operand, B extends Operand>(x1: A, x2: B, axes?: Setting<'axes', Axes>) => OpResult<A | B> =
  /* @__PURE__ */ op(numpy, 'tensordot', { ...two, axes: [pairs, 2] }, (of) => {
    const { axes } = of;
    const [x1, x2] = [whole(of.x1), whole(of.x2)];
    const lists =
      typeof axes === 'number'
        ? [Array.from({ length: axes }, (_, k) => k - axes), Array.from({ length: axes }, (_, k) => k)]
        : axes.map((one) => [one].flat());
    const [p, q] = [x1, x2].map((x, k) => lists[k].map((axis) => checkAxis('tensordot', axis, x.shape)));
    return contracted('tensordot', x1, x2, p, q);
  });

/** Each element of x1 times the whole of x2, put together: `ops.kron([1, 2], [1, 1])` is [1, 1, 2, 2]. */
export const kron: Binary = /* @__PURE__ */ op(numpy, 'kron', two, (of) => {
  const [x1, x2] = [whole(of.x1), whole(of.x2)];
  const rank = Math.max(x1.shape.length, x2.shape.length);
  const [p, q] = [x1, x2].map((x) => [...Array<number>(rank - x.shape.length).fill(1), ...x.shape]);
  const a = l.reshape(
    x1,
    p.flatMap((dim) => [dim, 1]),
  );
  const c = l.reshape(
    x2,
    q.flatMap((dim) => [1, dim]),
  );
  return l.reshape(
    product(a, c),
    p.map((dim, k) => dim * q[k]),
  );
});

interface CrossOptions {
  axisa?: number;
  axisb?: number;
  axisc?: number;
  axis?: number | null;
}

/** The vector at right angles to both: `ops.cross([1, 0, 0], [0, 1, 0])` is [0, 0, 1]. Vectors of two numbers lie in the plane. */
export const cross: <A extends Operand, B extends Operand>(
  x1: A,
  x2: B,
  ...options: readonly (number | CrossOptions)[]
) => OpResult<A | B> = /* @__PURE__ */ op(
  numpy,
  'cross',
  { ...two, axisa: [axis, -1], axisb: [axis, -1], axisc: [axis, -1], axis: [axis, null] },
  ({ x1, x2, axisa, axisb, axisc, axis }) => {
    const last = (x: Value, at: number): Value => {
      const own = checkAxis('cross', at, x.shape);
      return l.transpose(whole(x), [...x.shape.map((_, k) => k).filter((k) => k !== own), own]);
    };
    const [p, q] = [last(x1, axis ?? axisa), last(x2, axis ?? axisb)];
    const lengths = [p, q].map((x) => x.shape[x.shape.length - 1]);
    const odd = lengths.find((n) => isKnown(n) && n !== 2 && n !== 3);
    if (odd !== undefined) throw mismatch('cross', 'vectors of 2 or 3 numbers', odd, 'Choose another axis.');
    const item = (x: Value, k: number): Value | undefined => {
      const n = x.shape[x.shape.length - 1];
      if (k >= n) return undefined;
      return l.slice(x, [...x.shape.slice(0, -1).map(() => 0), k], [...x.shape.slice(0, -1), 1]);
    };
    const minus = (a: Value | undefined, c: Value | undefined): Value | undefined =>
      a && c ? (a.dtype === 'int32' ? i : b).subtract(a, c) : (a ?? (c && (c.dtype === 'int32' ? i.negative(c) : negative(c))));
    const times = (a: Value | undefined, c: Value | undefined) => a && c && product(a, c);
    const part = (j: number, k: number) => minus(times(item(p, j), item(q, k)), times(item(p, k), item(q, j)));
    const isPlane = lengths.every((n) => n === 2);
    const parts = (isPlane ? [part(0, 1)] : [part(1, 2), part(2, 0), part(0, 1)]) as Value[];
    const y = l.concatenate(parts, parts[0].shape.length - 1);
    if (isPlane) return l.reshape(y, y.shape.slice(0, -1));
    const to = checkAxis('cross', axis ?? axisc, y.shape);
    const order = y.shape.map((_, k) => k).slice(0, -1);
    order.splice(to, 0, y.shape.length - 1);
    return l.transpose(y, order);
  },
);

const negative = (x: Value): Value => b.subtract(l.fill([], 0), x);

interface VanderOptions {
  N?: number | null;
  increasing?: boolean;
}

/** Powers of x, the highest first: `ops.vander([2, 3])` is [[2, 1], [3, 1]]. `N` columns (default as many as x), or `increasing`. */
export const vander: <A extends Operand>(x: A, N?: number | null | VanderOptions, increasing?: boolean | VanderOptions) => OpResult<A> =
  /* @__PURE__ */ op(
    numpy,
    'vander',
    { x: arithmetic, N: [length, null], increasing: [{ read: (_o: string, _n: string, v: unknown) => v === true }, false] },
    ({ x, N, increasing }) => {
      if (x.shape.length !== 1) throw mismatch('vander', 'one axis', `shape ${shapeText(x.shape)}`, 'Reshape x.');
      const columns: Value[] = [];
      let power = cast(l.fill([x.size, 1], 1), x.dtype);
      for (let k = 0; k < (N ?? x.size); k++) {
        columns.push(power);
        power = product(power, l.reshape(x, [x.size, 1]));
      }
      if (columns.length === 0) return cast(l.fill([x.size, 0], 0), x.dtype);
      return l.concatenate(increasing ? columns : columns.reverse(), 1);
    },
  );

/** The places in an array of `shape` of places in that array laid flat: `ops.unravelIndex([5], [2, 3])` is [[1], [2]]. */
export const unraveled = (indices: Value, shape: readonly number[]): Value[] => {
  let step = sizeOf(shape);
  let rest = cast(indices, 'int32');
  const isBelow = i.less(rest, i.whole(0));
  rest = b.select(isBelow, i.add(rest, i.whole(isKnown(step) ? step : UNKNOWN)), rest);
  return shape.map((dim) => {
    step /= dim;
    const at = i.floorDivide(rest, i.whole(step));
    rest = i.subtract(rest, i.multiply(at, i.whole(step)));
    return at;
  });
};
