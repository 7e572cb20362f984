import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { root } from '../package/program.ts';

const run = promisify(execFile);
const bench = (...words: string[]) => run(process.execPath, ['bench/index.mjs', ...words], { cwd: root, maxBuffer: 2 ** 24 });

const tfjs = existsSync(`${root}/node_modules/@tensorflow/tfjs-core`);
const backends = tfjs ? ['tfjsWasm', 'tfjsCpu'] : [];

interface Row {
  group: string;
  name: string;
  unit?: string;
  rate: number;
  peak: number;
  percentOfPeak: number;
  largestDifference: number;
  sides: Record<string, { seconds: number; ratio: number }>;
}

interface Bytes {
  wasm: number;
  inUse: number;
  heap: number;
}

describe('npm run bench -- --json --quick', async () => {
  const report = JSON.parse((await bench('--json', '--quick')).stdout);
  const rows: Row[] = report.rows;
  const named = (text: string) => rows.find(({ group, name }) => `${group} ${name}`.includes(text)) as Row;

  it('has every group, with all forms of matmul', () => {
    expect([...new Set(rows.map(({ group }) => group))]).toEqual(
      'matmul gather accumulate adam exp tanh sigmoid step fit text lstm vocabulary start'.split(' '),
    );
    const matmuls = rows.filter(({ group }) => group === 'matmul').map(({ name }) => name);
    for (const form of ['A B', 'A Bt', 'At B', 'At Bt']) expect(matmuls).toContain(`17 x 17 x 17, ${form}`);
  });

  it.each([
    ['matmul 17 x 17 x 17, A B', ['scalar', 'plain', ...backends]],
    ['gather', ['scalar', 'plain', ...backends]],
    ['accumulate', ['scalar', 'plain']],
    ['adam', ['scalar', 'plain', ...backends]],
    ['step', ['scalar', 'plain']],
    ['fit restaurant', ['plain', ...backends]],
    ['predict of one row', ['plain', ...backends]],
    ['Dense 16', ['plain', ...backends]],
    ['LSTM 5, step', ['plain', ...backends]],
    ['LSTM 5, predict', ['plain', ...backends]],
    [', Adam, step', ['plain', ...backends]],
    [', LazyAdam, step', ['plain']],
    ['first prediction', backends],
  ])('%s: keratin against %j', (name, others) => {
    expect(Object.keys(named(name).sides).filter((side) => side !== 'threads2')).toEqual(['keratin', ...others]);
  });

  it.each(rows)('$group $name: all sides agree', ({ group, name, largestDifference }) => {
    expect(largestDifference).toBeGreaterThanOrEqual(0);
    expect(largestDifference).toBeLessThan(name.includes('epochs') ? 1e-3 : /^(text|lstm|vocabulary)$/.test(group) ? 1e-4 : 2e-5);
  });

  it.each(rows)('$group $name: times, ratios and part of the peak belong together', ({ unit, rate, peak, percentOfPeak, sides }) => {
    for (const { seconds, ratio } of Object.values(sides)) {
      expect(seconds).toBeGreaterThan(0);
      expect(ratio).toBeCloseTo(seconds / sides.keratin.seconds, 6);
    }
    if (unit === undefined) return;
    expect(['GFLOP/s', 'GB/s']).toContain(unit);
    expect(percentOfPeak).toBeCloseTo((100 * rate) / peak, 6);
  });

  it('names the machine and TensorFlow.js', () => {
    expect(Object.keys(report.machine)).toEqual(['cpu', 'cores', 'platform', 'node', 'v8']);
    expect(report.peers.tfjs).toBe(tfjs ? '4.22.0' : null);
  });

  it('finds the memory of many steps flat', () => {
    const { steps, before, after, flat }: { steps: number; before: Bytes; after: Bytes; flat: boolean } = report.memory;
    expect(steps).toBe(1000);
    expect(after.wasm).toBe(before.wasm);
    expect(after.inUse).toBeGreaterThan(0);
    expect(after.inUse).toBeLessThanOrEqual(before.inUse);
    expect(flat).toBe(true);
  });
});

describe('npm run bench', () => {
  it('prints a table of the groups asked for, and says what is missing without TensorFlow.js', async () => {
    const { stdout } = await bench('--quick', '--no-peers', 'exp', 'vocabulary');
    const lines = stdout.split('\n').filter((line) => line.startsWith('|'));
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(/work .* keratin .* rate .* of peak .* scalar wasm .* ratio .* plain JS .* ratio .* apart/);
    expect(lines[2]).toMatch(/^\| exp 101 numbers /);
    expect(lines[4]).toMatch(/^\| vocabulary 50 words, LazyAdam, step/);
    expect(stdout).not.toContain('fit');
    expect(stdout).not.toContain('tfjs');
    expect(stdout).toContain('TensorFlow.js is not among the sides');
  });

  it.runIf(tfjs)('says by which kernel an Embedding is trained in TensorFlow.js', async () => {
    const { stdout } = await bench('--quick', 'text');
    expect(stdout).toMatch(/tfjs wasm .* tfjs cpu/);
    expect(stdout).toMatch(/TensorFlow\.js 4\.22\.0.*\n.*UnsortedSegmentSum.*plain JavaScript/);
  });

  it('refuses a name it does not know', async () => {
    await expect(bench('matmull')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expected names among matmul, gather'),
    });
  });
});
