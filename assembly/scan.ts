// Sums and products of all elements so far along the middle axis of [outer, n, inner].
import { array, runsOn } from './check';
import { partition } from './partition';

/** y = x summed up (`isProduct` 0) or multiplied (1) along n. Each column is one thread's, so the order is always the same. */
export function scanColumns(
  x: usize,
  y: usize,
  outer: i32,
  n: i32,
  inner: i32,
  isProduct: i32,
  isInt: i32,
  thread: i32,
  threads: i32,
): void {
  runsOn(thread, threads);
  array(x, outer, n, inner);
  array(y, outer, n, inner);
  const end = partition(outer * inner, 1, thread + 1, threads);
  for (let column = partition(outer * inner, 1, thread, threads); column < end; column++) {
    let at = <usize>((column / inner) * n * inner + (column % inner)) << 2;
    const step = <usize>inner << 2;
    if (isInt) {
      let all: i32 = isProduct;
      for (let i = 0; i < n; i++, at += step) {
        const v = load<i32>(x + at);
        all = isProduct ? all * v : all + v;
        store<i32>(y + at, all);
      }
    } else {
      let all: f32 = isProduct ? 1 : 0;
      for (let i = 0; i < n; i++, at += step) {
        const v = load<f32>(x + at);
        all = isProduct ? all * v : all + v;
        store<f32>(y + at, all);
      }
    }
  }
}
