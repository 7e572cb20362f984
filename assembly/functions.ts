// The kernels of functions that few models have: only bundles with one of their ops carry them.
export * from './eigen';
export * from './factors';
export * from './mathematics';
export * from './scan';
export * from './singular';
export * from './sort';
