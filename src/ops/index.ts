// Keras's ops in camelCase. Each takes values inside a layer, loss or metric, symbolic tensors of a functional model, or plain
// numbers, arrays and Tensors, which are computed with at once.
export * from './activations.ts';
export type { ReduceOptions } from './arguments.ts';
export {
  equal,
  greater,
  greaterEqual,
  isfinite,
  isinf,
  isnan,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  notEqual,
  where,
} from './comparisons.ts';
export * from './creation.ts';
export * from './elementwise.ts';
export { oneHot, take } from './lookups.ts';
export { dot, matmul } from './matrices.ts';
export type { Axis, Operand, OpResult } from './operand.ts';
export { concatenate, split, stack, unstack } from './parts.ts';
export * from './reductions.ts';
export {
  broadcastTo,
  expandDims,
  flip,
  moveaxis,
  pad,
  ravel,
  repeat,
  reshape,
  slice,
  squeeze,
  swapaxes,
  tile,
  transpose,
} from './shapes.ts';
