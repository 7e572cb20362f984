// The page of the bench in a Chromium, on small sizes.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pageFiles } from '../../bench/browser/files.mjs';
import { isHere, visit } from '../package/browser.ts';
import { root } from '../package/program.ts';

const tfjs = existsSync(`${root}/node_modules/@tensorflow/tfjs-core`);
/** With these a page's clock is finer, and it has SharedArrayBuffer. */
const isolating = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

describe.runIf(isHere('chromium'))('the page of the bench', async () => {
  const files = await pageFiles();

  it('draws bars for every work, keratin and plain JavaScript in each', async () => {
    const { lines, error } = await visit(files, isolating, '?run&quick&nopeers');
    expect(error).toBeUndefined();
    const rows = lines.slice(0, -1);
    const groups = [...new Set(rows.map((row) => row.split(' ')[0]))];
    expect(groups).toEqual('matmul gather accumulate adam exp tanh sigmoid step fit text lstm vocabulary'.split(' '));
    for (const row of rows) {
      expect(row).toMatch(/keratin\s+[\d.]+ (ns|us|ms|s)\s/);
      expect(row).toMatch(/plain JS\s+[\d.]+ (ns|us|ms|s), [\d.]+x/);
      expect(row).toMatch(/results at most \d+e[+-]\d+ apart/);
      expect(row).not.toContain('tfjs');
    }
  });

  it.runIf(tfjs)('has both backends of TensorFlow.js', async () => {
    const { lines, error, isolated } = await visit(files, isolating, '?run&quick&groups=exp,fit,text');
    expect(error).toBeUndefined();
    expect(isolated).toBe(true);
    expect(lines).toHaveLength(5);
    for (const row of lines.slice(0, -1)) {
      expect(row).toMatch(/tfjs wasm\s+[\d.]+ (ns|us|ms|s), [\d.]+x/);
      expect(row).toMatch(/tfjs cpu\s+[\d.]+ (ns|us|ms|s), [\d.]+x/);
    }
    expect(lines.at(-1)).toContain('TensorFlow.js 4.22.0');
  });

  it('says what went wrong', async () => {
    const { error } = await visit({ ...files, 'peaks.wasm': new Uint8Array(4) }, {}, '?run&quick&nopeers');
    expect(error).toContain('WebAssembly.compile');
  });
});
