// Environment switches for developers. In Node they are environment variables, in a page
// properties of globalThis set before the first call.
import { mismatch } from '../common/errors.ts';

/** What a switch is set to, as one of the values it has; an empty text stands for one that is not set. */
function choice<T>(name: string, values: Readonly<Record<string, T>>, expected: string): T {
  const value = setting(name) ?? '';
  if (Object.hasOwn(values, value)) return values[value];
  throw mismatch(name, expected, `'${value}'`, 'Change it or leave it out.');
}

function setting(name: string): string | undefined {
  const global = globalThis as { process?: { env?: Record<string, string | undefined> } } & Record<string, unknown>;
  const value = global[name] ?? variable(global.process?.env, name);
  return value === undefined ? undefined : String(value);
}

/** An environment variable. One that may not be read, as in Deno without a permission, counts as not set. */
function variable(env: Record<string, string | undefined> | undefined, name: string): string | undefined {
  try {
    return env?.[name];
  } catch {
    return undefined;
  }
}

let asked = false;

/** Runs `body` as under KERATIN_CHECK when `on`. */
export function withChecks<T>(on: boolean, body: () => T): T {
  const before = asked;
  asked = on || asked;
  try {
    return body();
  } finally {
    asked = before;
  }
}

/** `KERATIN_CHECK=1`: kernels with assertions, guard words, and a stop at the first output that is not finite. */
export const checking = (): boolean =>
  asked || choice('KERATIN_CHECK', { '': false, 0: false, false: false, 1: true, true: true }, '1 or 0');

/** `KERATIN_DEBUG`: 1 prints a summary of each plan, 2 the time of each instruction, 3 the plan as text. */
export const debugLevel = (): number => choice('KERATIN_DEBUG', { '': 0, 0: 0, 1: 1, 2: 2, 3: 3 }, '0, 1, 2 or 3');

interface FileSystem {
  readFileSync(path: URL): Uint8Array<ArrayBuffer>;
  existsSync(path: URL): boolean;
}

/** Node's file system, or undefined in a page. It is reached without an import, which bundlers for browsers refuse. */
export function fileSystem(): FileSystem | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  return process?.getBuiltinModule?.('fs') as FileSystem | undefined;
}
