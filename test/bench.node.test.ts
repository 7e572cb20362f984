import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { root } from './package/program.ts';

const run = promisify(execFile);
const bench = (...words: string[]) => run(process.execPath, ['bench/index.mjs', ...words], { cwd: root });

interface Side {
  seconds: number;
  ratio: number;
}

interface Row {
  group: string;
  name: string;
  unit: string;
  rate: number;
  peak: number;
  percentOfPeak: number;
  largestDifference: number;
  simd: { seconds: number };
  scalar: Side;
  plain: Side;
}

interface Call {
  milliseconds: number;
  best: number;
  runs: number;
}

describe('npm run bench -- --json --quick', async () => {
  const report = JSON.parse((await bench('--json', '--quick')).stdout);
  const rows: Row[] = report.rows;

  it('has every group, with all forms of matmul', () => {
    expect([...new Set(rows.map(({ group }) => group))]).toEqual([
      'matmul',
      'gather',
      'accumulate',
      'adam',
      'exp',
      'tanh',
      'sigmoid',
      'step',
    ]);
    const matmuls = rows.filter(({ group }) => group === 'matmul').map(({ name }) => name);
    for (const form of ['A B', 'A Bt', 'At B', 'At Bt']) expect(matmuls).toContain(`17 x 17 x 17, ${form}`);
  });

  it.each(rows)('$group $name: SIMD, scalar and plain kernels agree', ({ largestDifference }) => {
    expect(largestDifference).toBeGreaterThanOrEqual(0);
    expect(largestDifference).toBeLessThan(2e-5);
  });

  it.each(rows)(
    '$group $name: times, ratios and part of the peak belong together',
    ({ unit, rate, peak, percentOfPeak, simd, scalar, plain }) => {
      expect(['GFLOP/s', 'GB/s']).toContain(unit);
      expect(simd.seconds).toBeGreaterThan(0);
      for (const { seconds, ratio } of [scalar, plain]) expect(ratio).toBeCloseTo(seconds / simd.seconds, 6);
      expect(percentOfPeak).toBeCloseTo((100 * rate) / peak, 6);
    },
  );

  it('names the machine and the whole calls', () => {
    expect(Object.keys(report.machine)).toEqual(['cpu', 'cores', 'platform', 'node', 'v8']);
    for (const call of [report.calls.fit, report.calls.predict] as Call[]) {
      expect(call.milliseconds).toBeGreaterThanOrEqual(call.best);
      expect(call.best).toBeGreaterThan(0);
    }
  });
});

describe('npm run bench', () => {
  it('prints a table of the groups asked for', async () => {
    const { stdout } = await bench('--quick', 'exp');
    const lines = stdout.split('\n').filter((line) => line.startsWith('|'));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/work .* SIMD wasm .* of peak .* scalar wasm .* ratio .* plain JS .* ratio/);
    expect(lines[2]).toMatch(/^\| exp 101 numbers /);
    expect(stdout).not.toContain('fit');
  });

  it('refuses a name it does not know', async () => {
    await expect(bench('matmull')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expected names among matmul, gather'),
    });
  });
});
