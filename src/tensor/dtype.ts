// What the elements of a tensor are.

/** Kind of the elements: 32-bit floats, 32-bit integers, or truth values. */
export type DType = 'float32' | 'int32' | 'bool';

/** The dtype here for the name of one of Keras's; any other value as it is. */
export const keptDType = (name: unknown): unknown =>
  /^u?int(8|16|32|64)$/.test(String(name)) ? 'int32' : /^b?float(16|32|64)$/.test(String(name)) ? 'float32' : name;

/** The same for what is computed: narrow integers would overflow in Keras, and half numbers round, so these are no other word. */
export const wideDType = (name: unknown): unknown => (name === 'int64' || name === 'float64' ? keptDType(name) : name);

/** The typed array behind a tensor; truth values are kept as bytes 0 and 1. */
export type TensorData = Float32Array | Int32Array | Uint8Array;
