// Which kernels compute a matrix product, in which order.
import type { KernelCall } from '../runtime/kernel-call.ts';

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

/** How A and B reach the tile kernel: the panels to pack in f32, 0 where the stored matrix serves as it is. */
function packing({ batch, m, k, n, strideA, strideB, transposeA, transposeB }: MatmulShape): { sizeA: number; sizeB: number } {
  if (m <= 1 || n <= 1 || k === 0 || batch === 0) return { sizeA: 0, sizeB: 0 };
  const directA = (transposeA || k === 1) && m % WIDTH_A === 0 && DIRECT_A;
  const directB = (!transposeB || k === 1) && n % WIDTH_B === 0 && DIRECT_B;
  return {
    sizeA: directA ? 0 : (strideA === 0 ? 1 : batch) * roundUp(m, WIDTH_A) * k,
    sizeB: directB ? 0 : (strideB === 0 ? 1 : batch) * roundUp(n, WIDTH_B) * k,
  };
}
let DIRECT_A = false, DIRECT_B = false;
export function direct(a: boolean, b: boolean) { DIRECT_A = a; DIRECT_B = b; }

/** Bytes of scratch that matmulCalls needs for this shape; 0 if it packs nothing. */
export function matmulScratch(shape: MatmulShape): number {
  const { sizeA, sizeB } = packing(normalize(shape));
  return (sizeA + sizeB) * 4;
}

/**
 * The instructions of one product. `bias` is the address of n values added to every row, 0 for none; `scratch` has
 * matmulScratch(shape) bytes; `activation` 0 is none, 1 relu.
 */
export function matmulCalls(
  shape: MatmulShape, a: number, b: number, bias: number, out: number, scratch: number, activation: number,
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
  const { sizeA, sizeB } = packing(normal);
  const packedB = scratch + sizeA * 4;
  const calls: KernelCall[] = [];
  if (sizeA > 0) calls.push(['matmulPack', a, scratch, strideA === 0 ? 1 : batch, strideA, m, k, transposeA ? 0 : 1, WIDTH_A]);
  if (sizeB > 0) calls.push(['matmulPack', b, packedB, strideB === 0 ? 1 : batch, strideB, n, k, transposeB ? 1 : 0, WIDTH_B]);
  calls.push([
    'matmulTiles', sizeA > 0 ? scratch : a, sizeB > 0 ? packedB : b, bias, out, batch, m, k, n,
    sizeA > 0 && strideA > 0 ? roundUp(m, WIDTH_A) * k : strideA, sizeB > 0 && strideB > 0 ? roundUp(n, WIDTH_B) * k : strideB,
    sizeA > 0 ? 1 : 0, sizeB > 0 ? 1 : 0, activation,
  ]);
  return calls;
}
