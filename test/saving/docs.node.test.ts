// The programs of docs/FILES.md and docs/KERAS.md run, and print what their comments say.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as keratin from '../../src/index.ts';
import '../../src/parts/saving.ts';

it.each([
  ['FILES.md', 12],
  ['KERAS.md', 6],
])('docs/%s', async (name, most) => {
  const page = readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
  const program = [...page.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code).join('\n');
  const code = program.replace(/import (\{[^}]*\}) from 'keratin';/, 'const $1 = keratin;').replace(/^import '.*$/gm, '');
  const printed: unknown[] = [];
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  await new AsyncFunction('keratin', 'console', code)(keratin, { log: (value: unknown) => printed.push(value) });
  const promised = [...program.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text);
  expect(promised.length).toBeGreaterThanOrEqual(most);
  expect(printed).toEqual(promised.map((text) => JSON.parse(text)));
});
