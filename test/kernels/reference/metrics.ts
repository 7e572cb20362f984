// Naive forms of assembly/metrics.ts.

type Numbers = ArrayLike<number>;

/** True positives, false positives, false negatives and true negatives. */
export function confusion(target: Numbers, prediction: Numbers, weights: Numbers | undefined, threshold: number): number[] {
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < target.length; i++) {
    const found = prediction[i] > threshold;
    counts[target[i] !== 0 ? (found ? 0 : 2) : found ? 1 : 3] += weights ? weights[i] : 1;
  }
  return counts;
}

/** Targets, then 1 - targets, in the bucket of each prediction. */
export function histogram(target: Numbers, prediction: Numbers, weights: Numbers | undefined, buckets: number): number[] {
  const sums = new Array<number>(2 * buckets).fill(0);
  for (let i = 0; i < target.length; i++) {
    const p = Number.isNaN(prediction[i]) ? 0 : Math.min(Math.max(prediction[i], 0), 1);
    const bucket = Math.max(Math.ceil(Math.fround(p * (buckets - 1))) - 1, 0);
    const weight = weights ? weights[i] : 1;
    sums[bucket] += target[i] * weight;
    sums[buckets + bucket] += (1 - target[i]) * weight;
  }
  return sums;
}

/** 1 where the label's number is among the k largest of its row, ties with the last of them included. */
export function inTopK(labels: Numbers, x: Numbers, columns: number, k: number): number[] {
  return Array.from(labels, (label, r) => {
    const row = Array.from({ length: columns }, (_, c) => x[r * columns + c]);
    if (label < 0 || label >= columns) return 0;
    return row.filter((v) => !(v <= row[label])).length < k ? 1 : 0;
  });
}

/** Each row's k largest numbers at their places, -1e10 elsewhere; of equal numbers the first are kept. */
export function keepTopK(x: Numbers, rows: number, columns: number, k: number): number[] {
  const y = new Array<number>(rows * columns).fill(-1e10);
  for (let r = 0; r < rows; r++) {
    const places = Array.from({ length: columns }, (_, c) => r * columns + c).sort((a, b) => x[b] - x[a] || a - b);
    for (const place of places.slice(0, k)) y[place] = x[place];
  }
  return y;
}
