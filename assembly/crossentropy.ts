// Crossentropy of rows of logits, against a label or a distribution. Threads share the rows.
import { array, runsOn } from './check';
import { log } from './math';
import { partition } from './partition';
import { at, BLOCK, expRow, loadSome, maxRow, storeSome, sumExpRow, sumLanes, sumRow } from './rows';

/** out[rows] = log of the sum of exp(logits) - logits[label]; 0 for a label outside [0, columns). */
export function sparseCrossentropy(labels: usize, logits: usize, out: usize, rows: i32, columns: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(labels, rows);
  array(logits, rows, columns);
  array(out, rows);
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    const x = at(logits, r * columns);
    const label = load<i32>(at(labels, r));
    let loss: f32 = 0;
    if (<u32>label < <u32>columns) {
      const largest = maxRow(x, columns);
      const logSum = f32x4.extract_lane(log(f32x4.splat(sumExpRow(x, largest, columns))), 0);
      loss = logSum - (load<f32>(at(x, label)) - largest);
    }
    store<f32>(at(out, r), loss);
  }
}

/** out[rows] = -sum of target * logSoftmax(logits); a target of 0 adds 0 even where the logit is -Infinity. */
export function crossentropy(target: usize, logits: usize, out: usize, rows: i32, columns: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(target, rows, columns);
  array(logits, rows, columns);
  array(out, rows);
  const zero = f32x4.splat(0);
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    const x = at(logits, r * columns);
    const t = at(target, r * columns);
    const largest = maxRow(x, columns);
    const shift = f32x4.splat(largest);
    const logSum = log(f32x4.splat(sumExpRow(x, largest, columns)));
    let loss: f64 = 0;
    for (let c = 0; c < columns; ) {
      const blockEnd = min(c + BLOCK, columns);
      let a = zero;
      for (; c < blockEnd; c += 4) {
        const left = columns - c;
        const weight = loadSome(at(t, c), left);
        const v = f32x4.mul(weight, f32x4.sub(logSum, f32x4.sub(loadSome(at(x, c), left), shift)));
        a = f32x4.add(a, v128.and(v, f32x4.ne(weight, zero)));
      }
      loss += <f64>sumLanes(a);
    }
    store<f32>(at(out, r), <f32>loss);
  }
}

/** One row of dout * (softmax(logits) * sum of target - target); the target is a row, or 1 at `label` when `sparse`. */
// @ts-ignore: decorator
@inline
function rowGradient(sparse: bool, t: usize, label: i32, x: usize, dx: usize, columns: i32, dout: f32): void {
  const sum = f32x4.splat(expRow(x, dx, maxRow(x, columns), columns));
  const total = f32x4.splat(sparse ? 1 : <f32>sumRow(t, columns));
  const g = f32x4.splat(dout);
  for (let c = 0; c < columns; c += 4) {
    const left = columns - c;
    let p = f32x4.div(loadSome(at(dx, c), left), sum);
    if (sparse) {
      p = f32x4.sub(p, v128.and(i32x4.eq(i32x4(0, 1, 2, 3), i32x4.splat(label - c)), f32x4.splat(1)));
    } else {
      p = f32x4.sub(f32x4.mul(p, total), loadSome(at(t, c), left));
    }
    storeSome(at(dx, c), f32x4.mul(g, p), left);
  }
}

/** dlogits[rows, columns] = dout[rows] * (softmax(logits) - 1 at the label); a label outside [0, columns) gives zeros. In place too. */
export function sparseCrossentropyGradient(
  labels: usize, logits: usize, dout: usize, dlogits: usize, rows: i32, columns: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(labels, rows);
  array(logits, rows, columns);
  array(dout, rows);
  array(dlogits, rows, columns);
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    const dx = at(dlogits, r * columns);
    const label = load<i32>(at(labels, r));
    if (<u32>label < <u32>columns) {
      rowGradient(true, 0, label, at(logits, r * columns), dx, columns, load<f32>(at(dout, r)));
    } else {
      for (let c = 0; c < columns; c += 4) storeSome(at(dx, c), f32x4.splat(0), columns - c);
    }
  }
}

/** dlogits[rows, columns] = dout[rows] * (softmax(logits) * sum of target - target). dlogits may be logits, not target. */
export function crossentropyGradient(
  target: usize, logits: usize, dout: usize, dlogits: usize, rows: i32, columns: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(target, rows, columns);
  array(logits, rows, columns);
  array(dout, rows);
  array(dlogits, rows, columns);
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    const offset = r * columns;
    rowGradient(false, at(target, offset), 0, at(logits, offset), at(dlogits, offset), columns, load<f32>(at(dout, r)));
  }
}
