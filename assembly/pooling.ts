// Pooling over time: x[batch, steps, dim] in windows of `size` steps, window t starting at step t * stride - left. What a
// window has before the first step and after the last does not count.
import { array, arrayOrNone, runsOn } from './check';
import { partition } from './partition';
import { at, combine, loadSome, MAX, neutral, storeSome, SUM } from './rows';

// A cache line of columns.
const STRIP: i32 = 16;

// @ts-ignore: decorator
@inline
function forward(
  op: i32, x: usize, y: usize, batch: i32, steps: i32, dim: i32, windows: i32, size: i32, stride: i32, left: i32,
  thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(x, batch, steps, dim);
  array(y, batch, windows, dim);
  const end = partition(batch * windows, 1, thread + 1, threads);
  for (let r = partition(batch * windows, 1, thread, threads); r < end; r++) {
    const b = r / windows;
    const begin = (r - b * windows) * stride - left;
    const first = max(begin, 0);
    const last = min(begin + size, steps);
    for (let c = 0; c < dim; c += 4) {
      let v = f32x4.splat(neutral(op));
      for (let t = first; t < last; t++) v = combine(op, v, loadSome(at(x, (b * steps + t) * dim + c), dim - c));
      if (op == SUM) v = f32x4.div(v, f32x4.splat(<f32>(last - first)));
      storeSome(at(y, r * dim + c), v, dim - c);
    }
  }
}

/** Threads share samples and strips of columns, so that windows that overlap add to a step in turn. */
// @ts-ignore: decorator
@inline
function backward(
  op: i32, x: usize, y: usize, dy: usize, dx: usize, batch: i32, steps: i32, dim: i32, windows: i32, size: i32, stride: i32,
  left: i32, thread: i32, threads: i32,
): void {
  if (!ASC_NO_ASSERT) {
    runsOn(thread, threads);
    arrayOrNone(x, batch, steps, dim);
    arrayOrNone(y, batch, windows, dim);
    array(dy, batch, windows, dim);
    array(dx, batch, steps, dim);
  }
  const strips = (dim + STRIP - 1) / STRIP;
  const end = partition(batch * strips, 1, thread + 1, threads);
  for (let u = partition(batch * strips, 1, thread, threads); u < end; u++) {
    const b = u / strips;
    const from = (u - b * strips) * STRIP;
    const to = min(from + STRIP, dim);
    for (let t = 0; t < steps; t++) {
      for (let c = from; c < to; c += 4) storeSome(at(dx, (b * steps + t) * dim + c), f32x4.splat(0), to - c);
    }
    for (let w = 0; w < windows; w++) {
      const begin = w * stride - left;
      const first = max(begin, 0);
      const last = min(begin + size, steps);
      const row = (b * windows + w) * dim;
      for (let c = from; c < to; c += 4) {
        let g = loadSome(at(dy, row + c), to - c);
        if (op == SUM) g = f32x4.div(g, f32x4.splat(<f32>(last - first)));
        // The first of equal elements takes all of the gradient, as in TensorFlow.
        const largest = op == MAX ? loadSome(at(y, row + c), to - c) : g;
        for (let t = first; t < last; t++) {
          const i = (b * steps + t) * dim + c;
          let part = g;
          if (op == MAX) {
            const hit = f32x4.eq(loadSome(at(x, i), to - c), largest);
            part = v128.and(g, hit);
            g = v128.andnot(g, hit);
          }
          storeSome(at(dx, i), f32x4.add(loadSome(at(dx, i), to - c), part), to - c);
        }
      }
    }
  }
}

/** y[batch, windows, dim] = the largest element of each window. */
export function maxPoolSteps(
  x: usize, y: usize, batch: i32, steps: i32, dim: i32, windows: i32, size: i32, stride: i32, left: i32,
  thread: i32, threads: i32,
): void {
  forward(MAX, x, y, batch, steps, dim, windows, size, stride, left, thread, threads);
}

/** dx: each window's dy at its largest element, the first one of several. */
export function maxPoolStepsGradient(
  x: usize, y: usize, dy: usize, dx: usize, batch: i32, steps: i32, dim: i32, windows: i32, size: i32, stride: i32, left: i32,
  thread: i32, threads: i32,
): void {
  backward(MAX, x, y, dy, dx, batch, steps, dim, windows, size, stride, left, thread, threads);
}

/** y[batch, windows, dim] = the mean of each window. */
export function averagePoolSteps(
  x: usize, y: usize, batch: i32, steps: i32, dim: i32, windows: i32, size: i32, stride: i32, left: i32,
  thread: i32, threads: i32,
): void {
  forward(SUM, x, y, batch, steps, dim, windows, size, stride, left, thread, threads);
}

/** dx: each window's dy, shared equally by its elements. */
export function averagePoolStepsGradient(
  dy: usize, dx: usize, batch: i32, steps: i32, dim: i32, windows: i32, size: i32, stride: i32, left: i32,
  thread: i32, threads: i32,
): void {
  backward(SUM, 0, 0, dy, dx, batch, steps, dim, windows, size, stride, left, thread, threads);
}
