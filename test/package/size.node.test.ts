import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundle, gzipped, packedKernels, rolled } from './bundle.ts';
import { program } from './program.ts';

/** The words of `words` that a bundle holds; a comparison of texts would print the bundle when it fails. */
const found = (text: string, words: readonly string[]): string[] => words.filter((word) => text.includes(word));

/** Bytes, minified and gzipped. */
async function sizeOf(source: string | { text: string }): Promise<{ text: string; size: number }> {
  const text = await bundle(source);
  return { text, size: gzipped(text) };
}

describe('the size of a program with the package', () => {
  it('is at most 88 kB when it trains the model of the restaurant reviews', async () => {
    const { text, size } = await sizeOf(program.path);
    console.log(`bundle: ${text.length} bytes, ${size} gzipped, of which kernels: ${gzipped(packedKernels())}`);
    expect(text.includes(packedKernels())).toBe(true);
    // Neither other layers nor the readers and writers of files.
    expect(found(text, ['recurrent_kernel', 'model.weights.h5', 'HDF5', '__metadata__', 'safetensors', 'NUMPY'])).toEqual([]);
    expect(size).toBeLessThanOrEqual(88_000);
  });

  const withNamespace = readFileSync(program.path, 'utf8')
    .replace('{ Dense, Embedding, Flatten, ', '{ layers, ')
    .replace(/new (?=Dense|Embedding|Flatten)/g, 'new layers.');

  it('is at most 88 kB with rolldown, from which namespaces hide nothing', async () => {
    expect(withNamespace).toContain('new layers.Dense');
    const text = await rolled(withNamespace);
    console.log(`bundle of rolldown: ${gzipped(text)} gzipped`);
    expect(text.includes(packedKernels())).toBe(true);
    expect(found(text, ['recurrent_kernel', 'HDF5'])).toEqual([]);
    expect(gzipped(text)).toBeLessThanOrEqual(88_000);
  });

  it('is not that of every layer when it writes the configs of models, but only when it reads them', async () => {
    const needing = (name: string) => sizeOf({ text: `import { Sequential, ${name} } from 'keratin'; console.log(Sequential, ${name});` });
    const [none, writing, reading] = await Promise.all([needing('clearSession'), needing('modelToJSON'), needing('modelFromJSON')]);
    console.log(`writing configs: ${writing.size - none.size} bytes gzipped, reading them: ${reading.size - none.size}`);
    expect(writing.size - none.size).toBeLessThanOrEqual(10_000);
    expect(found(writing.text, ['recurrent_kernel'])).toEqual([]);
    expect(found(reading.text, ['recurrent_kernel'])).toEqual(['recurrent_kernel']);
  });

  it('is at most 200 kB with everything', async () => {
    const { size } = await sizeOf({ text: "import * as keratin from 'keratin'; console.log(keratin);" });
    console.log(`bundle of everything: ${size} gzipped`);
    expect(size).toBeLessThanOrEqual(200_000);
  });

  it('is that of the text functions when it uses nothing else', async () => {
    const { text, size } = await sizeOf({
      text: "import { oneHot, padSequences } from 'keratin'; console.log(oneHot, padSequences);",
    });
    expect(text.includes(packedKernels())).toBe(false);
    expect(size).toBeLessThanOrEqual(8_000);
  });

  it.each([
    'readSafetensors',
    'writeSafetensors',
    'readNpy',
    'readNpz',
    'loadNpz',
    'embeddingToTsv',
    'readTfjsWeights',
    'writeTfjsWeights',
  ])('is that of one format of files when it uses %s alone', async (name) => {
    const { text, size } = await sizeOf({ text: `import { ${name} } from 'keratin'; console.log(${name});` });
    expect(text.includes(packedKernels())).toBe(false);
    expect(size).toBeLessThanOrEqual(10_000);
  });
});
