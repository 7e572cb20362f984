// Keras's ops of linear algebra.
export { eigh, qr } from './decompositions.ts';
export { det, logdet, slogdet } from './determinants.ts';
export { type NormOptions, type NormOrder, norm } from './norm.ts';
export { lstsq, matrixRank, pinv, svd } from './singular.ts';
export { cholesky, choleskyInverse, inv, luFactor, solve, solveTriangular } from './systems.ts';
