// Histograms as TensorBoard keeps them (tensorboard/plugins/histogram/summary_v2.py): equal steps from the smallest to the
// largest value.

export const BUCKETS = 30;

/**
 * [left edge, right edge, count] of each bucket, one after the other. Values that are not finite are left out. When all
 * values are equal, every bucket is as narrow as that value, and the last one holds them all.
 */
export function bucketsOf(values: Float32Array): Float64Array {
  const rows = new Float64Array(BUCKETS * 3);
  let min = Infinity;
  let max = -Infinity;
  let count = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    count++;
  }
  if (count === 0) return rows;
  const width = (max - min) / BUCKETS;
  for (let i = 0; i < BUCKETS; i++) {
    rows[i * 3] = i === 0 ? min : min + i * width;
    rows[i * 3 + 1] = i === BUCKETS - 1 ? max : min + (i + 1) * width;
  }
  if (min === max) {
    rows[BUCKETS * 3 - 1] = count;
    return rows;
  }
  for (const value of values) {
    if (Number.isFinite(value)) rows[Math.min(BUCKETS - 1, Math.floor((value - min) / width)) * 3 + 2]++;
  }
  return rows;
}
