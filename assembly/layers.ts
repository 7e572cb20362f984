// The kernels of recurrent, convolution, pooling, normalization and encoding layers: only bundles with one of these carry them.
export * from './encoding';
export * from './normalization';
export * from './pooling';
export * from './recurrent';
export { addStrided } from './strided';
