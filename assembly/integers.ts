// The kernels of whole numbers: only bundles with ops on int32 carry them.
export * from './integer';
export * from './integer-reduce';
