// Which kernels compute a matrix product, in which order.
import type { KernelCall } from '../kernels/kernel-call.ts';

/**
 * out[batch][m,n] = activation(op(A) x op(B) + bias), row-major f32. A is stored [m,k], or [k,m] if `transposeA`; B [k,n],
 * or [n,k] if `transposeB`. `strideA` and `strideB` are the elements from one matrix of the batch to the next, 0 for a
 * matrix that all share; the results follow each other without a gap.
 */
export interface MatmulShape {
  batch: number;
  m: number;
  k: number;
  n: number;
  strideA: number;
  strideB: number;
  transposeA: boolean;
  transposeB: boolean;
}

// The kernel's panels: rows of A, columns of B.
const WIDTH_A = 4;
const WIDTH_B = 8;

const roundUp = (n: number, width: number): number => Math.ceil(n / width) * width;

/** A batch of A's that follow each other, all times the same B, is one tall A. */
function normalize(shape: MatmulShape): MatmulShape {
  const { batch, m, k, strideA, strideB, transposeA } = shape;
  const tall = batch > 1 && strideB === 0 && strideA === m * k && (!transposeA || m === 1);
  return tall ? { ...shape, batch: 1, m: batch * m, transposeA: false } : shape;
}

/** Elements of the packed A and the packed B; a product with a vector reads both as they are. */
function packedSizes({ batch, m, k, n, strideA, strideB }: MatmulShape): { packedA: number; packedB: number } {
  if (m <= 1 || n <= 1) return { packedA: 0, packedB: 0 };
  return {
    packedA: (strideA === 0 ? 1 : batch) * roundUp(m, WIDTH_A) * k,
    packedB: (strideB === 0 ? 1 : batch) * roundUp(n, WIDTH_B) * k,
  };
}

/** Bytes of scratch that matmulCalls needs for this shape, a multiple of 16; 0 if it packs nothing. */
export function matmulScratch(shape: MatmulShape): number {
  const { packedA, packedB } = packedSizes(normalize(shape));
  return (packedA + packedB) * 4;
}

/**
 * The instructions of one product. `bias` is the address of n values added to every row, 0 for none; `scratch` has
 * matmulScratch(shape) bytes at a multiple of 16; `activation` 0 is none, 1 relu.
 */
export function matmulCalls(
  shape: MatmulShape,
  a: number,
  b: number,
  bias: number,
  out: number,
  scratch: number,
  activation: number,
): KernelCall[] {
  const normal = normalize(shape);
  const { batch, m, k, n, strideA, strideB, transposeA, transposeB } = normal;
  if (batch === 0 || m === 0 || n === 0) return [];
  if (m === 1) {
    return [[transposeB ? 'matmulDots' : 'matmulVector', a, b, bias, out, batch, k, n, strideA, strideB, 0, activation]];
  }
  if (n === 1) {
    return [[transposeA ? 'matmulVector' : 'matmulDots', b, a, bias, out, batch, k, m, strideB, strideA, 1, activation]];
  }
  const [sharedA, sharedB] = [strideA === 0 ? 1 : 0, strideB === 0 ? 1 : 0];
  const panelsB = scratch + packedSizes(normal).packedA * 4;
  const calls: KernelCall[] = [];
  if (k > 0) {
    calls.push(['matmulPack', a, scratch, sharedA ? 1 : batch, strideA, m, k, transposeA ? 0 : 1, WIDTH_A]);
    calls.push(['matmulPack', b, panelsB, sharedB ? 1 : batch, strideB, n, k, transposeB ? 1 : 0, WIDTH_B]);
  }
  calls.push(['matmulTiles', scratch, panelsB, bias, out, batch, m, k, n, sharedA, sharedB, activation]);
  return calls;
}
