// All regularizers: what names and files can stand for.
export { L1, L1L2, type L1L2Options, type L1Options, L2, type L2Options } from './l1l2.ts';
export { OrthogonalRegularizer, type OrthogonalRegularizerOptions } from './orthogonal.ts';
