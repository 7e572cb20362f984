// Counts for metrics. Thread 0 adds them up, in the order of the elements: a few numbers per sample are soon counted, and
// a sum is then the same for any number of threads.
import { array, arrayOrNone, runsOn } from './check';
import { partition } from './partition';

// @ts-ignore: decorator
@inline
function at(pointer: usize, i: i32): usize {
  return pointer + (<usize>i << 2);
}

// @ts-ignore: decorator
@inline
function number(pointer: usize, i: i32): f32 {
  return load<f32>(at(pointer, i));
}

// @ts-ignore: decorator
@inline
function addTo(pointer: usize, amount: f64): void {
  store<f32>(pointer, load<f32>(pointer) + <f32>amount);
}

/**
 * state[4] += weights of true positives, false positives, false negatives and true negatives: positive is a target that is not
 * 0 and a prediction above the threshold. Weights at address 0 are all 1.
 */
export function confusion(target: usize, prediction: usize, weights: usize, state: usize, n: i32, threshold: f32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(target, n);
  array(prediction, n);
  arrayOrNone(weights, n);
  array(state, 4);
  if (thread != 0) return;
  let truePositives: f64 = 0;
  let falsePositives: f64 = 0;
  let falseNegatives: f64 = 0;
  let trueNegatives: f64 = 0;
  for (let i = 0; i < n; i++) {
    const weight: f64 = weights ? <f64>number(weights, i) : 1;
    const found = number(prediction, i) > threshold;
    if (number(target, i) != 0) {
      if (found) truePositives += weight;
      else falseNegatives += weight;
    } else {
      if (found) falsePositives += weight;
      else trueNegatives += weight;
    }
  }
  addTo(state, truePositives);
  addTo(state + 4, falsePositives);
  addTo(state + 8, falseNegatives);
  addTo(state + 12, trueNegatives);
}

/**
 * state[0, bucket] += target * weight and state[1, bucket] += (1 - target) * weight, with bucket = ceil(p * (buckets - 1)) - 1,
 * at least 0, for predictions p limited to [0, 1] (NaN counts as 0). Weights at address 0 are all 1.
 */
export function histogram(target: usize, prediction: usize, weights: usize, state: usize, n: i32, buckets: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(target, n);
  array(prediction, n);
  arrayOrNone(weights, n);
  array(state, 2, buckets);
  if (thread != 0) return;
  for (let i = 0; i < n; i++) {
    let p = number(prediction, i);
    p = p > 0 ? min<f32>(p, 1) : 0;
    const bucket = max(<i32>ceil<f32>(p * <f32>(buckets - 1)) - 1, 0);
    const weight: f32 = weights ? number(weights, i) : 1;
    const positive = number(target, i);
    addTo(at(state, bucket), positive * weight);
    addTo(at(state, buckets + bucket), (1 - positive) * weight);
  }
}

/** y[rows] = 1 where fewer than k of x[row, columns] are above x[row, label], else 0; 0 too for NaN or a label outside the row. */
export function inTopK(labels: usize, x: usize, y: usize, rows: i32, columns: i32, k: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(labels, rows);
  array(x, rows, columns);
  array(y, rows);
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    const row = at(x, r * columns);
    const label = load<i32>(at(labels, r));
    let found: f32 = 0;
    if (<u32>label < <u32>columns) {
      const score = number(row, label);
      let above = 0;
      for (let c = 0; c < columns; c++) above += i32(!(number(row, c) <= score));
      found = f32(above < k);
    }
    store<f32>(at(y, r), found);
  }
}

/** y[rows, columns] = x where it is among the k largest of its row (of equals the first), else -1e10. */
export function keepTopK(x: usize, y: usize, rows: i32, columns: i32, k: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, rows, columns);
  array(y, rows, columns);
  const none: f32 = -1e10;
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    const row = at(x, r * columns);
    const out = at(y, r * columns);
    for (let c = 0; c < columns; c++) store<f32>(at(out, c), none);
    let last: f32 = Infinity;
    let lastAt = -1;
    for (let taken = 0; taken < k; taken++) {
      // The next in the order of size, then place.
      let best = -1;
      for (let c = 0; c < columns; c++) {
        const v = number(row, c);
        if (!(v < last || (v == last && c > lastAt))) continue;
        if (best < 0 || v > number(row, best)) best = c;
      }
      if (best < 0) break;
      last = number(row, best);
      lastAt = best;
      store<f32>(at(out, best), last);
    }
  }
}
