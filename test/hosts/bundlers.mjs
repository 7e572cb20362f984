// What is checked of every bundler: its pages run the programs, and they are small.
import { gzipped } from './budgets.mjs';
import { visit } from './pages.mjs';
import { judge, programs, sizedPrograms } from './programs.mjs';
import { check, checkSize } from './report.mjs';

/**
 * What a bundler made of a program.
 *
 * @typedef {object} Bundle
 * @property {import('../package/page-server.mjs').Files} files the page among them
 * @property {string} [place] of the page, when it is not index.html
 * @property {string[]} start files that the page loads before it starts, itself left out
 */

/**
 * @param {string} bundler
 * @param {(program: string) => Promise<Bundle>} build makes a page of a program in the room, by its name
 * @param {import('./programs.mjs').Expectations} [expectations]
 */
export async function checkBundler(bundler, build, expectations = {}) {
  /** @type {Map<string, Promise<Bundle>>} */
  const bundles = new Map();
  const bundleOf = (/** @type {string} */ program) => {
    const bundle = bundles.get(program) ?? build(program);
    bundles.set(program, bundle);
    return bundle;
  };

  for (const program of programs) {
    await check(`${bundler}: ${program.name}`, async () => {
      const { files, place } = await bundleOf(program.name);
      const served = Object.keys(files).filter((path) => path.endsWith('.wasm'));
      if (served.length > 0) throw new Error(`expected the kernels in the bundle, got ${served} to serve`);
      judge(program, await visit(files, program.ends, place), expectations);
    });
  }
  for (const name of /** @type {import('./budgets.mjs').Sized[]} */ (Object.keys(sizedPrograms))) {
    const bundle = await bundleOf(name).catch(() => undefined);
    await checkSize(bundler, name, bundle && sizeOf(bundle, name === 'everything'));
  }
}

/**
 * Bytes, gzipped file by file.
 *
 * @param {Bundle} bundle
 * @param {boolean} whole counts what is loaded later too
 */
function sizeOf({ files, start }, whole) {
  const counted = whole ? Object.keys(files).filter((path) => /\.(m?js|wasm)$/.test(path)) : start;
  if (counted.length === 0) throw new Error('the page loads nothing');
  return counted.reduce((sum, path) => sum + gzipped(files[path]), 0);
}

/**
 * The files that an entry imports before it runs, itself included, from the output of Rollup and those like it.
 *
 * @param {{ type: string, isEntry?: boolean, fileName: string, imports?: string[] }[]} output
 */
export function startOf(output) {
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]));
  const start = new Set(output.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  for (const path of start) for (const imported of chunks.get(path)?.imports ?? []) start.add(imported);
  return [...start];
}
