// Naive matrix products: `matmul` in f64, `matmulInOrder` with f32 roundings in the order that the kernels promise.
import type { MatmulShape } from '../../../src/primitives/matmul-plan.ts';

type Sum = (k: number, product: (p: number) => [a: number, b: number], bias: number) => number;

function product(shape: MatmulShape, a: Float32Array, b: Float32Array, bias: Float32Array | null, relu: boolean, sum: Sum): Float32Array {
  const { batch, m, k, n, strideA, strideB, transposeA, transposeB } = shape;
  const out = new Float32Array(batch * m * n);
  for (let matrix = 0; matrix < batch; matrix++) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const factors = (p: number): [number, number] => [
          a[matrix * strideA + (transposeA ? p * m + i : i * k + p)],
          b[matrix * strideB + (transposeB ? j * k + p : p * n + j)],
        ];
        const value = sum(k, factors, bias ? bias[j] : 0);
        out[(matrix * m + i) * n + j] = relu && value < 0 ? 0 : value;
      }
    }
  }
  return out;
}

/** out = relu?(op(a) x op(b) + bias), each sum in f64. */
export function matmul(shape: MatmulShape, a: Float32Array, b: Float32Array, bias: Float32Array | null, relu: boolean): Float32Array {
  return product(shape, a, b, bias, relu, (k, factors, start) => {
    let sum = start;
    for (let p = 0; p < k; p++) {
      const [x, y] = factors(p);
      sum += x * y;
    }
    return sum;
  });
}

/** The same with every step rounded to f32: blocks of 256 summed from 0, the blocks added in order to the bias. */
export function matmulInOrder(
  shape: MatmulShape,
  a: Float32Array,
  b: Float32Array,
  bias: Float32Array | null,
  relu: boolean,
): Float32Array {
  return product(shape, a, b, bias, relu, (k, factors, start) => {
    let total = start;
    for (let block = 0; block < k; block += 256) {
      let sum = 0;
      for (let p = block; p < Math.min(block + 256, k); p++) {
        const [x, y] = factors(p);
        sum = Math.fround(sum + Math.fround(x * y));
      }
      total = Math.fround(total + sum);
    }
    return total;
  });
}
