// Bounds that weights are brought back to after each update.
export type { Constraint } from '../graph/variable.ts';
export * from './classes.ts';
export { type ConstraintIdentifier, type ConstraintName, get, serialize } from './get.ts';
