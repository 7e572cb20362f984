// Keras's ops in camelCase. Each takes values inside a layer, loss or metric, symbolic tensors of a functional model, or plain
// numbers, arrays and Tensors, which are computed with at once.
export type { Axis } from './axes.ts';
export { cast, convertToTensor, slice, stopGradient, unstack } from './core.ts';
export { type NormOptions, type NormOrder, norm } from './linalg.ts';
export { erf, logsumexp, rsqrt } from './math.ts';
export * from './nn/index.ts';
export * from './numpy/index.ts';
export type { Operand, OpResult } from './operand.ts';
export type { ReduceOptions } from './signatures.ts';
