// The namespace of layers: the classes, and functions for those that merge.
export * from './classes.ts';
export { add, average, concatenate, dot, maximum, minimum, multiply, subtract } from './merging/functional.ts';
