// The programs of docs/FILES.md and docs/KERAS.md run, and print what their comments say.
import { expect, it } from 'vitest';
import { runPage } from '../helpers/docs-program.ts';

it.each([
  ['FILES.md', 12],
  ['KERAS.md', 6],
])('docs/%s', async (name, most) => {
  const { printed, promised } = await runPage(name);
  expect(promised.length).toBeGreaterThanOrEqual(most);
  expect(printed).toEqual(promised.map((text) => JSON.parse(text)));
});
