// The kernels of optimizers, constraints and schedules in less common use, and of means over masked steps; they travel only in
// bundles that name one of these.
export * from './masked-mean';
export * from './norm-constraint';
export * from './optimizer-others';
export { scalarCos, scalarExp, scalarLog1p, scalarPow, scalarSin } from './scalar';
