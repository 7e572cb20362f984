// Functions of functions. Their steps and choices are ops of their own, so what is drawn is saved as those.
export { cond, switchBranch as switch } from './branches.ts';
export { customGradient } from './custom-gradient.ts';
export { foriLoop, whileLoop } from './loops.ts';
export { associativeScan, map, scan, vectorizedMap } from './scans.ts';
export type { Given, Structure } from './structures.ts';
export { type VectorizeOptions, vectorize } from './vectorize.ts';
