// Keras's ops that NumPy has too.
export * from './arithmetic.ts';
export { bincount, histogram, nonzero, select, unique, unravelIndex, view, where } from './choices.ts';
export * from './comparisons.ts';
export { broadcastTo, flip, type PadMode, type PadWidth, pad, repeat, tile } from './copies.ts';
export * from './creation.ts';
export { cumprod, cumsum, diff, nancumprod, nancumsum, prod, trapezoid } from './cumulative.ts';
export { einsum } from './einsum.ts';
export * from './elementwise.ts';
export { getItem, type Key } from './items.ts';
export * from './joins.ts';
export { take } from './lookups.ts';
export {
  cross,
  diag,
  diagflat,
  diagonal,
  identity,
  inner,
  kron,
  outer,
  tensordot,
  trace,
  tri,
  tril,
  triu,
  vander,
  vdot,
} from './matrices.ts';
export {
  argpartition,
  argsort,
  digitize,
  isin,
  median,
  nanmedian,
  nanpercentile,
  nanquantile,
  percentile,
  type QuantileMethod,
  quantile,
  searchsorted,
  sort,
  takeAlongAxis,
} from './order.ts';
export { dot, matmul } from './products.ts';
export * from './ranges.ts';
export { rearrange } from './rearrange.ts';
export * from './reductions.ts';
export * from './shapes.ts';
export * from './special.ts';
export * from './stacks.ts';
export * from './statistics.ts';
export * from './trigonometry.ts';
