// The option that says along which axis the classes lie.
import { mismatch } from '../common/errors.ts';
import type { OptionType } from '../common/option-types.ts';
import { describe } from '../common/options.ts';

/** An axis; a ValueError unless it is a whole number. */
export const axis: OptionType<number> = {
  read(owner, name, value) {
    if (Number.isInteger(value)) return value as number;
    throw mismatch(owner, `${name} to be a whole number`, describe(value), 'Leave it out for the last axis.');
  },
};
