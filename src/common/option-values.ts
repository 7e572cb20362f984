// From the arguments of a constructor to the values of options, and back to a config.
import { mismatch } from './errors.ts';
import { checkOptions, describe, isPlain } from './options.ts';
import type { FullSpec, Options } from './spec.ts';

/** The values of all options, defaults filled in. */
export function readOptions(owner: string, options: Options, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    const [type, fallback, property = name] = option;
    const value = given[name];
    const missing = value === undefined || (value === null && fallback === null);
    if (missing && fallback === null) values[property] = null;
    else values[property] = type.read(owner, name, missing && option.length > 1 ? fallback : value);
  }
  return values;
}

/** The options as a config holds them. */
export function writeOptions(options: Options, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, [type, , property = name]]) => {
      const value = values[property];
      return [name, value != null && type.write ? type.write(value) : value];
    }),
  );
}

/**
 * A constructor's arguments as one object: what Keras takes positionally comes in that order and the rest in an object, or
 * everything in one object. Names that are neither options of the spec nor among `others` are refused.
 */
export function readArguments(
  className: string,
  { positional, options }: Pick<FullSpec, 'positional' | 'options'>,
  args: readonly unknown[],
  others: readonly string[] = [],
): Record<string, unknown> {
  const before = [...args];
  while (before.length > 0 && before.at(-1) === undefined) before.pop();
  const last = before.at(-1);
  const given: Record<string, unknown> = {};
  if (isPlain(last) && !('className' in last || 'class_name' in last)) Object.assign(given, before.pop());
  if (before.length > positional.length) {
    throw mismatch(
      className,
      `at most ${positional.length} arguments before the options`,
      before.length,
      `Pass ${describe(before[positional.length])} by its name in the options object.`,
    );
  }
  for (const [i, value] of before.entries()) {
    if (value === undefined) continue;
    const name = positional[i];
    if (name in given) throw mismatch(className, `${name} once`, 'it as an argument and as an option', 'Leave one out.');
    given[name] = value;
  }
  checkOptions(className, given, [...Object.keys(options), ...others]);
  return given;
}
