// The programs in a page of docs/, run as one.
import { readFileSync } from 'node:fs';
import * as keratin from '../../src/index.ts';

/** What the programs print, and what the comments behind console.log promise. */
export async function runPage(name: string): Promise<{ printed: unknown[]; promised: string[] }> {
  const page = readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
  const program = [...page.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code).join('\n');
  const code = program.replace(/import (\{[^}]*\}) from 'keratin';/, 'const $1 = keratin;').replace(/^import '.*$/gm, '');
  const printed: unknown[] = [];
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  keratin.clearSession();
  await new AsyncFunction('keratin', 'console', code)(keratin, { log: (value: unknown) => printed.push(value) });
  return { printed, promised: [...program.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text) };
}
