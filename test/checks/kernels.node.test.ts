import { describe, expect, it } from 'vitest';
import { kernelProblems } from '../../scripts/check/kernels.mjs';

const text = (word: string) => [word.length, ...new TextEncoder().encode(word)];
const section = (id: number, ...contents: number[]) => [id, contents.length, ...contents];
const module = (...sections: number[][]) => Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);

const type = section(1, 1, 0x60, 0, 0);
const memory = section(2, 1, ...text('env'), ...text('memory'), 2, 0, 1);
const i32 = 0x7f;
const constant = (mutable: number) => [i32, mutable, 0x41, 0x81, 0x01, 0x0b];

describe('the check of the kernels', () => {
  it('accepts code over an imported memory, and constants', () => {
    const simd = [0x7b, 0, 0xfd, 0x0c, ...Array(16).fill(0), 0x0b];
    expect(kernelProblems(module(type, memory, section(6, 3, ...constant(0), ...simd, ...constant(0))))).toEqual([]);
  });

  it.each([
    ['a mutable global', module(memory, section(6, 2, ...constant(0), ...constant(1))), ['has a mutable global']],
    ['static data', module(memory, section(11, 1, 0, 0x41, 8, 0x0b, 2, 1, 2)), ['has a data section (a static table or string)']],
    ['a start function', module(type, memory, section(3, 1, 0), section(8, 0), section(10, 1, 2, 0, 0x0b)), ['has a start function']],
    ['a memory of its own', module(section(5, 1, 0, 1)), ['does not import env.memory']],
    [
      'another import',
      module(type, section(2, 2, ...text('env'), ...text('memory'), 2, 0, 1, ...text('env'), ...text('abort'), 0, 0)),
      ['imports the function env.abort'],
    ],
  ])('refuses %s', (_, bytes, problems) => {
    expect(kernelProblems(bytes)).toEqual(problems);
  });
});
