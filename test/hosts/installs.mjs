// Packages that only hosts need: in two folders of their own, installed when first asked for.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { run } from './command.mjs';
import { root } from './room.mjs';

/** `.` for bundlers that .ci/run uses and other small ones, `more` for everything heavy. */
export const folders = { small: `${root}test/hosts`, more: `${root}test/hosts/more` };

/** @typedef {keyof typeof folders} Part */

const MINUTES = 10;

/**
 * Installs what a folder's lock names unless it is there.
 *
 * @param {Part} part
 */
export async function install(part) {
  const folder = folders[part];
  const stamp = join(folder, 'node_modules/.installed');
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log(`installs ${folder.slice(root.length)}`);
  await run('npm', ['ci', '--ignore-scripts'], folder, {}, MINUTES * 60_000);
  writeFileSync(stamp, lock);
}

/**
 * The path of a file in an installed package.
 *
 * @param {Part} part
 * @param {string} path
 */
export function installed(part, path) {
  return join(folders[part], 'node_modules', path);
}

/**
 * The path of a program that the registry ships as a package for this machine, or undefined when it has none.
 *
 * @param {string[]} paths in `more`, of which the first that is there counts
 */
export function binary(...paths) {
  return paths.map((path) => installed('more', path)).find((path) => existsSync(path));
}

/**
 * `require` of a folder's packages.
 *
 * @param {Part} part
 */
export function requireFrom(part) {
  return createRequire(join(folders[part], 'package.json'));
}
