// Which dtype an op computes in, after Keras's promotion.
import type { Value } from '../graph/value.ts';
import { greaterEqual, lessEqual, notEqual, select } from '../primitives/binary.ts';
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

/** From the narrowest to the widest. */
const ranks: readonly DType[] = ['bool', 'int32', 'float32'];

/**
 * The widest dtype of the operands. A bare number has none of its own: beside others it widens them to int32, or to float32 for a
 * fraction; alone it is float32, as plain numbers are everywhere.
 */
export function widest(operands: readonly Weak[]): DType {
  if (operands.every((operand) => typeof operand === 'number')) return 'float32';
  const least = (operand: Weak): DType => (typeof operand !== 'number' ? operand.dtype : isWhole(operand) ? 'int32' : 'float32');
  return ranks[Math.max(...operands.map((operand) => ranks.indexOf(least(operand))))];
}

/** An operand in the dtype that an op wants; `shared` is that of its operands together. */
export function convert(operand: Weak, conversion: Conversion, shared: DType): Value {
  const wanted = wantedDType(conversion, shared);
  if (typeof operand !== 'number') return wanted ? cast(operand, wanted) : operand;
  // What float32 cannot hold but int32 can is kept whole until the op has settled its dtype.
  return constant(toTensor('number', operand, wanted ?? (isWhole(operand) && Math.fround(operand) !== operand ? 'int32' : 'float32')));
}

function wantedDType(conversion: Conversion, shared: DType): DType | undefined {
  if (conversion === 'none') return undefined;
  if (conversion === 'float') return 'float32';
  if (conversion === 'truth') return 'bool';
  return conversion === 'arithmetic' && shared === 'bool' ? 'int32' : shared;
}

/** Whether int32 can hold it. */
export const isWhole = (number: number): boolean => (number | 0) === number;

/** x in a dtype, cut to what that can hold. */
export function saturated(x: Value, dtype: DType): Value {
  if (dtype !== 'int32' || x.dtype !== 'float32') return cast(x, dtype);
  const isHigh = relabel(greaterEqual(x, fill([], 2147483648)), 'bool');
  const isLow = relabel(lessEqual(x, fill([], -2147483648)), 'bool');
  const inside = toInt(select(isHigh, fill([], 0), select(isLow, fill([], 0), x)));
  const [most, least] = [2147483647, -2147483648].map((value) => constant(toTensor('saturateCast', Int32Array.of(value), 'int32')));
  return select(isHigh, most, select(isLow, least, inside));
}
