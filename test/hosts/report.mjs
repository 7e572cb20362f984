// Checks and sizes, told while they come and counted at the end.
import { budget, sized } from './budgets.mjs';

/** Of an error. */
const MOST_LINES = 12;

const counts = { passed: 0, failed: 0 };
/** @type {string[]} */
const skipped = [];
/** @type {Map<string, Partial<Record<import('./budgets.mjs').Sized, number>>>} */
const sizes = new Map();

/**
 * Runs a check and says how it ended. It fails by throwing.
 *
 * @param {string} name
 * @param {() => void | Promise<void>} body
 */
export async function check(name, body) {
  const start = Date.now();
  try {
    await body();
    counts.passed++;
    console.log(`pass ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    counts.failed++;
    const lines = String(/** @type {Error} */ (error)?.message ?? error)
      .trim()
      .split('\n');
    const told = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), `(${lines.length - MOST_LINES} lines more)`] : lines;
    console.log([`FAIL ${name}`, ...told].join('\n     '));
  }
}

/**
 * Says that a host was not tried.
 *
 * @param {string} name
 * @param {string} why
 */
export function skip(name, why) {
  skipped.push(name);
  console.log(`SKIPPED ${name}: ${why}`);
}

/**
 * Holds a size against its budget.
 *
 * @param {string} bundler
 * @param {import('./budgets.mjs').Sized} program
 * @param {number | undefined} bytes undefined when there is no bundle
 */
export async function checkSize(bundler, program, bytes) {
  sizes.set(bundler, { ...sizes.get(bundler), [program]: bytes });
  const most = budget(program, bundler);
  await check(`${bundler}: size of ${sized[program]}`, () => {
    if (bytes === undefined) throw new Error('the bundler made nothing');
    if (bytes > most) throw new Error(`expected at most ${most} bytes, got ${bytes}`);
  });
}

/** Prints the table of sizes and the last line; gives the exit code. */
export function finish() {
  if (sizes.size > 0) {
    const programs = /** @type {import('./budgets.mjs').Sized[]} */ (Object.keys(sized));
    console.log(`\nkB gzipped, kernels included: ${programs.map((name) => `${name} = ${sized[name]}`).join('; ')}`);
    console.log(['', ...programs].map((name) => name.padStart(20)).join(''));
    for (const [bundler, of] of sizes) {
      const cells = programs.map((name) => (of[name] === undefined ? '-' : /** @type {number} */ (of[name] / 1000).toFixed(1)));
      console.log([bundler, ...cells].map((cell) => cell.padStart(20)).join(''));
    }
  }
  if (skipped.length > 0) console.log(`\nNot tried: ${skipped.join(', ')}`);
  const { passed, failed } = counts;
  console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
  return passed > 0 && failed === 0 ? 0 : 1;
}
