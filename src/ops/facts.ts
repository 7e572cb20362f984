// What is known of an operand without computing anything, and conversions at once.
import { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import { type DType, Tensor, toTensor } from '../tensor/index.ts';
import { isSymbolic, type Operand } from './operand.ts';

type Dims = (number | null)[];

const typeOf = (owner: string, x: Operand): { shape: Dims; dtype: DType | 'string' } => {
  if (isSymbolic(x)) return { shape: [...x.shape], dtype: x.dtype };
  if (x instanceof Value || x instanceof Variable) return { shape: [...x.shape], dtype: x.dtype };
  const { shape, dtype } = toTensor(owner, x);
  return { shape: [...shape], dtype };
};

/** The lengths of the axes, null where one is not known: `ops.shape([[1, 2]])` is [1, 2]. */
export const shape = (x: Operand): Dims => typeOf('shape', x).shape;

/** The number of axes: `ops.ndim([[1, 2]])` is 2. */
export const ndim = (x: Operand): number => typeOf('ndim', x).shape.length;

/** The number of elements, null where a length is not known: `ops.size([[1, 2]])` is 2. */
export const size = (x: Operand): number | null =>
  typeOf('size', x).shape.reduce<number | null>((product, dim) => (product === null || dim === null ? null : product * dim), 1);

/** The dtype: `ops.dtype([1, 2])` is 'float32'. */
export const dtype = (x: Operand): DType | 'string' => typeOf('dtype', x).dtype;

/** Whether x is a Tensor, a weight, or a value or symbolic tensor that stands for one: `ops.isTensor([1])` is false. */
export const isTensor = (x: unknown): boolean => x instanceof Tensor || x instanceof Value || x instanceof Variable || isSymbolic(x);

/** The numbers of a Tensor or weight as a typed array: `ops.convertToNumpy(ops.ones([2]))` is Float32Array [1, 1]. */
export function convertToNumpy(x: Operand): Float32Array | Int32Array | Uint8Array {
  if (x instanceof Variable) return x.view().slice();
  return toTensor('convertToNumpy', x).data.slice();
}
