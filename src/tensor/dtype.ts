// What the elements of a tensor are.

/** Kind of the elements: 32-bit floats, 32-bit integers, or truth values. */
export type DType = 'float32' | 'int32' | 'bool';

/** Keras's other dtypes, by the one in which their numbers are kept here. */
const keptAs: Readonly<Record<string, DType>> = {
  float16: 'float32',
  bfloat16: 'float32',
  float64: 'float32',
  int8: 'int32',
  int16: 'int32',
  int64: 'int32',
  uint8: 'int32',
  uint16: 'int32',
  uint32: 'int32',
  uint64: 'int32',
};

/** The dtype here for the name of one of Keras's; any other value as it is. */
export const keptDType = (name: unknown): unknown => (typeof name === 'string' && Object.hasOwn(keptAs, name) ? keptAs[name] : name);

/** The same for what is computed: narrow integers would overflow in Keras, and half numbers round, so these are no other word. */
export const wideDType = (name: unknown): unknown => (name === 'int64' || name === 'float64' ? keptDType(name) : name);

/** The typed array behind a tensor; truth values are kept as bytes 0 and 1. */
export type TensorData = Float32Array | Int32Array | Uint8Array;
