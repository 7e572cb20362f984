// Optimizers.
export * from './classes.ts';
export { get, type OptimizerIdentifier, type OptimizerName, serialize } from './get.ts';
export { Optimizer } from './optimizer.ts';
export type { OptimizerOptions } from './options.ts';
