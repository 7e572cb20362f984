// Keras's ops that NumPy has too.
export * from './arithmetic.ts';
export * from './comparisons.ts';
export { broadcastTo, flip, type PadMode, type PadWidth, pad, repeat, tile } from './copies.ts';
export * from './creation.ts';
export * from './elementwise.ts';
export { getItem, type Key } from './items.ts';
export * from './joins.ts';
export { take } from './lookups.ts';
export { dot, matmul } from './products.ts';
export * from './reductions.ts';
export * from './shapes.ts';
