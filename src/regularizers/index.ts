// Penalties on weights and outputs, added to the loss.
export * from './classes.ts';
export { get, type RegularizerIdentifier, type RegularizerName, serialize } from './get.ts';
export { Regularizer } from './regularizer.ts';
