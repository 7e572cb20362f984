// The results as text.

/** Seconds with three digits and the unit that fits. */
function time(/** @type {number} */ seconds) {
  const [factor, unit] = seconds >= 1 ? [1, 's'] : seconds >= 1e-3 ? [1e3, 'ms'] : seconds >= 1e-6 ? [1e6, 'us'] : [1e9, 'ns'];
  return `${digits(seconds * factor)} ${unit}`;
}

const digits = (/** @type {number} */ n) => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2));

/** @param {import('./run.mjs').Row} row */
function cells({ group, name, simd, scalar, plain, rate, unit, percentOfPeak }) {
  const against = (/** @type {{ seconds: number, ratio: number }} */ { seconds, ratio }) => [time(seconds), `${digits(ratio)}x`];
  return [
    `${group} ${name}`,
    time(simd.seconds),
    `${digits(rate)} ${unit}`,
    `${percentOfPeak.toFixed(0)} %`,
    ...against(scalar),
    ...against(plain),
  ];
}

const header = ['work', 'SIMD wasm', 'rate', 'of peak', 'scalar wasm', 'ratio', 'plain JS', 'ratio'];

/** @param {readonly import('./run.mjs').Row[]} rows */
export function table(rows) {
  const lines = [header, ...rows.map(cells)];
  const widths = header.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  const text = lines.map(
    (line) => `| ${line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [text[0], rule, ...text.slice(1)].join('\n');
}

/** @param {import('./run.mjs').Report['machine']} machine */
export const machineLine = ({ cpu, cores, node, v8, platform }) =>
  `${cpu}, ${cores} cores, ${platform}; Node ${node}, V8 ${v8}; one thread`;

/** @param {import('./run.mjs').Report['peaks']} peaks */
export function peakLine({ multiplyAdd, copyLeast, copyMost }) {
  const parts = [];
  if (multiplyAdd > 0) parts.push(`${multiplyAdd.toFixed(1)} GFLOP/s of f32x4 multiplications and additions`);
  if (copyMost > 0) parts.push(`${copyLeast.toFixed(1)} to ${copyMost.toFixed(1)} GB/s of copying, by the size of the arrays`);
  return `Peaks in the same run: ${parts.join('; ')}`;
}

/** @param {NonNullable<import('./run.mjs').Report['calls']>} calls */
export function callsText({ fit, predict }) {
  return [
    `restaurant model, 100 epochs of fit, warm: ${fit.milliseconds.toFixed(2)} ms (median of ${fit.runs} runs, best ${fit.best.toFixed(2)})`,
    `  measured elsewhere, on another machine of this kind: Keras 2,500 ms, TensorFlow.js 100 ms`,
    `restaurant model, predict of one row, warm: ${(predict.milliseconds * 1000).toFixed(1)} us (median of ${predict.runs} runs)`,
  ].join('\n');
}
