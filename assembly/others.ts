// The kernels of optimizers and constraints in less common use; they travel only in bundles that name one of these.
export * from './norm-constraint';
export * from './optimizer-others';
