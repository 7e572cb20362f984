// Penalties on weights and outputs, added to the loss.
export type { Regularizer } from '../graph/variable.ts';
export * from './classes.ts';
export { get, type RegularizerIdentifier, type RegularizerName, serialize } from './get.ts';
