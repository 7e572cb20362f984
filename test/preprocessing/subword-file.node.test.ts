import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SubwordTextEncoder } from '../../src/preprocessing/subword-encoder.ts';

const folder = mkdtempSync(join(tmpdir(), 'subwords-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('files in Node', async () => {
  const prefix = join(folder, 'vocabulary');
  await new SubwordTextEncoder(['old_']).saveToFile(prefix);
  const encoder = new SubwordTextEncoder(['the_', ', ', 'wörd', 'a\n']);
  await encoder.saveToFile(prefix);
  expect(readdirSync(folder)).toEqual(['vocabulary.subwords']);
  expect(readFileSync(`${prefix}.subwords`, 'utf8')).toBe(
    "### SubwordTextEncoder\n### Metadata: {}\n'the_'\n', '\n'wörd'\n'a\\&newline'\n",
  );
  expect((await SubwordTextEncoder.loadFromFile(prefix)).subwords).toEqual(encoder.subwords);
});

test('a path that cannot be used is named and nothing is left behind', async () => {
  await expect(SubwordTextEncoder.loadFromFile(join(folder, 'none'))).rejects.toThrow(
    /loadFromFile: expected a file to read, got .*ENOENT/,
  );
  await expect(new SubwordTextEncoder([]).saveToFile(join(folder, 'no', 'where'))).rejects.toThrow(
    /saveToFile: expected a path that can be written/,
  );
  expect(readdirSync(folder)).toEqual(['vocabulary.subwords']);
});
