// Tensors from nothing, and conversions.
import { ValueError } from '../common/errors.ts';
import { checkChoice, checkInteger, checkNumber } from '../common/options.ts';
import type { Value } from '../graph/value.ts';
import { fill } from '../primitives/layout.ts';
import { toFloat, toInt } from '../primitives/unary.ts';
import { type DType, Tensor, type TensorLike, toTensor } from '../tensor/index.ts';
import { argument } from './arguments.ts';
import { truth } from './comparisons.ts';
import { asFloat, run } from './dispatch.ts';
import type { Operand, OpResult } from './operand.ts';
import { checkedSize } from './shapes.ts';

const dtypes: readonly DType[] = ['float32', 'int32', 'bool'];

type Kind = DType | { dtype?: DType };

const kindOf = (owner: string, dtype: Kind | undefined): DType =>
  checkChoice(owner, 'dtype', argument<DType>(owner, dtype as DType, 'dtype', 'float32'), dtypes);

function make(owner: string, shape: readonly number[], dtype: Kind | undefined, value: number): Tensor {
  const kind = kindOf(owner, dtype);
  const numbers = new Float64Array(checkedSize(owner, shape)).fill(value);
  return toTensor(owner, { shape, data: numbers }, kind);
}

/** A Tensor of zeros, float32 or of the given dtype: `ops.zeros([2])` is [0, 0]. */
export const zeros = (shape: readonly number[], dtype?: Kind): Tensor => make('zeros', shape, dtype, 0);
/** A Tensor of ones: `ops.ones([2])` is [1, 1]. */
export const ones = (shape: readonly number[], dtype?: Kind): Tensor => make('ones', shape, dtype, 1);
/** A Tensor of one number: `ops.full([2], 7)` is [7, 7]. */
export const full = (shape: readonly number[], fillValue: number, dtype?: Kind): Tensor => make('full', shape, dtype, fillValue);

/** Numbers from `start` up to, not including, `stop` by steps: `ops.arange(3)` is [0, 1, 2], `ops.arange(1, 7, 2)` is [1, 3, 5]. */
export function arange(start: number, stop?: number | null, step = 1, dtype?: Kind): Tensor {
  const [from, to] = stop === undefined || stop === null ? [0, start] : [start, stop];
  for (const [name, value] of Object.entries({ start: from, stop: to, step })) checkNumber('arange', name, value);
  if (step === 0) throw new ValueError('arange: expected a step other than 0, got 0. Pass 1 to count.');
  const numbers = Float64Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, i) => from + i * step);
  return toTensor('arange', numbers, kindOf('arange', dtype));
}

/** Ones on a diagonal, zeros elsewhere: `ops.eye(2)` is [[1, 0], [0, 1]]. `k` shifts the diagonal to the right. */
export function eye(n: number, m: number | null = n, k = 0, dtype?: Kind): Tensor {
  const [rows, columns] = [checkInteger('eye', 'n', n), checkInteger('eye', 'm', m ?? n)];
  const numbers = Float64Array.from({ length: rows * columns }, (_, i) => (i % columns === Math.floor(i / columns) + k ? 1 : 0));
  return toTensor('eye', { shape: [rows, columns], data: numbers }, kindOf('eye', dtype));
}

const like =
  (name: string, value: number) =>
  <A extends Operand>(x: A): OpResult<A> =>
    run(name, [x], (v) => convert(fill(v.shape, value), v.dtype));

/** Zeros of x's shape and dtype: `ops.zerosLike([5, 6])` is [0, 0]. */
export const zerosLike = /* @__PURE__ */ like('zerosLike', 0);
/** Ones of x's shape and dtype: `ops.onesLike([5, 6])` is [1, 1]. */
export const onesLike = /* @__PURE__ */ like('onesLike', 1);
/** One number in x's shape and dtype: `ops.fullLike([5, 6], 7)` is [7, 7]. */
export const fullLike = <A extends Operand>(x: A, fillValue: number): OpResult<A> =>
  run('fullLike', [x], (v) => convert(fill(v.shape, fillValue), v.dtype), { fillValue });

function convert(x: Value, dtype: DType): Value {
  return dtype === 'int32' ? toInt(x) : dtype === 'bool' ? truth(x) : asFloat(toFloat(x));
}

/** x as another dtype; fractions are cut toward 0 for int32, all but 0 is true: `ops.cast([1.5], 'int32')` is [1]. */
export const cast = <A extends Operand>(x: A, dtype: DType): OpResult<A> => {
  checkChoice('cast', 'dtype', dtype, dtypes);
  return run('cast', [x], (v) => convert(v, dtype), { dtype });
};

/** A Tensor of nested arrays, a typed array or a number: `ops.convertToTensor([1, 2]).shape` is [2]. */
export const convertToTensor = (x: TensorLike, dtype?: Kind): Tensor =>
  toTensor(
    'convertToTensor',
    x,
    dtype === undefined && x instanceof Tensor ? x.dtype : dtype === undefined ? undefined : kindOf('convertToTensor', dtype),
  );
