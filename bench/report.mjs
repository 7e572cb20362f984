// The results as text.
import { MISSING_NOTE } from './peers/missing.mjs';
import { SIDES } from './run.mjs';

/** @import { Report } from './node.mjs' */
/** @import { Row } from './run.mjs' */

/** Headings of the sides. */
export const TITLES = {
  keratin: 'keratin',
  threads2: '2 threads',
  scalar: 'scalar wasm',
  plain: 'plain JS',
  tfjsWasm: 'tfjs wasm',
  tfjsCpu: 'tfjs cpu',
};

export const WITHOUT_TFJS = 'TensorFlow.js is not among the sides: left out by --no-peers, or not installed, which `npm ci` does';

/** Seconds with three digits and the unit that fits. */
export function time(/** @type {number} */ seconds) {
  const [factor, unit] = seconds >= 1 ? [1, 's'] : seconds >= 1e-3 ? [1e3, 'ms'] : seconds >= 1e-6 ? [1e6, 'us'] : [1e9, 'ns'];
  return `${digits(seconds * factor)} ${unit}`;
}

export const digits = (/** @type {number} */ n) => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2));

/** The columns that some row has something in. @param {readonly Row[]} rows */
function columns(rows) {
  const others = SIDES.slice(1).filter((side) => rows.some(({ sides }) => sides[side]));
  return [
    { title: 'work', cell: (/** @type {Row} */ { group, name }) => `${group} ${name}` },
    { title: TITLES.keratin, cell: (/** @type {Row} */ { sides }) => time(sides.keratin.seconds) },
    { title: 'rate', cell: (/** @type {Row} */ { rate, unit }) => (unit ? `${digits(rate)} ${unit}` : '') },
    { title: 'of peak', cell: (/** @type {Row} */ { percentOfPeak, unit }) => (unit ? `${percentOfPeak.toFixed(0)} %` : '') },
    ...others.flatMap((side) => [
      { title: TITLES[side], cell: (/** @type {Row} */ { sides }) => (sides[side] ? time(sides[side].seconds) : '') },
      { title: 'ratio', cell: (/** @type {Row} */ { sides }) => (sides[side] ? `${digits(sides[side].ratio)}x` : '') },
    ]),
    { title: 'apart', cell: (/** @type {Row} */ { largestDifference }) => largestDifference.toExponential(0) },
  ];
}

/** @param {readonly Row[]} rows */
export function table(rows) {
  const shown = columns(rows);
  const lines = [shown.map(({ title }) => title), ...rows.map((row) => shown.map(({ cell }) => cell(row)))];
  const widths = shown.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  const text = lines.map(
    (line) => `| ${line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [text[0], rule, ...text.slice(1)].join('\n');
}

/** @param {Report['peaks']} peaks */
export function peakLine({ multiplyAdd, copyLeast, copyMost }) {
  const parts = [];
  if (multiplyAdd > 0) parts.push(`${multiplyAdd.toFixed(1)} GFLOP/s of f32x4 multiplications and additions`);
  if (copyMost > 0) parts.push(`${copyLeast.toFixed(1)} to ${copyMost.toFixed(1)} GB/s of copying, by the size of the arrays`);
  return parts.length > 0 ? `Peaks in the same run: ${parts.join('; ')}` : '';
}

/** @param {Report['machine']} machine */
const machineLine = ({ cpu, cores, node, v8, platform }) =>
  `${cpu}, ${cores} cores, ${platform}; Node ${node}, V8 ${v8}; one thread, unless a column says otherwise`;

/** @param {NonNullable<Report['memory']>} memory */
function memoryLine({ steps, before, after, flat }) {
  const change = (/** @type {keyof typeof before} */ part) => `${count(before[part])} -> ${count(after[part])} bytes`;
  return [
    `memory over ${count(steps)} small steps: ${flat ? 'flat' : 'GROWS'}`,
    `  wasm memory ${change('wasm')}, of it in use ${change('inUse')}, JavaScript's heap ${change('heap')}`,
  ].join('\n');
}

const count = (/** @type {number} */ n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** What has to be said about the sides of the rows. @param {Report} report */
function notes({ rows, peers }) {
  if (peers.tfjs === null) return [WITHOUT_TFJS];
  const lines = [`TensorFlow.js ${peers.tfjs}, wasm with SIMD`];
  if (rows.some(({ group }) => ['fit', 'text', 'lstm', 'vocabulary'].includes(group))) lines.push(MISSING_NOTE);
  return lines;
}

/** Everything that `npm run bench` prints. @param {Report} report */
export function reportText(report) {
  const { machine, peaks, rows, memory } = report;
  const parts = [[machineLine(machine), peakLine(peaks)].filter(Boolean).join('\n')];
  if (rows.length > 0) parts.push(table(rows), notes(report).join('\n'));
  if (memory) parts.push(memoryLine(memory));
  return parts.join('\n\n');
}
