// The kernels that nearly every model needs; they travel together.
export * from './binary';
export * from './embedding';
export * from './layout';
export * from './losses';
export * from './matmul';
export * from './metrics';
export * from './optimizer';
export * from './random';
export * from './reduce';
export { scalarLog } from './scalar';
export * from './softmax';
export * from './unary';
