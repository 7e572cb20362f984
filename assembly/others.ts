// The kernels of optimizers in less common use; they travel only in bundles that name one of these.
export * from './optimizer-others';
