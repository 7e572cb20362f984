// The naive form of assembly/softmax.ts, in f64. Each takes rows as arrays of `columns` numbers, one after another.
type Numbers = ArrayLike<number>;

export function mapRows(columns: number, inputs: Numbers[], f: (...rows: number[][]) => number[]): number[] {
  if (columns === 0) return [];
  return Array.from({ length: inputs[0].length / columns }, (_, r) =>
    f(...inputs.map((input) => Array.from(input).slice(r * columns, (r + 1) * columns))),
  ).flat();
}

export const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

export function logSoftmaxRow(x: number[]): number[] {
  const largest = Math.max(...x);
  const logSum = Math.log(sum(x.map((v) => Math.exp(v - largest))));
  return x.map((v) => v - largest - logSum);
}

export const softmax = (x: Numbers, columns: number) => mapRows(columns, [x], (row) => logSoftmaxRow(row).map(Math.exp));

export const logSoftmax = (x: Numbers, columns: number) => mapRows(columns, [x], logSoftmaxRow);

export const softmaxGradient = (y: Numbers, dy: Numbers, columns: number) =>
  mapRows(columns, [y, dy], (p, g) => {
    const dot = sum(p.map((w, j) => w * g[j]));
    return p.map((v, i) => v * (g[i] - dot));
  });

export const logSoftmaxGradient = (y: Numbers, dy: Numbers, columns: number) =>
  mapRows(columns, [y, dy], (logs, g) => {
    const total = sum(g);
    return logs.map((v, i) => g[i] - Math.exp(v) * total);
  });
