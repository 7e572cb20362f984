// A small web server on localhost for the pages of tests.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.css': 'text/css',
};

/** @typedef {Record<string, string | Uint8Array>} Files by path, without a slash in front */

/**
 * Serves files from memory; close it with `closeAllConnections()` and `close()`.
 *
 * @param {Files} files
 * @param {Record<string, string>} [headers]
 * @returns {Promise<import('node:http').Server & { url: string }>} with its address, which ends in a slash
 */
export async function serve(files, headers = {}) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(1) || 'index.html';
    const body = Object.hasOwn(files, path) ? files[path] : undefined;
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': types[extname(path)] ?? 'text/plain', ...headers });
    response.end(body);
  });
  await /** @type {Promise<void>} */ (new Promise((resolve) => server.listen(0, 'localhost', resolve)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return Object.assign(server, { url: `http://localhost:${port}/` });
}

/**
 * Every file in a folder and in those inside it, by path.
 *
 * @param {string} folder
 * @returns {Files}
 */
export function filesOf(folder) {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(paths.map((path) => [path.replaceAll(sep, '/'), readFileSync(join(folder, path))]));
}
