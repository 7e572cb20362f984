export { type TensorLike, type TypedArray, tensor, toTensor } from './convert.ts';
export { type DataOf, type DType, type ElementOf, type Nested, Tensor, type TensorData } from './tensor.ts';
