// Adam, dense or with the rows of a sparse gradient found along the way.
import { at, get, int, put } from './at';

// @ts-ignore: decorator
@inline
function settle(x: f32, coarse: f32): f32 {
  return x + coarse - coarse;
}

function stretch(
  from: i32, to: i32, weight: usize, gradient: usize, hasGradient: bool, m: usize, v: usize, vhat: usize, settings: usize,
): void {
  const alpha = get(settings, 0);
  const decay = get(settings, 1);
  const rate1 = get(settings, 2);
  const rate2 = get(settings, 3);
  const epsilon = get(settings, 4);
  const coarse = epsilon * <f32>1.11022302e-16;
  const coarseSquare = epsilon * epsilon * <f32>7.27595761e-12;
  for (let i = from; i < to; i++) {
    const g: f32 = hasGradient ? get(gradient, i) : 0;
    const w = get(weight, i) - get(weight, i) * decay;
    const average = get(m, i) + (g - get(m, i)) * rate1;
    let square = get(v, i) + (g * g - get(v, i)) * rate2;
    put(m, i, settle(average, coarse));
    put(v, i, settle(square, coarseSquare));
    if (vhat) {
      square = max(get(vhat, i), square);
      put(vhat, i, square);
    }
    put(weight, i, w - (average * alpha) / (sqrt(square) + epsilon));
  }
}

export function adam(
  weight: usize, gradient: usize, m: usize, v: usize, vhat: usize, settings: usize, rows: i32, dim: i32, unique: usize,
  uniqueCount: usize, thread: i32, threads: i32,
): void {
  if (!unique) {
    stretch(0, rows * dim, weight, gradient, true, m, v, vhat, settings);
    return;
  }
  const count = int(uniqueCount, 0);
  let done = 0;
  for (let u = 0; u < count; u++) {
    const first = int(unique, u) * dim;
    stretch(done, first, weight, 0, false, m, v, vhat, settings);
    done = first + dim;
    stretch(first, done, weight, at(gradient, u * dim - first), true, m, v, vhat, settings);
  }
  stretch(done, rows * dim, weight, 0, false, m, v, vhat, settings);
}
