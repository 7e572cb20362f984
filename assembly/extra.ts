// The kernels of the larger layers; they travel only in bundles that use one of these.
export * from './encoding';
export * from './normalization';
export * from './pooling';
export * from './recurrent';
export { addStrided } from './strided';
