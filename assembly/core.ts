// The kernels that stand in every bundle: what all models, losses, metrics, optimizers and constraints need.
export * from './binary';
export * from './embedding';
export * from './layout';
export * from './losses';
export * from './masked-mean';
export * from './matmul';
export * from './metrics';
export * from './norm-constraint';
export { orthonormalize } from './orthonormal';
export * from './optimizer';
export * from './optimizer-others';
export * from './random';
export * from './reduce';
export { scalarCos, scalarExp, scalarLog, scalarLog1p, scalarPow, scalarSin } from './scalar';
export * from './softmax';
export * from './unary';
