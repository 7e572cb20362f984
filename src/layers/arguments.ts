// Constructors take what Keras takes positionally in that order and the rest in an object, or everything in one object.
import { ValueError } from '../errors.ts';
import { checkOptions, describe } from '../options.ts';

const isOptions = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);

/** The arguments as one options object, with every name checked against `allowed`. */
export function readArguments<T extends object>(
  owner: string,
  args: readonly unknown[],
  positional: readonly (keyof T & string)[],
  allowed: readonly string[],
): T {
  const given = args.at(-1);
  const options: Record<string, unknown> = isOptions(given) ? { ...given } : {};
  const ordered = isOptions(given) ? args.slice(0, -1) : args;
  if (ordered.length > positional.length) {
    throw new ValueError(
      `${owner}: expected at most ${positional.length} arguments before the options, got ${ordered.length}. ` +
        `Pass ${describe(ordered[positional.length])} by its name in the options object.`,
    );
  }
  for (const [i, value] of ordered.entries()) {
    if (value === undefined) continue;
    if (positional[i] in options)
      throw new ValueError(`${owner}: expected ${positional[i]} once, got it as an argument and as an option. Leave one out.`);
    options[positional[i]] = value;
  }
  checkOptions(owner, options, [...positional, ...allowed]);
  return options as T;
}

/** Throws for options that saved models hold but that have one value here, when they have another. */
export function checkOnly(owner: string, options: object, only: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(only)) {
    const given = (options as Record<string, unknown>)[name] ?? value;
    if (given === value) continue;
    throw new ValueError(
      `${owner}: expected ${name} to be ${describe(value)}, got ${describe(given)}. Nothing else is supported; leave it out.`,
    );
  }
}
