// Which dtype an op computes in, after Keras's promotion.
import type { Value } from '../graph/value.ts';
import { notEqual } from '../primitives/binary.ts';
import { fill } from '../primitives/layout.ts';
import { toFloat, toInt } from '../primitives/unary.ts';
import { relabel } from '../primitives/views.ts';
import { type DType, toTensor } from '../tensor/index.ts';
import { constant } from './constant.ts';
import type { Conversion } from './definition.ts';

/** An operand of a graph: a value, or a bare number, which has no dtype of its own. */
export type Weak = Value | number;

/** The value as float32, whatever it was. */
export const asFloat = (x: Value): Value => relabel(toFloat(x), 'float32');

/** 1 where x is not 0, as bool. */
export const asTruth = (x: Value): Value => (x.dtype === 'bool' ? x : notEqual(asFloat(x), fill([], 0)));

/** x in this dtype: fractions are cut toward 0 for int32, all but 0 is true. */
export const cast = (x: Value, dtype: DType): Value => (dtype === 'int32' ? toInt(x) : dtype === 'bool' ? asTruth(x) : asFloat(x));

/** The widest of the dtypes. Bare numbers take part only beside others: alone they are float32, as plain numbers are everywhere. */
export function widest(operands: readonly Weak[]): DType {
  const dtypes: DType[] = operands.map((operand) => (typeof operand === 'number' ? 'float32' : operand.dtype));
  return dtypes.every((one) => one === dtypes[0]) ? dtypes[0] : 'float32';
}

/** An operand in the dtype that an op wants; `shared` is that of its operands together. */
export function convert(operand: Weak, conversion: Conversion, shared: DType): Value {
  const value = typeof operand === 'number' ? constant(toTensor('number', operand, isLong(operand) ? 'int32' : 'float32')) : operand;
  if (conversion === 'given') return value;
  return cast(value, conversion === 'float' ? 'float32' : conversion === 'truth' ? 'bool' : shared);
}

/** Whether int32 can hold a number that float32 cannot. */
const isLong = (number: number): boolean => (number | 0) === number && Math.fround(number) !== number;
