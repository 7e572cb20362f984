// The naive form of assembly/pooling.ts.
type Numbers = ArrayLike<number>;

export interface Sizes {
  readonly batch: number;
  readonly steps: number;
  readonly dim: number;
  readonly windows: number;
  readonly size: number;
  readonly stride: number;
  readonly left: number;
}

/** For each element of y, the positions in x that its window holds. */
function windowsOf({ batch, steps, dim, windows, size, stride, left }: Sizes): number[][] {
  const found: number[][] = [];
  for (let b = 0; b < batch; b++) {
    for (let w = 0; w < windows; w++) {
      for (let c = 0; c < dim; c++) {
        const all = Array.from({ length: size }, (_, j) => w * stride - left + j);
        found.push(all.filter((t) => t >= 0 && t < steps).map((t) => (b * steps + t) * dim + c));
      }
    }
  }
  return found;
}

export const maxPoolSteps = (x: Numbers, sizes: Sizes): number[] => windowsOf(sizes).map((at) => Math.max(...at.map((i) => x[i])));

export const averagePoolSteps = (x: Numbers, sizes: Sizes): number[] =>
  windowsOf(sizes).map((at) => at.reduce((sum, i) => sum + x[i], 0) / at.length);

export function maxPoolStepsGradient(x: Numbers, dy: Numbers, sizes: Sizes): number[] {
  const dx = Array<number>(sizes.batch * sizes.steps * sizes.dim).fill(0);
  for (const [k, at] of windowsOf(sizes).entries()) {
    const largest = Math.max(...at.map((i) => x[i]));
    const first = at.find((i) => x[i] === largest);
    if (first !== undefined) dx[first] += dy[k];
  }
  return dx;
}

export function averagePoolStepsGradient(dy: Numbers, sizes: Sizes): number[] {
  const dx = Array<number>(sizes.batch * sizes.steps * sizes.dim).fill(0);
  for (const [k, at] of windowsOf(sizes).entries()) for (const i of at) dx[i] += dy[k] / at.length;
  return dx;
}
