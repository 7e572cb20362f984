import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundle, gzipped, packedKernels, rolled, split } from './bundle.ts';
import { program } from './program.ts';

/** The words of `words` that a bundle holds; a comparison of texts would print the bundle when it fails. */
const found = (text: string, words: readonly string[]): string[] => words.filter((word) => text.includes(word));

/** A bundle in one file, minified, and its bytes gzipped. */
async function oneFile(text: string): Promise<{ text: string; size: number }> {
  const bundled = await bundle({ text });
  return { text: bundled, size: gzipped(bundled) };
}

/** What a page loads before the program runs, minified, and its bytes gzipped. */
async function sizeOf(source: string | { text: string }): Promise<{ text: string; size: number }> {
  const files = await split(source);
  return { text: files.join('\n'), size: gzipped(...files) };
}

describe('the size of a program with the package', () => {
  it('is at most 92 kB when it trains the model of the restaurant reviews', async () => {
    const { text, size } = await sizeOf(program.path);
    console.log(`bundle: ${text.length} bytes, ${size} gzipped, of which kernels: ${gzipped(packedKernels())}`);
    expect(text.includes(packedKernels())).toBe(true);
    // Neither other layers nor the readers and writers of files.
    expect(found(text, ['recurrent_kernel', 'model.weights.h5', 'HDF5', '__metadata__', 'safetensors', 'NUMPY'])).toEqual([]);
    expect(size).toBeLessThanOrEqual(92_000);
    const whole = gzipped(await bundle(program.path));
    console.log(`bundle in one file: ${whole} gzipped`);
    expect(whole).toBeLessThanOrEqual(119_000);
  });

  it('is at most 102 kB with an LSTM more', async () => {
    const text = readFileSync(program.path, 'utf8').replace('Flatten, ', 'LSTM, ').replace('new Flatten()', 'new LSTM(8)');
    const { size } = await sizeOf({ text });
    console.log(`bundle with an LSTM: ${size} gzipped`);
    expect(size).toBeLessThanOrEqual(102_000);
  });

  const withNamespace = readFileSync(program.path, 'utf8')
    .replace('{ Dense, Embedding, Flatten, ', '{ layers, ')
    .replace(/new (?=Dense|Embedding|Flatten)/g, 'new layers.');

  it('is at most 92 kB with rolldown, from which namespaces hide nothing', async () => {
    expect(withNamespace).toContain('new layers.Dense');
    const files = await rolled(withNamespace);
    const text = files.join('\n');
    console.log(`bundle of rolldown: ${gzipped(...files)} gzipped`);
    expect(text.includes(packedKernels())).toBe(true);
    expect(found(text, ['recurrent_kernel', 'HDF5'])).toEqual([]);
    expect(gzipped(...files)).toBeLessThanOrEqual(92_000);
  });

  it('is not that of every layer when it reads weights, but only when it reads models', async () => {
    const text = (name: string) => `import { Sequential, ${name} } from 'keratin'; console.log(Sequential, ${name});`;
    const [weights, models] = await Promise.all([sizeOf({ text: text('loadWeights') }), sizeOf({ text: text('loadModel') })]);
    console.log(`reading weights: ${weights.size} gzipped, reading models: ${models.size}`);
    expect(found(weights.text, ['recurrent_kernel'])).toEqual([]);
    expect(found(models.text, ['recurrent_kernel'])).toEqual(['recurrent_kernel']);
  });

  it('is at most 252 kB with everything', async () => {
    const { size } = await oneFile("import * as keratin from 'keratin'; console.log(keratin);");
    console.log(`bundle of everything: ${size} gzipped`);
    expect(size).toBeLessThanOrEqual(252_000);
  });

  it('is that of the text functions when it uses nothing else', async () => {
    const { text, size } = await oneFile("import { oneHot, padSequences } from 'keratin'; console.log(oneHot, padSequences);");
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
    const { text, size } = await oneFile(`import { ${name} } from 'keratin'; console.log(${name});`);
    expect(text.includes(packedKernels())).toBe(false);
    expect(size).toBeLessThanOrEqual(10_500);
  });
});
