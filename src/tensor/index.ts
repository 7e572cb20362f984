export { type TensorLike, tensor, toTensor, type TypedArray } from './convert.ts';
export { type DataOf, type DType, type ElementOf, type Nested, Tensor, type TensorData } from './tensor.ts';
