import { describe, expect, it } from 'vitest';
import { bannedIn } from '../../scripts/check/banned.mjs';
import { parse } from '../../scripts/check/source.mjs';

const problemsOf = (text: string, file = 'ops/x.ts') => bannedIn(file, parse(file, text));

describe('the check of banned calls', () => {
  it.each([
    'export const y = Math.exp(1);',
    'export const y = (x: number) => x + Math.log1p(x);',
    'export const y = [1, 2].map(Math.tanh);',
    "export const y = Math['pow'](2, 3);",
    'const { exp } = Math;\nexport { exp };',
    'const M = Math;\nexport const y = M.exp(1);',
    'export const y = Math.random();',
    'export const y = (a: number) => a ** 2;',
    'export const y = (a: number) => 2 ** -a;',
    'export let y = 2;\ny **= 2;',
    "import fs from 'node:fs';\nexport { fs };",
    "export * from 'node:fs';",
    "export const fs = () => import('node:fs');",
    'export const y = (name: string) => import(name);',
    "export const y = eval('1');",
    'const run = eval;\nexport { run };',
    "export const y = new Function('return 1');",
    "export const y = Function('return 1');",
    "declare const require: (name: string) => unknown;\nexport const y = require('fs');",
    'export const y = await Promise.resolve(1);',
    'export const y: number[] = [];\nfor await (const x of [1]) y.push(x);',
  ])('refuses %j', (text) => {
    expect(problemsOf(text)).toHaveLength(1);
  });

  it.each([
    'export const y = Math.sqrt(2) + Math.fround(Math.PI) + Math.imul(2, 3);',
    '// Math.exp(1), eval, require("x")\nexport const y = "Math.exp(1) ** x";',
    'export const y = `a Math.pow(2, 3) b`;',
    'export const y = 2 ** -149 + 10 ** (3 + 1);',
    'export const y = async () => await Promise.resolve(1);',
    'export class A { async b() { for await (const x of [1]) await x; } eval() {} require = 1; Math = 2; }',
    'export const y = { exp: 1, eval: 2 }.exp;',
    'export const y = (f: Function) => f;',
    "export const fs = (process: any) => process.getBuiltinModule('node:fs');",
    "export const y = () => import('./x.ts');",
  ])('accepts %j', (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it('leaves Math.random to the folder of random numbers', () => {
    expect(problemsOf('export const seed = Math.random();', 'random/seed.ts')).toEqual([]);
  });

  it('names file, line and reason', () => {
    expect(problemsOf('export const a = 1;\nexport const b = Math.cbrt(a);')).toEqual([
      'ops/x.ts:2: Math.cbrt differs between engines. Use a kernel, or exact arithmetic',
    ]);
  });
});
