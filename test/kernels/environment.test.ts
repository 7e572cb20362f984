import { afterEach, describe, expect, it, vi } from 'vitest';
import { checking, debugLevel } from '../../src/kernels/environment.ts';
import { core } from '../../src/kernels/generated/core.ts';
import { libraryBytes } from '../../src/kernels/kernels.ts';

afterEach(() => vi.unstubAllGlobals());

/** An environment as Deno has it for a program without permission. */
const forbidden = new Proxy({} as Record<string, string>, {
  get(_, name) {
    throw new Error(`Requires env access to "${String(name)}"`);
  },
});

describe('the switches', () => {
  it.each([
    ['no process', undefined],
    ['a process without an environment', {}],
    ['an empty environment', { env: {} }],
    ['an environment that may not be read', { env: forbidden }],
  ])('are off with %s', (_, process) => {
    vi.stubGlobal('process', process);
    const found = [checking(), debugLevel()];
    vi.unstubAllGlobals();
    expect(found).toEqual([false, 0]);
  });

  it('are read from a page all the same', () => {
    vi.stubGlobal('process', { env: forbidden });
    vi.stubGlobal('KERATIN_CHECK', 1);
    vi.stubGlobal('KERATIN_DEBUG', 2);
    const found = [checking(), debugLevel()];
    vi.unstubAllGlobals();
    expect(found).toEqual([true, 2]);
  });
});

describe('the bytes of the kernels', () => {
  const unreadable = () => {
    throw new Error('Requires read access');
  };

  it.each([
    ['there are no files', undefined],
    ['the file is not there', { existsSync: () => false }],
    ['files may not be read', { existsSync: unreadable }],
    ['reading fails', { existsSync: () => true, readFileSync: unreadable }],
    ['the file is of another build', { existsSync: () => true, readFileSync: () => new Uint8Array(8) }],
  ])('come from the bundle when %s', (_, fs) => {
    vi.stubGlobal('process', { getBuiltinModule: () => fs });
    const bytes = libraryBytes(core);
    vi.unstubAllGlobals();
    expect(bytes.length).toBe(core.size);
    expect(WebAssembly.validate(bytes)).toBe(true);
  });
});
