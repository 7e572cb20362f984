// How large a bundle may be: bytes of JavaScript and kernels, minified and gzipped, that a page loads before it starts.
import { gzipSync } from 'node:zlib';

const kB = 1000;

/**
 * What bundles hold more than the best do: the code of methods where chunks are not split, runtimes, what is not dropped.
 *
 * @type {Record<string, number>}
 */
const more = { esbuild: 26 * kB, webpack: 9 * kB, parcel: 12 * kB };

/** @typedef {'first' | 'lstm' | 'everything'} Sized */

/** What is measured, in words. @type {Record<Sized, string>} */
export const sized = {
  first: 'first program of the README',
  lstm: 'the same with an LSTM',
  everything: 'everything, lazy parts included',
};

/**
 * The most that a program may take, by bundler.
 *
 * @param {Sized} program
 * @param {string} bundler
 */
export function budget(program, bundler) {
  if (program === 'everything') return 255 * kB;
  return (program === 'lstm' ? 102 : 92) * kB + (more[bundler] ?? 0);
}

/**
 * Bytes after gzip at level 9, by the buffers of zlib's default or of the command, whichever gives more.
 *
 * @param {string | Uint8Array} content
 */
export function gzipped(content) {
  return Math.max(...[8, 9].map((memLevel) => gzipSync(content, { level: 9, memLevel }).length));
}
