// Checks of what a caller wrote, with messages that name the nearest right spelling.
import { describe } from './describe.ts';
import { mismatch } from './errors.ts';
import { bare, camelCase } from './names.ts';

export { describe };

/** Whether it is an object literal or the like, and no instance of a class. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Edits (insert, delete, replace, swap of neighbours) between two words. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(row[j - 1] + 1, previous[j] + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length];
}

/** The candidate spelt most like `name` (case and underscores do not count), or undefined when none is near. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const word = bare(name);
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const edits = distance(word, bare(candidate));
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

/** Throws a ValueError for an option that `owner` does not have, naming the nearest one it has. */
export function checkOptions(owner: string, options: unknown, allowed: readonly string[]): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw mismatch(owner, 'an object of options', describe(options), `Its options are ${listed(allowed)}.`);
  }
  for (const name of Object.keys(options)) {
    if (allowed.includes(name)) continue;
    const camel = camelCase(name);
    const near = nearest(name, allowed);
    const advice = allowed.includes(camel)
      ? `Keras's ${name} is written ${camel} here.`
      : near !== undefined
        ? `Did you mean ${near}?`
        : allowed.length
          ? `Its options are ${listed(allowed)}.`
          : 'It takes no options.';
    throw mismatch(owner, 'an option it has', describe(name), advice);
  }
}

const listed = (names: readonly string[]): string => names.join(', ');

/** `value` if it is an integer of at least `minimum`; a ValueError naming `owner` and `name` otherwise. */
export function checkInteger(owner: string, name: string, value: unknown, minimum = 0): number {
  if (Number.isSafeInteger(value) && (value as number) >= minimum) return value as number;
  const what = minimum === 1 ? 'a positive integer' : `an integer of at least ${minimum}`;
  throw mismatch(owner, `${name} to be ${what}`, describe(value), `Pass a whole number such as ${Math.max(minimum, 10)}.`);
}

/** `value` if it is 1, 2, 3, ...; a ValueError otherwise. */
export function checkPositiveInteger(owner: string, name: string, value: unknown): number {
  return checkInteger(owner, name, value, 1);
}

/** Bounds of a number, both allowed themselves. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** `value` if it is a number (not NaN) within the bounds; a ValueError otherwise. */
export function checkNumber(owner: string, name: string, value: unknown, { min = -Infinity, max = Infinity }: Bounds = {}): number {
  if (typeof value === 'number' && value >= min && value <= max) return value;
  // MIN_VALUE and MAX_VALUE as bounds say "above 0" and "finite".
  const least = min === Number.MIN_VALUE ? ' above 0' : ` of at least ${min}`;
  const limited = max < Number.MAX_VALUE;
  const range =
    min > -Infinity && limited ? ` from ${min} to ${max}` : min > -Number.MAX_VALUE ? least : limited ? ` of at most ${max}` : '';
  const advice =
    typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))
      ? 'Convert the text with Number(...).'
      : `Set ${name} to such a number or leave it out.`;
  throw mismatch(owner, `${name} to be a number${range}`, describe(value), advice);
}

/** `value` if it is one of the strings in `choices`; a ValueError naming the nearest one otherwise. */
export function checkChoice<T extends string>(owner: string, name: string, value: unknown, choices: readonly T[]): T {
  if (choices.includes(value as T)) return value as T;
  const near = typeof value === 'string' ? nearest(value, choices) : undefined;
  const advice = near === undefined ? 'Choose one of them.' : `Did you mean '${near}'?`;
  throw mismatch(owner, `${name} to be ${choices.map((c) => `'${c}'`).join(' or ')}`, describe(value), advice);
}

/** `value` if it is true or false; a ValueError otherwise. */
export function checkBoolean(owner: string, name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw mismatch(owner, `${name} to be true or false`, describe(value), 'Set it to one of the two.');
}
