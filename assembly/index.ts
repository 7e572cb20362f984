// Every kernel, by name. A kernel takes inputs, outputs, sizes, settings, thread, threads; it never allocates, waits or fails.
export * from './binary';
export * from './embedding';
export * from './encoding';
export * from './layout';
export * from './losses';
export * from './matmul';
export * from './normalization';
export * from './optimizer';
export * from './pooling';
export * from './random';
export * from './recurrent';
export * from './reduce';
export * from './scalar';
export * from './softmax';
export * from './unary';
export * from './metrics';
