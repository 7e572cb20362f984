// What the public ops take and give.
import { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import type { Tensor, TensorLike } from '../tensor/index.ts';
import { SymbolicOperand } from './symbolic.ts';

/**
 * What an op takes: values and weights inside a layer's call, a loss or a metric; symbolic tensors of a functional model;
 * and everywhere numbers, nested arrays and Tensors.
 */
export type Operand = Value | Variable | SymbolicOperand | TensorLike;

/**
 * What an op gives for operands of type T: a symbolic tensor when one of them is symbolic, a Value when one of them is a value
 * or a weight, else a Tensor.
 */
export type OpResult<T> = [Extract<T, SymbolicOperand>] extends [never]
  ? [Extract<T, Value | Variable>] extends [never]
    ? Tensor
    : Value
  : Extract<T, SymbolicOperand>;

/** What an op gives for a list of operands. */
export type OpResultOfAll<L extends readonly Operand[]> = OpResult<L[number]>;

export const isInner = (operand: unknown): operand is Value | Variable => operand instanceof Value || operand instanceof Variable;

export const isSymbolic = (operand: unknown): operand is SymbolicOperand => operand instanceof SymbolicOperand;
