/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';

const nameOf = (path: string, end: string) => path.slice(path.lastIndexOf('/') + 1, -end.length);
const tests = Object.keys(import.meta.glob('./*.test.ts')).map((path) => nameOf(path, '.test.ts'));
const sources = Object.keys(import.meta.glob('../../src/primitives/*.ts')).map((path) => nameOf(path, '.ts'));

describe('the ops', () => {
  it('have a test file for each of their files; there each exported op has samples', () => {
    expect(sources.length).toBeGreaterThan(10);
    expect(sources.filter((name) => !tests.includes(name))).toEqual([]);
  });
});
