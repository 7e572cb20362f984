// Loss functions.
export * from './classes.ts';
export type { SmoothedOptions } from './crossentropy.ts';
export { get, type LossFunction, type LossIdentifier, type LossName, serialize } from './get.ts';
export { Loss, type LossOptions, type Reduction } from './loss.ts';
