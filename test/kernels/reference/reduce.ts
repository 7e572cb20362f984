// The naive form of assembly/reduce.ts, in f64.
type Numbers = ArrayLike<number>;

/** f of each x[o, :, i], in the order of y[outer, inner]. */
function overMiddle(x: Numbers, outer: number, n: number, inner: number, f: (values: number[]) => number): number[] {
  const y: number[] = [];
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) y.push(f(Array.from({ length: n }, (_, j) => x[(o * n + j) * inner + i])));
  }
  return y;
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

export function reduceSum(x: Numbers, outer: number, n: number, inner: number, scale: number): number[] {
  return overMiddle(x, outer, n, inner, (values) => Math.fround(scale) * sum(values));
}

export function reduceMax(x: Numbers, outer: number, n: number, inner: number): number[] {
  return overMiddle(x, outer, n, inner, (values) => Math.max(...values));
}

export function reduceMin(x: Numbers, outer: number, n: number, inner: number): number[] {
  return overMiddle(x, outer, n, inner, (values) => Math.min(...values));
}

export function argMax(x: Numbers, outer: number, n: number, inner: number): number[] {
  return overMiddle(x, outer, n, inner, (values) => {
    const largest = Math.max(...values);
    return values.findIndex((v) => v === largest || Number.isNaN(v));
  });
}

export function reduceMaxGradient(x: Numbers, y: Numbers, dy: Numbers, outer: number, n: number, inner: number): number[] {
  const outputOf = (at: number) => Math.floor(at / (n * inner)) * inner + (at % inner);
  const equal = Array.from(x, (v, at) => Number(v === y[outputOf(at)]));
  const counts = overMiddle(equal, outer, n, inner, sum);
  return equal.map((isEqual, at) => (isEqual / counts[outputOf(at)]) * dy[outputOf(at)]);
}

export function sumBlocks(x: Float32Array): number[] {
  return Array.from({ length: Math.ceil(x.length / 4096) }, (_, b) => sum([...x.subarray(b * 4096, (b + 1) * 4096)]));
}

export function maskedMeanSteps(x: Numbers, mask: Numbers, batch: number, steps: number, dim: number): number[] {
  const masked = Array.from(x, (v, i) => v * mask[Math.floor(i / dim)]);
  const totals = reduceSum(mask, batch, steps, 1, 1);
  return reduceSum(masked, batch, steps, dim, 1).map((v, i) => v / totals[Math.floor(i / dim)]);
}

export function maskedMeanStepsGradient(dy: Numbers, mask: Numbers, batch: number, steps: number, dim: number): number[] {
  const totals = reduceSum(mask, batch, steps, 1, 1);
  return Array.from({ length: batch * steps * dim }, (_, at) => {
    const step = Math.floor(at / dim);
    const b = Math.floor(step / steps);
    return (mask[step] * dy[b * dim + (at % dim)]) / totals[b];
  });
}
