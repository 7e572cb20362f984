// Approximate quantiles of data, by Keras's formulas (keras/src/layers/preprocessing/discretization.py): a summary is a list of
// ascending values, each standing for `weight` numbers.

export interface Summary {
  readonly values: readonly number[];
  readonly weights: readonly number[];
}

/** About 1 / epsilon of the values, evenly spaced in order of size. */
export function summarize(data: ArrayLike<number>, epsilon: number): Summary {
  const sorted = Float32Array.from(data).sort();
  const step = Math.max(sorted.length / (1 / epsilon), 1);
  const values: number[] = [];
  for (let i = Math.floor(step - 1); i < sorted.length; i += Math.floor(step)) values.push(sorted[i]);
  return { values, weights: values.map(() => Math.fround(step)) };
}

/** Both together, compressed. */
export function mergeSummaries(a: Summary, b: Summary, epsilon: number): Summary {
  const all = [a, b].flatMap(({ values, weights }) => values.map((value, i) => [value, weights[i]] as const));
  all.sort(([x], [y]) => x - y);
  return compress({ values: all.map(([value]) => value), weights: all.map(([, weight]) => weight) }, epsilon);
}

/** The bounds between `bins` bins of about the same weight. */
export const binBoundaries = (summary: Summary, bins: number): number[] => compress(summary, 1 / bins).values.slice(0, -1);

/** At most about 1 / epsilon values, at equal distances in weight. */
function compress(summary: Summary, epsilon: number): Summary {
  const { values, weights } = summary;
  if (values.length * epsilon < 1) return summary;
  let sum = 0;
  const cumulated = weights.map((weight) => (sum = Math.fround(sum + weight)));
  const parts = cumulated.map((weight) => Math.fround(weight / sum));
  const count = Math.ceil(1 / epsilon);
  const percents = Array.from({ length: count }, (_, i) => epsilon + i * epsilon);
  const ends = percents.map((percent) => interpolate(percent, parts, cumulated));
  return {
    values: percents.map((percent) => Math.fround(interpolate(percent, parts, values))),
    weights: ends.map((end, i) => Math.fround(end - (i === 0 ? 0 : ends[i - 1]))),
  };
}

/** The piecewise linear function through (xs[i], ys[i]) at x, constant outside: NumPy's interp. */
function interpolate(x: number, xs: readonly number[], ys: readonly number[]): number {
  const last = xs.length - 1;
  if (x >= xs[last]) return ys[last];
  if (x < xs[0]) return ys[0];
  let i = 0;
  while (i + 1 < last && xs[i + 1] <= x) i++;
  return ((ys[i + 1] - ys[i]) / (xs[i + 1] - xs[i])) * (x - xs[i]) + ys[i];
}
