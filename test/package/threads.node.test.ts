// Threads of the built package: in a process of its own, and in pages of hosts that allow them or not.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { engines } from '../../scripts/browsers.mjs';
import { isHere, pageOf, visit } from './browser.ts';
import { bundle } from './bundle.ts';
import { builtEntry, root } from './program.ts';

/** Prints, for two products, one before there may be threads, whether the bits agree, and what `backendInfo` says. */
const program = (from: string, threads = 'setThreads(2);') => `
import { backendInfo, ops, setThreads, tensor } from ${JSON.stringify(from)};
const n = 256;
const values = (k) => tensor(Float32Array.from({ length: n * n }, (_, i) => ((i * k) % 1013) / 1013 - 0.5), [n, n]);
const [a, b] = [values(7), values(13)];
setThreads(1);
const expected = ops.matmul(a, b).data;
${threads}
for (let i = 0; i < 500 && backendInfo().threads < 2; i++) {
  ops.matmul(a, b);
  if (!/no plan|starting/.test(backendInfo().reason)) break;
  await new Promise((resolve) => setTimeout(resolve, 10));
}
const equal = ops.matmul(a, b).data.every((x, i) => Object.is(x, expected[i]));
const { shared, reason, threads } = backendInfo();
console.log(JSON.stringify({ equal, shared, threads, reason }));
`;

describe('a process', () => {
  const entry = pathToFileURL(builtEntry()).href;
  const run = (source = program(entry), ...flags: string[]) =>
    // A process that a worker keeps alive is killed, and has no status.
    spawnSync(process.execPath, [...flags, '--input-type=module', '-e', source], { encoding: 'utf8', timeout: 30_000 });

  it('has threads without an import, and ends by itself', () => {
    const { stdout, stderr, status } = run();
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ equal: true, shared: true, threads: 2, reason: 'setThreads(2) was called' });
    expect(status).toBe(0);
  });

  it('ends while its workers start', () => {
    const { stdout, stderr, status } = run(`
      import { backendInfo, ops, setThreads, tensor } from ${JSON.stringify(entry)};
      setThreads(4);
      const a = tensor(new Float32Array(256 * 256), [256, 256]);
      ops.matmul(a, a);
      console.log(backendInfo().reason);`);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^workers are starting: \d of 3 are ready\n$/);
    expect(status).toBe(0);
  });

  it('goes on with one thread where workers are not allowed', () => {
    const { stdout, status } = run(undefined, '--experimental-permission', '--allow-fs-read=*');
    const { reason, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({ equal: true, shared: true, threads: 1 });
    expect(reason).toMatch(/refused workers/);
    expect(status).toBe(0);
  });
});

const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
/** As package.json exports it: `keratin/worker`. */
const worker = `${root}dist/worker.js`;

const policy = { 'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" };

// Once more where a browser hangs as it opens a page, which WebKit does on a busy machine.
describe.each(engines.filter(isHere))('a page in %s', { retry: 1 }, (engine) => {
  it.each([
    ['isolated', isolation, { equal: true, shared: true, threads: 2 }, /^setThreads/],
    ['not isolated', {}, { equal: true, shared: false, threads: 1 }, /not cross-origin isolated/],
    [
      'isolated, with a policy that forbids workers',
      { ...isolation, ...policy },
      { equal: true, shared: true, threads: 1 },
      /worker|refused/,
    ],
  ])('that is %s', async (_, headers, expected, why) => {
    const outcome = await visit({ ...pageOf('bundle.js'), 'bundle.js': await bundle({ text: program('keratin') }) }, headers, '', engine);
    expect(outcome.error).toBeUndefined();
    const { reason, ...rest } = JSON.parse(outcome.lines.at(-1) ?? '');
    expect(rest).toEqual(expected);
    expect(reason).toMatch(why);
  });

  it('that forbids blob: workers has threads from a file', async () => {
    const text = program('keratin', "setThreads(2, { worker: new URL('keratin-worker.js', location.href) });");
    const files = { ...pageOf('bundle.js'), 'bundle.js': await bundle({ text }), 'keratin-worker.js': readFileSync(worker, 'utf8') };
    const outcome = await visit(files, { ...isolation, ...policy }, '', engine);
    expect(outcome.error).toBeUndefined();
    expect(JSON.parse(outcome.lines.at(-1) ?? '')).toEqual({ equal: true, shared: true, threads: 2, reason: 'setThreads(2) was called' });
  });

  it('whose file is not there says so', async () => {
    const text = program('keratin', "setThreads(2, { worker: '/nowhere.js' });");
    const outcome = await visit({ ...pageOf('bundle.js'), 'bundle.js': await bundle({ text }) }, isolation, '', engine);
    const { reason, ...rest } = JSON.parse(outcome.lines.at(-1) ?? '');
    expect(rest).toEqual({ equal: true, shared: true, threads: 1 });
    expect(reason).toContain('/nowhere.js could not be loaded as a worker');
  });
});
