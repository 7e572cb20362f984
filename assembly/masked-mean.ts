// Means over the steps that a mask calls real. As elsewhere, threads share the outputs, never a sum.
import { array, runsOn } from './check';
import { partition } from './partition';
import { reduceStrip, STRIP, WEIGHTED } from './reduce-strip';
import { at, loadSome, sumRow } from './rows';
import { inlineStoreTail } from './simd';

/** y[batch, dim] = sum over steps of mask * x / sum of mask, for x[batch, steps, dim]; NaN where the mask is all zeros. */
export function maskedMeanSteps(
  x: usize, mask: usize, y: usize, batch: i32, steps: i32, dim: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(x, batch, steps, dim);
  array(mask, batch, steps);
  array(y, batch, dim);
  const strips = (dim + STRIP - 1) / STRIP;
  const end = partition(batch * strips, 1, thread + 1, threads);
  for (let u = partition(batch * strips, 1, thread, threads); u < end; u++) {
    const b = u / strips;
    const c = (u - b * strips) * STRIP;
    const m = at(mask, b * steps);
    const total = <f32>sumRow(m, steps);
    reduceStrip(WEIGHTED, at(x, b * steps * dim + c), m, at(y, b * dim + c), steps, dim, min(STRIP, dim - c), total);
  }
}

/** dx[batch, steps, dim] = mask * (dy / sum of mask). */
export function maskedMeanStepsGradient(
  dy: usize, mask: usize, dx: usize, batch: i32, steps: i32, dim: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(dy, batch, dim);
  array(mask, batch, steps);
  array(dx, batch, steps, dim);
  const strips = (dim + 3) / 4;
  const end = partition(batch * strips, 1, thread + 1, threads);
  for (let u = partition(batch * strips, 1, thread, threads); u < end; u++) {
    const b = u / strips;
    const c = (u - b * strips) * 4;
    const m = at(mask, b * steps);
    const g = f32x4.div(loadSome(at(dy, b * dim + c), dim - c), f32x4.splat(<f32>sumRow(m, steps)));
    let to = at(dx, b * steps * dim + c);
    for (let t = 0; t < steps; t++) {
      const v = f32x4.mul(g, v128.load32_splat(at(m, t)));
      if (dim - c >= 4) v128.store(to, v);
      else inlineStoreTail(to, v, dim - c);
      to = at(to, dim);
    }
  }
}
