// The kernels of the larger layers; they travel only in bundles that use one of these.
export * from './recurrent';
