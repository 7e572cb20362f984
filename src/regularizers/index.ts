// Penalties on weights and outputs, added to the loss.
export type { Regularizer } from '../graph/variable.ts';
export { get, type RegularizerIdentifier, serialize } from './get.ts';
export { L1, L1L2, type L1L2Options, type L1Options, L2, type L2Options } from './l1l2.ts';
export { OrthogonalRegularizer, type OrthogonalRegularizerOptions } from './orthogonal.ts';
