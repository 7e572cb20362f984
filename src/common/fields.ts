// The options of a class as a table: reading, checking, defaults and configs come from it, so that a class need not spell
// them out four times.
import { ValueError } from './errors.ts';
import { checkBoolean, checkChoice, checkInteger, checkNumber, checkOptions, describe, isPlain } from './options.ts';

/** How values of one kind are read from what a user wrote and written into a config. */
export interface Kind {
  read(owner: string, name: string, value: unknown): unknown;
  /** Default: the value itself. */
  write?(value: unknown): unknown;
}

/**
 * A kind, and the value of an option that is left out; without one it is required. null as a default also allows null.
 * `property` is where the value is kept, when that is not under the option's name.
 */
export type Field = readonly [kind: Kind, fallback?: unknown, property?: string];

export type Fields = Readonly<Record<string, Field>>;

/** What is fixed about a class: its name, what its constructor takes by position, and all its options. */
export interface Spec {
  readonly className: string;
  readonly positional: readonly string[];
  readonly fields: Fields;
}

export const boolean: Kind = { read: checkBoolean };
export const number: Kind = { read: checkNumber };
/** From 0 to 1. */
export const fraction: Kind = { read: (owner, name, value) => checkNumber(owner, name, value, { min: 0, max: 1 }) };
/** Finite and at least 0. */
export const nonNegative: Kind = { read: (owner, name, value) => checkNumber(owner, name, value, { min: 0, max: Number.MAX_VALUE }) };
/** Finite and above 0. */
export const aboveZero: Kind = {
  read: (owner, name, value) => checkNumber(owner, name, value, { min: Number.MIN_VALUE, max: Number.MAX_VALUE }),
};
export const positiveInteger: Kind = { read: (owner, name, value) => checkInteger(owner, name, value, 1) };
export const integer: Kind = { read: (owner, name, value) => checkInteger(owner, name, value, Number.MIN_SAFE_INTEGER) };
/** One integer or a list of them, such as axes. */
export const integers: Kind = {
  read: (owner, name, value) => {
    const list = [value].flat();
    if (list.length > 0 && list.every(Number.isSafeInteger)) return value;
    throw new ValueError(
      `${owner}: expected ${name} to be an integer or a list of integers, got ${describe(value)}. Write it like [0, 1].`,
    );
  },
};
/** Taken as it is. */
export const anything: Kind = { read: (_owner, _name, value) => value };

export const text: Kind = {
  read: (owner, name, value) => {
    if (typeof value === 'string' && value !== '') return value;
    throw new ValueError(`${owner}: expected ${name} to be a non-empty string, got ${describe(value)}.`);
  },
};

/** What the kind reads, or null, for an option that null turns off though its default is something else. */
export const optional = ({ read }: Kind): Kind => ({ read: (owner, name, value) => (value === null ? null : read(owner, name, value)) });

export const choice = (...choices: readonly string[]): Kind => ({
  read: (owner, name, value) => checkChoice(owner, name, value, choices),
});

/** The spec of a class whose options may all come by position, in their order. */
export const ordered = (className: string, fields: Fields): Spec => ({ className, positional: Object.keys(fields), fields });

/** The values of all options, defaults filled in. */
export function readFields(owner: string, fields: Fields, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const [kind, fallback, property = name] = field;
    const value = given[name];
    const missing = value === undefined || (value === null && fallback === null);
    if (missing && fallback === null) values[property] = null;
    else values[property] = kind.read(owner, name, missing && field.length > 1 ? fallback : value);
  }
  return values;
}

/** The options as a config holds them. */
export function writeFields(fields: Fields, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, [kind, , property = name]]) => {
      const value = values[property];
      return [name, value != null && kind.write ? kind.write(value) : value];
    }),
  );
}

/**
 * A constructor's arguments as one object: what Keras takes positionally comes in that order and the rest in an object, or
 * everything in one object. Names outside the fields and `others` are refused.
 */
export function readArguments(spec: Spec, args: readonly unknown[], others: readonly string[]): Record<string, unknown> {
  const { className, positional, fields } = spec;
  const before = [...args];
  while (before.length > 0 && before.at(-1) === undefined) before.pop();
  const last = before.at(-1);
  const options: Record<string, unknown> = {};
  if (isPlain(last) && !('className' in last || 'class_name' in last)) Object.assign(options, before.pop());
  if (before.length > positional.length) {
    throw new ValueError(
      `${className}: expected at most ${positional.length} arguments before the options, got ${before.length}. ` +
        `Pass ${describe(before[positional.length])} by its name in the options object.`,
    );
  }
  for (const [i, value] of before.entries()) {
    if (value === undefined) continue;
    const name = positional[i];
    if (name in options)
      throw new ValueError(`${className}: expected ${name} once, got it as an argument and as an option. Leave one out.`);
    options[name] = value;
  }
  checkOptions(className, options, [...Object.keys(fields), ...others]);
  return options;
}
