import { afterEach, describe, expect, it, vi } from 'vitest';
import { checking, debugLevel } from '../../src/kernels/environment.ts';

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
