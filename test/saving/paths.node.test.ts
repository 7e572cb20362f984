import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import {
  loadNpz,
  loadWordVectors,
  readNpy,
  readNpz,
  readSafetensors,
  readTfjsWeights,
  writeNpy,
  writeNpz,
  writeSafetensors,
  writeTfjsWeights,
} from '../../src/saving/index.ts';
import { tensor } from '../../src/tensor/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'shelves-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

// several chunks of a file, with lines across their borders
const lines = Array.from({ length: 20_000 }, (_, i) => `wörd${i} ${i} ${i / 8} -1e-3\n`).join('');

test('word vectors from paths, packed by gzip or not', async () => {
  writeFileSync(at('vectors.txt'), lines);
  writeFileSync(at('vectors.vec.gz'), gzipSync(`20000 3\n${lines}`));
  const wordIndex = { wörd7: 0, wörd19999: 1, none: 2 };
  for (const source of [at('vectors.txt'), at('vectors.vec.gz'), pathToFileURL(at('vectors.vec.gz'))]) {
    const { matrix, missing } = await loadWordVectors(source, { wordIndex });
    const last = Math.fround(-1e-3);
    expect(matrix.array()).toEqual([
      [7, 0.875, last],
      [19999, 2499.875, last],
      [0, 0, 0],
    ]);
    expect(missing).toEqual(['none']);
  }
});

test('a packed file that is cut off', async () => {
  writeFileSync(at('cut.gz'), gzipSync(lines).subarray(0, 30_000));
  await expect(loadWordVectors(at('cut.gz'), { wordIndex: { none: 0 } })).rejects.toThrow('found bytes that gzip cannot unpack');
  await expect(loadWordVectors(at('missing.txt'), { wordIndex: { none: 0 } })).rejects.toThrow(
    /^loadWordVectors: expected a file to read, got .*ENOENT/,
  );
});

test('archives from paths', async () => {
  writeFileSync(at('a.npz'), writeNpz({ a: tensor([1, 2]) }));
  expect((await loadNpz(at('a.npz'))).a.array()).toEqual([1, 2]);
  await expect(loadNpz(at('b.npz'))).rejects.toThrow(/^loadNpz: expected a file to read/);
});

test("Node's Buffers, which share their memory with others, are read as other bytes are", async () => {
  const named = { a: tensor([[1, 2, 3]]), b: tensor(Int32Array.of(4)), c: tensor([true]) };
  const { manifest, shards } = writeTfjsWeights(named);
  const buffers = Object.values(shards).map((bytes) => Buffer.from(bytes));
  const tables = [
    readNpz(Buffer.from(writeNpz(named))),
    await loadNpz(Buffer.from(writeNpz(named))),
    readSafetensors(Buffer.from(writeSafetensors(named))).tensors,
    readTfjsWeights(manifest, buffers),
  ];
  for (const { a, b, c } of tables) expect([a.array(), b.array(), c.array()]).toEqual([[[1, 2, 3]], [4], [true]]);
  const bytes = Buffer.from(writeNpy(named.a));
  const read = readNpy(bytes);
  bytes.fill(0);
  expect(read.array()).toEqual([[1, 2, 3]]);
  const binary = Buffer.concat([Buffer.from('1 2\na '), Buffer.from(Float32Array.of(5, 6).buffer)]);
  expect((await loadWordVectors(binary, { wordIndex: { a: 0 } })).matrix.array()).toEqual([[5, 6]]);
});
