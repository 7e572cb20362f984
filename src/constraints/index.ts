// Bounds that weights are brought back to after each update.
export * from './classes.ts';
export { Constraint } from './constraint.ts';
export { type ConstraintIdentifier, type ConstraintName, get, serialize } from './get.ts';
