import { afterAll, expect, vi } from 'vitest';
import { sameNumbers } from './helpers/same-numbers.ts';

expect.addEqualityTesters([sameNumbers]);

// In Node files of tests share one process and one copy of the package. Those that look at what a fresh copy does, or that move its
// memory to where threads reach it, or that put something in a module's place, have a copy of their own.
const own = /\/test\/((random|runtime|threads)\/|models\/later)/;

function freshCopy(): void {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, Symbol.for('keratin.parts'));
}

if (typeof process === 'object' && own.test(expect.getState().testPath ?? '')) {
  freshCopy();
  afterAll(freshCopy);
}
