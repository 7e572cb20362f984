// Every test there is, after a build: what `npm test` runs, all random cases of which it draws a part, and hosts that take packages
// of their own. Each part says how long it took; the last line is the sum of their counts, `N passed, N failed`.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Files of tests that draw random cases. */
const drawing = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts') && /\b(draws|survives)\(/.test(readFileSync(`test/${path}`, 'utf8')))
  .map((path) => `test/${path}`);

/** @type {Record<string, { words: string[], variables?: Record<string, string> }>} */
const parts = {
  'npm test': { words: ['scripts/test.mjs'] },
  'all random cases': { words: ['scripts/test.mjs', '--project', 'node', ...drawing], variables: { KERATIN_TEST_DRAWS: 'all' } },
  'npm run test:hosts': { words: ['test/hosts/run.mjs', 'esbuild', 'vite', 'webpack'] },
};

const sum = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const lines = [];
for (const [name, { words, variables }] of Object.entries(parts)) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const { code, last } = await run(words, { ...process.env, ...variables });
  const [passed, failed, skipped] = countsIn(last) ?? [0, 0, 0];
  // A part that ends badly without a failure to show for it has failed all the same.
  const unseen = Number(failed === 0 && (code !== 0 || passed === 0));
  sum.passed += passed;
  sum.failed += failed + unseen;
  sum.skipped += skipped;
  lines.push(
    `${name.padEnd(20)} ${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s  ${unseen ? `ended with ${code}: ${last}` : last}`,
  );
}

console.log(`\n${lines.join('\n')}`);
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
process.exitCode = sum.passed > 0 && sum.failed === 0 ? 0 : 1;

/**
 * Runs a script, shows what it prints, and gives its exit code and last line.
 *
 * @param {readonly string[]} words
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number | null, last: string }>}
 */
function run(words, env) {
  const child = spawn(process.execPath, words, { env, stdio: ['inherit', 'pipe', 'inherit'] });
  let tail = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    process.stdout.write(text);
    tail = (tail + text).slice(-1000);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, last: tail.trimEnd().split('\n').at(-1) ?? '' }));
  });
}

/** @param {string} line */
function countsIn(line) {
  const found = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(line);
  return found?.slice(1).map((count) => Number(count ?? 0));
}
