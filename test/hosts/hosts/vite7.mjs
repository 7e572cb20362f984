// The version of Vite before this one, which bundles with Rollup and esbuild.
import { pathToFileURL } from 'node:url';
import { installed } from '../installs.mjs';
import { checkVite } from '../vite.mjs';

/** @param {import('../room.mjs').Room} room */
export async function run(room) {
  await checkVite('vite7', await import(pathToFileURL(installed('more', 'vite7/dist/node/index.js')).href), room);
}
