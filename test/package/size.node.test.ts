import { describe, expect, it } from 'vitest';
import { bundle, gzipped, packedKernels } from './bundle.ts';
import { program } from './program.ts';

const LIMIT = 60_000;

describe('the size of a program with the package', () => {
  it(`is at most ${LIMIT} bytes, minified and gzipped`, async () => {
    const text = await bundle(program.path);
    const size = gzipped(text);
    console.log(`bundle: ${text.length} bytes, ${size} gzipped, of which kernels: ${gzipped(packedKernels())}`);
    expect(text).toContain(packedKernels());
    expect(size).toBeLessThanOrEqual(LIMIT);
  });
});
