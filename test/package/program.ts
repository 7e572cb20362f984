// The program that the tests of the package bundle and run, and what proves that it ran.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** An example that imports the package by its name and prints its results with console.log. */
export const program = {
  path: `${root}examples/restaurant.mjs`,
  prints: /accuracy\D*\d/i,
};

/** The built entry of the package. */
export function builtEntry(): string {
  const path = `${root}dist/index.js`;
  if (!existsSync(path)) throw new Error('dist/index.js is missing. Run `npm run build` first');
  return path;
}
