// Keras's ops in camelCase. Each takes values inside a layer, loss or metric, symbolic tensors of a functional model, or plain
// numbers, arrays and Tensors, which are computed with at once.
export type { Axis } from './axes.ts';
export * from './control/index.ts';
export { cast, convertToTensor, saturateCast, slice, stopGradient, unstack } from './core.ts';
export { convertToNumpy, dtype, isTensor, ndim, shape, size } from './facts.ts';
export * from './linalg/index.ts';
export { cdist, erf, erfc, erfinv, extractSequences, logsumexp, rsqrt } from './math.ts';
export * from './nn/index.ts';
export * from './numpy/index.ts';
export type { Operand, OpResult } from './operand.ts';
export { scatter, scatterUpdate, sliceUpdate } from './scatter.ts';
export { segmentMax, segmentMin, segmentProd, segmentSum } from './segments.ts';
export type { ReduceOptions } from './signatures.ts';
export { inTopK, topK } from './top-k.ts';
