// Lint and format. `npx biome check --write` repairs most of what it finds.
import { complaints } from './command.mjs';

/** @param {string} root */
export function check(root) {
  const problems = complaints(root, 'biome', ['ci', '--colors=off', '--max-diagnostics=30']);
  return { problems: problems.map((text) => `${text}\n\nTo repair what can be repaired: npx biome check --write`) };
}
