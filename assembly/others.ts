// The kernels of optimizers and constraints in less common use, and of means over masked steps; they travel only in bundles that
// name one of these.
export * from './masked-mean';
export * from './norm-constraint';
export * from './optimizer-others';
