// Types of options: how a value is checked when a user passes it, and how a config holds it.
import { mismatch } from './errors.ts';
import { checkBoolean, checkChoice, checkInteger, checkNumber, describe } from './options.ts';

declare const accepted: unique symbol;

/**
 * Reads an option from what a user passed, and writes it into a config.
 *
 * `Kept` is what the object keeps, `Given` what a user may pass.
 */
export interface OptionType<Kept = unknown, Given = Kept> {
  read(owner: string, name: string, value: unknown): Kept;
  /** Default: the value itself. */
  write?(value: unknown): unknown;
  /** Whether null is a value of its own, and not another word for the default. */
  readonly nullable?: true;
  /** Carries `Given`; never there. */
  readonly [accepted]?: Given;
}

export const boolean: OptionType<boolean> = { read: checkBoolean };
export const number: OptionType<number> = { read: checkNumber };
/** From 0 to 1. */
export const fraction: OptionType<number> = { read: (owner, name, value) => checkNumber(owner, name, value, { min: 0, max: 1 }) };
/** Finite and at least 0. */
export const nonNegative: OptionType<number> = {
  read: (owner, name, value) => checkNumber(owner, name, value, { min: 0, max: Number.MAX_VALUE }),
};
/** Finite and above 0. */
export const aboveZero: OptionType<number> = {
  read: (owner, name, value) => checkNumber(owner, name, value, { min: Number.MIN_VALUE, max: Number.MAX_VALUE }),
};
export const positiveInteger: OptionType<number> = { read: (owner, name, value) => checkInteger(owner, name, value, 1) };
export const integer: OptionType<number> = {
  read: (owner, name, value) => checkInteger(owner, name, value, Number.MIN_SAFE_INTEGER),
};
/** An integer of at least `minimum`. */
export const integerFrom = (minimum: number): OptionType<number> => ({
  read: (owner, name, value) => checkInteger(owner, name, value, minimum),
});
/** One integer or a list of them, such as axes. */
export const integers: OptionType<number | readonly number[]> = {
  read: (owner, name, value) => {
    const list = [value].flat();
    if (list.length > 0 && list.every(Number.isSafeInteger)) return value as number | readonly number[];
    throw mismatch(owner, `${name} to be an integer or a list of integers`, describe(value), 'Write it like [0, 1].');
  },
};
/** Taken as it is. */
export const anything: OptionType<unknown> = { read: (_owner, _name, value) => value };

export const text: OptionType<string> = {
  read: (owner, name, value) => {
    if (typeof value === 'string' && value !== '') return value;
    throw mismatch(owner, `${name} to be a non-empty string`, describe(value));
  },
};

/** One of some strings. */
export const choice = <const C extends readonly string[]>(...choices: C): OptionType<C[number]> => ({
  read: (owner, name, value) => checkChoice(owner, name, value, choices),
});

/** A value of the type, or null, for an option that null turns off though its default is something else. */
export const optional = <Kept, Given>({ read, write }: OptionType<Kept, Given>): OptionType<Kept | null, Given | null> => ({
  read: (owner, name, value) => (value === null ? null : read(owner, name, value)),
  ...(write && { write: (value: unknown) => (value === null ? null : write(value)) }),
  nullable: true,
});
