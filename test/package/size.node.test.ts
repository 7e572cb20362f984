import { describe, expect, it } from 'vitest';
import { bundle, gzipped, kernelBytes } from './bundle.ts';
import { program } from './program.ts';

const LIMIT = 60_000;

describe('the size of a program with the package', () => {
  it(`is at most ${LIMIT} bytes, minified and gzipped`, async () => {
    const text = await bundle(program.path);
    const size = gzipped(text);
    console.log(`bundle: ${text.length} bytes, ${size} gzipped; its kernels: ${kernelBytes().length} bytes`);
    expect(text).toContain(Buffer.from(kernelBytes()).toString('base64'));
    expect(size).toBeLessThanOrEqual(LIMIT);
  });
});
