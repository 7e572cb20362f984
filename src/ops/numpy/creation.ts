// Tensors from nothing, and tensors like others.
import { mismatch } from '../../common/errors.ts';
import { isKnown, sizeOf, UNKNOWN } from '../../graph/shape.ts';
import { fill } from '../../primitives/layout.ts';
import { type DType, type Tensor, toTensor } from '../../tensor/index.ts';
import { readArguments } from '../arguments.ts';
import type { ArgumentsOf, Parameters } from '../definition.ts';
import { op } from '../dispatch.ts';
import { cast, isWhole } from '../dtypes.ts';
import { isOpen } from '../lengths.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype, dtype, integer, length, lengths, number } from '../parameters.ts';
import type { Setting, UnaryWith } from '../signatures.ts';
import { repeatedTo } from './copies.ts';
import { numpy } from './module.ts';

type Kind = Setting<'dtype', DType | null>;

/** A function that makes a tensor of settings alone. */
const maker = <const P extends Parameters, F>(name: string, parameters: P, make: (args: ArgumentsOf<P>) => Tensor): F =>
  ((...args: readonly unknown[]) => make(readArguments({ name, parameters }, args) as ArgumentsOf<P>)) as F;

const float32 = [dtype, 'float32'] as const;

/** One number at all places. While types are inferred a shape may not be known, and a value stands for the tensor. */
function filled(owner: string, { shape, dtype }: { shape: readonly number[]; dtype: DType }, value: number): Tensor {
  if (!shape.every(isKnown)) return cast(fill(shape, value), dtype) as unknown as Tensor;
  return toTensor(owner, { shape, data: new Float64Array(sizeOf(shape)).fill(value) }, dtype);
}

/** A Tensor of zeros, float32 or of the given dtype: `ops.zeros([2])` is [0, 0]. */
export const zeros: (shape: readonly number[], dtype?: Kind) => Tensor = /* @__PURE__ */ maker(
  'zeros',
  { shape: lengths, dtype: float32 },
  (of) => filled('zeros', of, 0),
);
/** A Tensor of ones: `ops.ones([2])` is [1, 1]. */
export const ones: (shape: readonly number[], dtype?: Kind) => Tensor = /* @__PURE__ */ maker(
  'ones',
  { shape: lengths, dtype: float32 },
  (of) => filled('ones', of, 1),
);

/** Numbers repeated to a shape, of dtype float32 or the given one: `ops.full([2], 7)` is [7, 7], `ops.full([2, 2], [1, 2])` has two rows 1, 2. */
export const full: <A extends Operand>(shape: readonly number[], fillValue: A, dtype?: Kind) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'full',
  { shape: lengths, fillValue: anyDtype, dtype: [dtype, null] },
  ({ shape, fillValue, dtype }) => repeatedTo('full', cast(fillValue, dtype ?? 'float32'), shape),
);

interface ArangeOptions {
  stop?: number | null;
  step?: number | null;
  dtype?: DType | null;
}

/**
 * Numbers from `start` up to, not including, `stop` by steps: `ops.arange(3)` is [0, 1, 2], `ops.arange(1, 7, 2)` is [1, 3, 5].
 * int32 if start, stop and step are whole, else float32.
 */
export const arange: (
  start: number,
  stop?: number | null | ArangeOptions,
  step?: number | null | Omit<ArangeOptions, 'stop'>,
  dtype?: Kind,
) => Tensor = /* @__PURE__ */ maker(
  'arange',
  { start: number, stop: [number, null], step: [number, null], dtype: [dtype, null] },
  ({ start, stop, step, dtype }) => {
    const [from, to, by] = stop === null ? [0, start, step ?? 1] : [start, stop, step ?? 1];
    if ([from, to, by].some(isOpen)) return filled('arange', { shape: [UNKNOWN], dtype: dtype ?? 'float32' }, 0);
    const count = Math.ceil((to - from) / by);
    if (!Number.isFinite(count)) {
      throw mismatch('arange', 'finite numbers and a step other than 0', `${from} to ${to} by ${by}`, 'Pass 1 to count.');
    }
    const numbers = Float64Array.from({ length: Math.max(0, count) }, (_, i) => from + i * by);
    return toTensor('arange', numbers, dtype ?? ([from, to, by].every(isWhole) ? 'int32' : 'float32'));
  },
);

