// The naive form of assembly/normalization.ts. Matrices are flat, [rows, columns].
type Numbers = ArrayLike<number>;

export interface Moments {
  readonly mean: number[];
  readonly scale: number[];
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const rowsOf = (x: Numbers, columns: number) =>
  Array.from({ length: columns ? x.length / columns : 0 }, (_, r) => Array.from({ length: columns }, (_, c) => x[r * columns + c]));
const columnsOf = (x: Numbers, columns: number) =>
  Array.from({ length: columns }, (_, c) => Array.from({ length: x.length / columns }, (_, r) => x[r * columns + c]));

export function rowMoments(x: Numbers, columns: number, epsilon: number): Moments {
  const mean = rowsOf(x, columns).map((row) => sum(row) / columns);
  const scale = rowsOf(x, columns).map((row, r) => 1 / Math.sqrt(sum(row.map((v) => (v - mean[r]) ** 2)) / columns + epsilon));
  return { mean, scale };
}

export const columnMeans = (x: Numbers, columns: number, weights?: Numbers): number[] =>
  columnsOf(x, columns).map((column) => sum(column.map((v, r) => v * (weights ? weights[r] : 1 / column.length))));

export function columnVariances(x: Numbers, columns: number, mean: Numbers, weights?: Numbers): number[] {
  return columnsOf(x, columns).map((column, c) =>
    sum(column.map((v, r) => (v - mean[c]) ** 2 * (weights ? weights[r] : 1 / column.length))),
  );
}

/** (x - mean) scale, with the moments of rows or of columns. */
export function normalized(x: Numbers, columns: number, { mean, scale }: { mean: Numbers; scale: Numbers }, perRow: boolean): number[] {
  return Array.from(x, (v, i) => {
    const k = perRow ? Math.floor(i / columns) : i % columns;
    return (v - mean[k]) * scale[k];
  });
}

export const affine = (n: readonly number[], columns: number, gamma?: Numbers, beta?: Numbers): number[] =>
  n.map((v, i) => v * (gamma ? gamma[i % columns] : 1) + (beta ? beta[i % columns] : 0));

/** The sum of dy n along each column. */
export const dots = (n: readonly number[], dy: Numbers, columns: number): number[] =>
  columnsOf(
    n.map((v, i) => v * dy[i]),
    columns,
  ).map(sum);

export function layerGradient(x: Numbers, columns: number, moments: Moments, dy: Numbers, gamma?: Numbers): number[] {
  const n = rowsOf(normalized(x, columns, moments, true), columns);
  const g = rowsOf(
    Array.from(dy, (v, i) => v * (gamma ? gamma[i % columns] : 1)),
    columns,
  );
  return g.flatMap((row, r) => {
    const [mean, dot] = [sum(row) / columns, sum(row.map((v, c) => v * n[r][c])) / columns];
    return row.map((v, c) => moments.scale[r] * (v - mean - n[r][c] * dot));
  });
}

export function columnsGradient(x: Numbers, columns: number, moments: Moments, dy: Numbers, gamma?: Numbers, weights?: Numbers): number[] {
  const n = normalized(x, columns, moments, false);
  const total = columnsOf(dy, columns).map(sum);
  const dot = dots(n, dy, columns);
  return Array.from(dy, (v, i) => {
    const [r, c] = [Math.floor(i / columns), i % columns];
    const w = weights ? weights[r] : columns / x.length;
    return moments.scale[c] * (gamma ? gamma[c] : 1) * (v - w * (total[c] + n[i] * dot[c]));
  });
}
