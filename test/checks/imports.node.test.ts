import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { importProblems, parts } from '../../scripts/check/imports.mjs';

const folders: string[] = [];

function tree(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const table = {
  low: { files: ['low', 'high/part'], uses: [] },
  middle: { uses: ['low'], types: ['high'] },
  high: { uses: ['middle'] },
};

describe('the check of imports', () => {
  it('accepts imports downwards, also past a part between', () => {
    const folder = tree({
      'low.ts': 'export const a = 1;',
      'middle/x.ts': "export { a } from '../low.ts';",
      'high/y.ts': "import { a } from '../low.ts';\nexport const b = [a, import('../middle/x.ts')];",
    });
    expect(importProblems(folder, table)).toEqual([]);
  });

  it.each([
    ["import { b } from '../high/y.ts';\nexport { b };", 'low/x.ts:1: low may not import high'],
    ["\nexport * from '../high/y.ts';", 'low/x.ts:2: low may not import high'],
    ["import type { b } from '../high/y.ts';\nexport type B = typeof b;", 'low/x.ts:1: low may not import types of high'],
    ["export type B = import('../high/y.ts').B;", 'low/x.ts:1: low may not import types of high'],
    ["export const b = () => import('../high/y.ts');", 'low/x.ts:1: low may not import high'],
  ])('refuses %j below', (text, problem) => {
    const problems = importProblems(tree({ 'low/x.ts': text, 'high/y.ts': 'export const b = 1; export type B = 1;' }), table);
    expect(problems.map((found) => found.slice(0, problem.length))).toEqual([problem]);
  });

  it('lets a part take the types that its row names, and only types', () => {
    const high = { 'high/y.ts': 'export interface B {}' };
    expect(importProblems(tree({ ...high, 'middle/x.ts': "import type { B } from '../high/y.ts';\nexport type C = B;" }), table)).toEqual(
      [],
    );
    const value = tree({ ...high, 'middle/x.ts': "import { type B } from '../high/y.ts';\nexport type C = B;" });
    expect(importProblems(value, table)).toEqual(["middle/x.ts:1: middle may not import high ('../high/y.ts')"]);
  });

  it('lets a part import later what its row names, which makes no ring', () => {
    const lazy = { ...table, low: { ...table.low, later: ['high'] } };
    const high = { 'high/y.ts': "export * from '../low/x.ts';" };
    const folder = tree({ ...high, 'low/x.ts': "export const b = () => import('../high/y.ts');" });
    expect(importProblems(folder, lazy)).toEqual([]);
    const now = tree({ ...high, 'low/x.ts': "export * from '../high/y.ts';" });
    expect(importProblems(now, lazy)[0]).toBe("low/x.ts:1: low may not import high ('../high/y.ts')");
  });

  it('gives a file to the longest name that fits', () => {
    const folder = tree({ 'high/part.ts': "import '../middle/x.ts';", 'middle/x.ts': '' });
    expect(importProblems(folder, table)).toEqual(["high/part.ts:1: low may not import middle ('../middle/x.ts')"]);
  });

  it('refuses rings of files, also those that a type closes', () => {
    const ring = { 'low/a.ts': "import './b.ts';", 'low/b.ts': "import './c.ts';", 'low/c.ts': "import './a.ts';" };
    expect(importProblems(tree(ring), table)).toEqual(['import cycle: low/a.ts -> low/b.ts -> low/c.ts -> low/a.ts']);
    const open = { ...ring, 'low/c.ts': "import type { A } from './a.ts';\nexport type C = A;" };
    expect(importProblems(tree(open), table)).toEqual(['type import cycle between low/a.ts, low/b.ts, low/c.ts']);
  });

  it('refuses packages, missing files and files outside every part', () => {
    const folder = tree({ 'low.ts': "import 'lodash';\nimport './nowhere.ts';\nimport '../outside.ts';", 'odd/x.ts': '' });
    expect(importProblems(folder, table)).toEqual([
      "low.ts:1: imports the package 'lodash', but the published package has no dependencies",
      "low.ts:2: imports './nowhere.ts', which is no file in src",
      "low.ts:3: imports '../outside.ts', which is no file in src",
      'odd/x.ts: belongs to no part. Add it to the table in scripts/check/imports.mjs',
    ]);
  });

  it('refuses a table whose rows are out of order', () => {
    const wrong = { a: { uses: ['b'] }, b: { uses: [], types: ['c'] } };
    expect(importProblems(tree({}), wrong)).toEqual([
      'table: a uses b, which is not above it',
      'table: b takes types of c, which is unknown',
    ]);
    expect(importProblems(tree({}), parts)).toEqual([]);
  });
});
