// Numbers that are known already, as values of a graph.
import { currentTrace } from '../graph/trace.ts';
import { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import { float32At, int32At } from '../kernels/memory.ts';
import { fill } from '../primitives/layout.ts';
import { Tensor, toTensor } from '../tensor/index.ts';

/** A tensor as a constant of the current trace: its numbers as they are now. */
export function constant(tensor: Tensor): Value {
  const { shape, dtype } = tensor;
  const numbers = tensor.data.slice();
  const view = dtype === 'int32' ? int32At : float32At;
  const value =
    shape.length === 0 && dtype === 'float32'
      ? fill([], numbers[0])
      : currentTrace().feed({ shape, dtype }, (address) => view(address, numbers.length).set(numbers));
  value.known = numbers;
  return value;
}

/** Whatever may stand for a tensor inside a call, as a value of the current trace: values, weights, Tensors, arrays, numbers. */
export function toValue(owner: string, operand: unknown): Value {
  if (operand instanceof Value) return operand;
  if (operand instanceof Variable) return currentTrace().read(operand);
  return constant(toTensor(owner, operand));
}

/** A weight's contents at this moment. */
export const contentsOf = (variable: Variable): Tensor => new Tensor(variable.view().slice(), variable.shape);
