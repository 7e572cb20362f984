// What the public ops take and give.
import { ValueError } from '../common/errors.ts';
import { currentTrace } from '../graph/trace.ts';
import { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import { float32At, int32At } from '../kernels/memory.ts';
import { SymbolicTensor } from '../layers/base/symbolic.ts';
import { fill } from '../primitives/layout.ts';
import { type Tensor, type TensorLike, toTensor } from '../tensor/index.ts';

/**
 * What an op takes: values and weights inside a layer's call, a loss or a metric; symbolic tensors of a functional model;
 * and everywhere numbers, nested arrays and Tensors.
 */
export type Operand = Value | Variable | SymbolicTensor | TensorLike;

/**
 * What an op gives for operands of type T: a SymbolicTensor when one of them is symbolic, a Value when one of them is a value
 * or a weight, else a Tensor.
 */
export type OpResult<T> = [Extract<T, SymbolicTensor>] extends [never]
  ? [Extract<T, Value | Variable>] extends [never]
    ? Tensor
    : Value
  : SymbolicTensor;

export const isInner = (operand: unknown): operand is Value | Variable => operand instanceof Value || operand instanceof Variable;

export const isSymbolicTensor = (operand: unknown): operand is SymbolicTensor => operand instanceof SymbolicTensor;

/** Numbers that are known already, as a value of the current trace. */
export function constant({ data, shape, dtype }: Tensor): Value {
  if (shape.length === 0 && dtype !== 'int32') return fill([], data[0]);
  const numbers = data.slice();
  const view = dtype === 'int32' ? int32At : float32At;
  return currentTrace().feed({ shape, dtype }, (address) => view(address, numbers.length).set(numbers));
}

/** An operand as a value of the current trace. */
export function toValue(owner: string, operand: unknown): Value {
  if (operand instanceof Value) return operand;
  if (operand instanceof Variable) return currentTrace().read(operand);
  return constant(toTensor(owner, operand));
}

/** Shape of an operand, for messages. */
export const shapeText = (shape: readonly (number | null)[]): string => `[${shape.map(String).join(', ')}]`;

/** An axis counted from 0; a ValueError when x has no such axis. */
export function checkAxis(owner: string, axis: unknown, shape: readonly number[], rank = shape.length): number {
  if (Number.isInteger(axis) && (axis as number) >= -rank && (axis as number) < rank) {
    return (axis as number) < 0 ? (axis as number) + rank : (axis as number);
  }
  const range = rank === 0 ? 'no axis' : `an axis from ${-rank} to ${rank - 1}`;
  throw new ValueError(`${owner}: expected ${range}, got ${String(axis)}. The input has shape ${shapeText(shape)}.`);
}

/** Axes counted from 0 and in order; all of them for null. */
export function checkAxes(owner: string, axis: Axis | undefined, shape: readonly number[]): number[] {
  if (axis === undefined || axis === null) return shape.map((_, i) => i);
  const list = typeof axis === 'object' ? axis : [axis];
  return [...new Set(list.map((one) => checkAxis(owner, one, shape)))].sort((a, b) => a - b);
}

/** One axis or several; null for all. */
export type Axis = number | readonly number[] | null;
