// Parts of the package that a bundle carries only when its program imports them, such as 'keratin/debug'. In Node they are found
// without, beside this file.

import { ValueError } from './errors.ts';

const key = /* @__PURE__ */ Symbol.for('keratin.parts');

type Parts = Record<string, unknown>;

const here = (): Parts => {
  const holder = globalThis as { [key]?: Parts };
  holder[key] ??= {};
  return holder[key];
};

/** Makes a part available; called when its module is loaded. */
export function provide(name: string, tools: unknown): void {
  here()[name] = tools;
}

/** The tools of a part that `owner` cannot do without. */
export function needed<T>(owner: string, name: string): T {
  const tools = part<T>(name);
  if (tools) return tools;
  throw new ValueError(`${owner}: expected import 'keratin/${name}' first, got none. Add it.`);
}

/** The tools of a part, or undefined where it has to be imported first. */
export function part<T>(name: string): T | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const node = process?.getBuiltinModule?.('module') as { createRequire(url: string): (file: string) => unknown } | undefined;
  try {
    if (!here()[name]) node?.createRequire(import.meta.url)(`../parts/${name}.js`);
  } catch {
    // A bundle for Node: nothing lies beside it.
  }
  return here()[name] as T | undefined;
}
