import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Dataset } from '../../src/data/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'readers-'));
const path = join(folder, 'lines.txt');
const lines = Array.from({ length: 30_000 }, (_, i) => `line ${i} — ${'é'.repeat(i % 7)}`);
const server = createServer((request, response) => {
  response.statusCode = request.url === '/lines.txt' ? 200 : 404;
  response.end(lines.join('\n'));
});

beforeAll(async () => {
  writeFileSync(path, lines.join('\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  server.close();
});

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

test.each<[string, () => string | URL]>([
  ['a path', () => path],
  ['a file: URL', () => pathToFileURL(path)],
  ['an address', () => `${address()}/lines.txt`],
  ['a URL', () => new URL(`${address()}/lines.txt`)],
])('lines of %s, as often as one likes', async (_, source) => {
  const dataset = Dataset.textLines(source());
  expect(await dataset.toArray()).toEqual(lines);
  expect(await dataset.prefetch(4).skip(29_998).toArray()).toEqual(lines.slice(-2));
  expect(await dataset.take(2).toArray()).toEqual(lines.slice(0, 2));
});

test('a file is opened by the first element only, and closed when left', async () => {
  const missing = join(folder, 'missing.csv');
  const dataset = Dataset.csv(missing);
  await expect(dataset.toArray()).rejects.toThrow(/^Dataset\.csv: expected a file to read, got '.*\(ENOENT\)\. Check the path\.$/);
  writeFileSync(missing, 'a,b\n1,2\n3,4\n');
  expect(await dataset.toArray()).toEqual([
    { a: '1', b: '2' },
    { a: '3', b: '4' },
  ]);
  // More files than a process may have open at once by default would fail here if they stayed open.
  for (let i = 0; i < 2000; i++) {
    for await (const row of dataset) {
      expect(row.a).toBe('1');
      break;
    }
  }
});

test('a page that is not there', async () => {
  await expect(Dataset.textLines(`${address()}/none`).toArray()).rejects.toThrow(/status 404 from 'http.*\/none'/);
});
