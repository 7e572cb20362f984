// Runs every test in Node, and in Chromium, Firefox and WebKit what depends on the engine (vitest.config.ts says what that is).
// Browsers that are not there are named at the end, and in CI they must be there. Arguments are vitest's: `npm test -- softmax`.
// The last line is `N passed, N failed`; the exit code is 0 only when something passed and nothing failed.
import { engines, findBrowser, missing } from './browsers.mjs';
import { CountingReporter } from './counting-reporter.mjs';

const CLOSE_MILLISECONDS = 20_000;

// Read by vitest while it loads, hence the import below this line.
if (!process.stdout.isTTY) process.env.NO_COLOR ??= '1';
const { parseCLI, startVitest } = await import('vitest/node');

const counts = new CountingReporter();
try {
  const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
  // `--reporter=verbose` arrives as the property `reporter`, which the types leave out.
  const { reporter, ...others } = /** @type {typeof options & { reporter?: string | string[] }} */ (options);
  const reporters = [...[reporter ?? 'dot'].flat(), counts];
  const vitest = await startVitest('test', filter, { ...others, run: true, watch: false, reporters });
  await Promise.race([vitest.close(), new Promise((resolve) => setTimeout(resolve, CLOSE_MILLISECONDS))]);
} catch (error) {
  console.error(error);
  counts.failed++;
}

try {
  for (const engine of engines.filter((name) => !findBrowser(name))) {
    console.log(`\n${missing(engine)}`);
    if (process.env.CI === 'true') counts.failed++;
  }
} catch {
  // A variable that leads nowhere has already failed the run, in the config.
}

const { passed, failed, skipped, seconds } = counts;
console.log('');
for (const [project, time] of seconds) console.log(`${project.padEnd(9)} ${time.toFixed(0).padStart(4)} s`);
const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
process.stdout.write(`${line}\n`, () => process.exit());