interface EyeOptions {
  M?: number | null;
  k?: number;
  dtype?: DType | null;
}

/** Ones on a diagonal, zeros elsewhere: `ops.eye(2)` is [[1, 0], [0, 1]]. `M`: the number of columns. `k` shifts the diagonal to the right. */
export const eye: (N: number, M?: number | null | EyeOptions, k?: number | Omit<EyeOptions, 'M'>, dtype?: Kind) => Tensor =
  /* @__PURE__ */ maker('eye', { N: length, M: [length, null], k: [integer, 0], dtype: float32 }, ({ N, M, k, dtype }) => {
    const columns = M ?? N;
    if ([N, columns].some(isOpen)) return filled('eye', { shape: [N, columns], dtype }, 0);
    const numbers = Float64Array.from({ length: N * columns }, (_, i) => (i % columns === Math.floor(i / columns) + k ? 1 : 0));
    return toTensor('eye', { shape: [N, columns], data: numbers }, dtype);
  });

/** Zeros of the shape and dtype of x: `ops.zerosLike([5, 6])` is [0, 0]. */
export const zerosLike: UnaryWith<'dtype', DType | null> = /* @__PURE__ */ op(
  numpy,
  'zerosLike',
  { x: anyDtype, dtype: [dtype, null] },
  ({ x, dtype }) => cast(fill(x.shape, 0), dtype ?? x.dtype),
);
/** Ones of the shape and dtype of x: `ops.onesLike([5, 6])` is [1, 1]. */
export const onesLike: UnaryWith<'dtype', DType | null> = /* @__PURE__ */ op(
  numpy,
  'onesLike',
  { x: anyDtype, dtype: [dtype, null] },
  ({ x, dtype }) => cast(fill(x.shape, 1), dtype ?? x.dtype),
);
/** Numbers repeated to the shape of x, of its dtype: `ops.fullLike([5, 6], 7)` is [7, 7]. */
export const fullLike: <A extends Operand, B extends Operand>(x: A, fillValue: B, dtype?: Kind) => OpResult<A | B> = /* @__PURE__ */ op(
  numpy,
  'fullLike',
  { x: anyDtype, fillValue: anyDtype, dtype: [dtype, null] },
  ({ x, fillValue, dtype }) => repeatedTo('fullLike', cast(fillValue, dtype ?? x.dtype), x.shape),
);

/** A Tensor of any numbers, which are zeros: `ops.empty([2])` is [0, 0]. */
export const empty: (shape: readonly number[], dtype?: Kind) => Tensor = /* @__PURE__ */ maker(
  'empty',
  { shape: lengths, dtype: [dtype, null] },
  ({ shape, dtype }) => filled('empty', { shape, dtype: dtype ?? 'float32' }, 0),
);
/** Any numbers, which are zeros, of the shape and dtype of x: `ops.emptyLike([5, 6])` is [0, 0]. */
export const emptyLike: UnaryWith<'dtype', DType | null> = /* @__PURE__ */ op(
  numpy,
  'emptyLike',
  { x: anyDtype, dtype: [dtype, null] },
  ({ x, dtype }) => cast(fill(x.shape, 0), dtype ?? x.dtype),
);
/** x as a Tensor of its own, of its dtype or another: `ops.array([1, 2])` is [1, 2]. */
export const array: UnaryWith<'dtype', DType | null> = /* @__PURE__ */ op(
  numpy,
  'array',
  { x: anyDtype, dtype: [dtype, null] },
  ({ x, dtype }) => (dtype === null ? x : cast(x, dtype)),
);
