// What the elements of a tensor are.

/** Kind of the elements: 32-bit floats, 32-bit integers, or truth values. */
export type DType = 'float32' | 'int32' | 'bool';

/** The typed array behind a tensor; truth values are kept as bytes 0 and 1. */
export type TensorData = Float32Array | Int32Array | Uint8Array;
