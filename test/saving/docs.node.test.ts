// The program of docs/FILES.md runs, and prints what its comments say.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as keratin from '../../src/index.ts';

const page = readFileSync(new URL('../../docs/FILES.md', import.meta.url), 'utf8');
const program = [...page.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code).join('\n');

it('docs/FILES.md', async () => {
  const code = program.replace(/import (\{[^}]*\}) from 'keratin';/, 'const $1 = keratin;');
  const printed: unknown[] = [];
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  await new AsyncFunction('keratin', 'console', code)(keratin, { log: (value: unknown) => printed.push(value) });
  const promised = [...program.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text);
  expect(promised.length).toBeGreaterThan(12);
  expect(printed).toEqual(promised.map((text) => JSON.parse(text)));
});
