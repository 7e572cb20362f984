// The program of docs/CUSTOM.md runs, and prints what its comments say.
import { expect, it } from 'vitest';
import { runPage } from '../helpers/docs-program.ts';

it('docs/CUSTOM.md', async () => {
  const { printed, promised } = await runPage('CUSTOM.md');
  expect(promised.length).toBeGreaterThan(8);
  expect(printed.map((value) => JSON.stringify(value))).toEqual(
    promised.map((text) => JSON.stringify(JSON.parse(text.replaceAll("'", '"')))),
  );
});
