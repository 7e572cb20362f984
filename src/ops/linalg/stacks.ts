// Matrices in the last two axes, as stacks [count, m, n], and what makes such functions tell what they cannot do.
import { mismatch } from '../../common/errors.ts';
import { fitsDim, shapeText, sizeOf } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { reshape, slice } from '../../primitives/layout.ts';
import { eager } from '../../runtime/eager.ts';
import { type Tensor, toTensor } from '../../tensor/index.ts';
import type { Arguments } from '../definition.ts';

/** Keras's module of the ops of linear algebra. */
export const linalg = 'keras.src.ops.linalg';

/** What comes before the matrices. */
export const outer = (x: Value): number[] => x.shape.slice(0, -2);

/** x as a stack of matrices. */
export function stack(owner: string, x: Value): Value {
  if (x.shape.length < 2) throw mismatch(owner, 'matrices', `shape ${shapeText(x.shape)}`, 'They are in the last two axes.');
  if (x.shape.includes(0)) throw mismatch(owner, 'at least one element', `shape ${shapeText(x.shape)}`, 'Such matrices have no factors.');
  return reshape(x, [sizeOf(outer(x)), ...x.shape.slice(-2)]);
}

/** The same of matrices of as many rows as columns. */
export function squares(owner: string, x: Value): Value {
  const y = stack(owner, x);
  const [, m, n] = y.shape;
  if (fitsDim(m, n)) return y;
  throw mismatch(owner, 'square matrices', `shape ${shapeText(x.shape)}`, 'Rows and columns are as many.');
}

/** The diagonals [count, n] of matrices [count, n, n]. */
export function diagonals(x: Value): Value {
  const [count, n] = x.shape;
  return slice(reshape(x, [count, n * n]), [0, 0], [count, n], [1, n + 1]);
}

/** The right side of equations, as a stack [count, n, k] for matrices [..., n, n]; and the shape of the solution. */
export function rightSide(owner: string, a: Value, b: Value): Value {
  const isVector = b.shape.length === a.shape.length - 1;
  const shape = isVector ? [...b.shape, 1] : b.shape;
  const fits = shape.length === a.shape.length && shape.slice(0, -1).every((dim, i) => fitsDim(dim, a.shape[i]));
  if (!fits) {
    const advice = 'Give b as many rows as a, in one or several columns.';
    throw mismatch(owner, `b for matrices of shape ${shapeText(a.shape)}`, `shape ${shapeText(b.shape)}`, advice);
  }
  return reshape(b, [sizeOf(outer(a)), shape[shape.length - 2], shape[shape.length - 1]]);
}

const holdsNumbers = (tensor: Tensor): boolean => tensor.data.every((value) => Number.isFinite(value));

/** Computes on data, and refuses matrices that give no finite numbers: `what` says which are meant. */
export const checked =
  (name: string, operands: readonly string[], what: string, body: (args: never) => Value) =>
  (args: Arguments): Tensor => {
    const tensors = operands.map((key) => toTensor(name, args[key], 'float32'));
    const [result] = eager(tensors, (values) => [
      body({ ...args, ...Object.fromEntries(operands.map((key, i) => [key, values[i]])) } as never),
    ]);
    if (holdsNumbers(result) || !tensors.every(holdsNumbers)) return result;
    throw mismatch(name, what, 'one that is not, or is so only but for rounding', 'Add a little to its diagonal, or use pinv or lstsq.');
  };
