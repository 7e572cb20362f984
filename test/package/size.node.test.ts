import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundle, gzipped, packedKernels, rolled } from './bundle.ts';
import { program } from './program.ts';

/** Bytes, minified and gzipped. */
async function sizeOf(source: string | { text: string }): Promise<{ text: string; size: number }> {
  const text = await bundle(source);
  return { text, size: gzipped(text) };
}

describe('the size of a program with the package', () => {
  it('is at most 60 kB when it trains the model of the restaurant reviews', async () => {
    const { text, size } = await sizeOf(program.path);
    console.log(`bundle: ${text.length} bytes, ${size} gzipped, of which kernels: ${gzipped(packedKernels())}`);
    expect(text).toContain(packedKernels());
    // Neither the readers and writers of files nor the workers, which only some programs need.
    for (const part of ['model.weights.h5', 'HDF5', '__metadata__', 'batch_shape', 'Atomics']) expect(text).not.toContain(part);
    expect(size).toBeLessThanOrEqual(60_000);
  });

  const flat = readFileSync(program.path, 'utf8');
  const withNamespace = flat
    .replace('{ Dense, Embedding, Flatten, ', '{ layers, ')
    .replace(/new (?=Dense|Embedding|Flatten)/g, 'new layers.');

  it('is at most 60 kB with rolldown, from which namespaces hide nothing', async () => {
    expect(withNamespace).toContain('new layers.Dense');
    const text = await rolled(withNamespace);
    console.log(`bundle of rolldown: ${gzipped(text)} gzipped`);
    expect(text).toContain(packedKernels());
    for (const other of ['recurrent_kernel', 'HDF5', 'Atomics']) expect(text).not.toContain(other);
    expect(gzipped(text)).toBeLessThanOrEqual(60_000);
  });

  // esbuild keeps the whole of a namespace that is exported again, Rollup does not.
  it('is at most 101 kB when esbuild has to keep every layer', async () => {
    const { size } = await sizeOf({ text: withNamespace });
    console.log(`bundle with every layer: ${size} gzipped`);
    expect(size).toBeLessThanOrEqual(101_000);
  });

  it('is not that of every layer when it writes the configs of models, but only when it reads them', async () => {
    const needing = (name: string) => sizeOf({ text: `import { Sequential, ${name} } from 'keratin'; console.log(Sequential, ${name});` });
    const [none, writing, reading] = await Promise.all([needing('clearSession'), needing('modelToJSON'), needing('modelFromJSON')]);
    console.log(`writing configs: ${writing.size - none.size} bytes gzipped, reading them: ${reading.size - none.size}`);
    expect(writing.size - none.size).toBeLessThanOrEqual(10_000);
    expect(writing.text).not.toContain('recurrent_kernel');
    expect(reading.text).toContain('recurrent_kernel');
  });

  it('is that of the text functions when it uses nothing else', async () => {
    const { text, size } = await sizeOf({
      text: "import { oneHot, padSequences } from 'keratin'; console.log(oneHot, padSequences);",
    });
    expect(text).not.toContain(packedKernels());
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
    expect(text).not.toContain(packedKernels());
    expect(size).toBeLessThanOrEqual(10_000);
  });

  it('holds no readers of files when it trains the model of the restaurant reviews', async () => {
    const { text } = await sizeOf(program.path);
    for (const word of ['safetensors', 'NUMPY', 'word vectors', 'cannot read this']) expect(text).not.toContain(word);
  });
});
