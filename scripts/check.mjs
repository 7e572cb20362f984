// Everything that can be said about the sources without running them, after a build. `node scripts/check.mjs imports words`
// runs the named checks only. To add one: a module in scripts/check/ that exports `check`, and a line in the table below.
import * as banned from './check/banned.mjs';
import * as format from './check/format.mjs';
import * as imports from './check/imports.mjs';
import * as kernels from './check/kernels.mjs';
import * as types from './check/types.mjs';
import * as words from './check/words.mjs';

/**
 * What a check found. `note` is a fact worth printing when all is well.
 *
 * @typedef {{ problems: string[], note?: string }} Finding
 */

/** @type {Record<string, { check(root: string): Finding | Promise<Finding> }>} */
const checks = { types, format, imports, banned, kernels, words };

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(checks);
for (const name of wanted) {
  if (!Object.hasOwn(checks, name)) {
    console.error(`check: expected one of ${Object.keys(checks).join(', ')}, got ${name}`);
    process.exit(2);
  }
}

let failures = 0;
for (const name of wanted) {
  const { problems, note } = await checks[name].check(process.cwd());
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}${note ? `: ${note}` : ''}`);
  for (const problem of problems) console.log(`     ${problem.replaceAll('\n', '\n     ')}`);
  if (problems.length > 0) failures++;
}
process.exit(failures === 0 ? 0 : 1);
