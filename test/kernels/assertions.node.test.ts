// The debug kernels, which KERATIN_CHECK runs: each demands of its numbers what its signature says, and reports what it is not given.
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { debugKernels } from '../../src/kernels/kernels.ts';
import { allocate, free, int32At, memory } from '../../src/kernels/memory.ts';

const module = new WebAssembly.Module(readFileSync('build/kernels.debug.wasm'));
const kernels = debugKernels(module) as unknown as Record<string, (...numbers: number[]) => unknown>;

/** Parameters of each kernel that shares its work among threads. */
const signatures = [...readFileSync('src/kernels/generated/kernels.ts', 'utf8').matchAll(/^ {2}(\w+)\(([^)]*)\)/gm)].flatMap(
  ([, name, list]): [string, string[]][] => {
    const parameters = list.split(', ').map((one) => one.split(':')[0]);
    return parameters.includes('thread') ? [[name, parameters]] : [];
  },
);
/** Which of them are addresses. */
const addresses = new Map(signatures.map(([name]) => [name, new Set<string>()]));
for (const file of readdirSync('assembly').filter((one) => one.endsWith('.ts'))) {
  for (const [, name, list] of readFileSync(`assembly/${file}`, 'utf8').matchAll(/^export function (\w+)\(([^)]*)\): void/gm)) {
    if (!list.includes('thread: i32')) continue;
    for (const [, parameter] of list.matchAll(/(\w+): usize/g)) addresses.get(name)?.add(parameter);
  }
}

const WORDS = 1 << 14;
const APART = 4 * 64;
let block = 0;
beforeAll(() => {
  block = allocate(4 * WORDS);
});
afterAll(() => free(block));

/** Where the parameters lie in the block: one run of one row, by its id 0, and zeros for everything else. */
const placeOf = (parameter: string): number =>
  block + (parameter === 'uniqueCount' ? APART : parameter === 'start' ? 2 * APART : 3 * APART);

/** A call that every kernel takes: sizes and settings of 1. */
function numbersFor(name: string, parameters: readonly string[], changed: Record<string, number>): number[] {
  int32At(block, WORDS).fill(0);
  int32At(placeOf('uniqueCount'), 1)[0] = 1;
  int32At(placeOf('start'), 2)[1] = 1;
  return parameters.map((one) => changed[one] ?? (one === 'thread' ? 0 : addresses.get(name)?.has(one) ? placeOf(one) : 1));
}

describe.each(signatures)('%s', (name, parameters) => {
  const call = (changed: Record<string, number>) => () => kernels[name](...numbersFor(name, parameters, changed));

  it('takes what it should', () => {
    expect(call({})).not.toThrow();
  });

  it('has a thread among its threads', () => {
    for (const thread of [1, -1]) {
      expect(call({ thread })).toThrow(new RegExp(`^${name}\\(.*\\): expected a thread below the number of threads, got ${thread}$`));
    }
  });

  it('has aligned buffers that end within the memory', () => {
    const end = memory.buffer.byteLength;
    for (const [address, message] of [
      [block + 2, 'an address that is a multiple of 4'],
      [64, 'an address of a buffer'],
      [end, 'a buffer that ends within the memory'],
    ] as const) {
      const found = [...(addresses.get(name) ?? [])].filter((one) => {
        try {
          call({ [one]: address })();
          return true;
        } catch (error) {
          expect(String(error)).toContain(`${name}(`);
          expect(String(error)).toContain(`expected ${message}, got ${address}`);
          return false;
        }
      });
      expect(found, message).toEqual([]);
    }
  });
});

it('covers every kernel', () => {
  expect(signatures.length).toBeGreaterThan(150);
});
