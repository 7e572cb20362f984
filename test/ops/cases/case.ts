import type { ops } from '../../../src/index.ts';

/** Name, arguments, what comes out. Arguments that are tables come first. */
export type Case = readonly [name: keyof typeof ops, args: readonly unknown[], expected: unknown];

export const m = [
  [1, 2],
  [3, 4],
];
