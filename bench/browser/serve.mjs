// npm run bench:browser [-- port]: serves the page of the bench on localhost.
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { pageFiles } from './files.mjs';

const port = Number(process.argv[2] ?? 8080);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`bench:browser: expected a port from 0 to 65535, got ${process.argv[2]}`);
  process.exit(2);
}
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.css': 'text/css' };
const files = await pageFiles();
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html';
  const body = Object.hasOwn(files, path) ? files[path] : undefined;
  response.writeHead(body === undefined ? 404 : 200, {
    'Content-Type': types[extname(path)] ?? 'text/plain',
    // With these two the page has SharedArrayBuffer, which threads need, and a finer clock.
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  });
  response.end(body);
});
server.on('error', (error) => {
  console.error(`bench:browser: ${error.message}. Choose another port: npm run bench:browser -- 8081`);
  process.exit(1);
});
server.listen(port, 'localhost', () => console.log(`http://localhost:${/** @type {any} */ (server.address()).port}/`));
