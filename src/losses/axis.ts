// The option that says along which axis the classes lie.
import { ValueError } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import type { Field } from '../common/fields.ts';

/** The axis, the last one by default; a ValueError unless it is a whole number. */
export const axisField: Field = [
  {
    read(owner, name, value) {
      if (Number.isInteger(value)) return value;
      throw new ValueError(`${owner}: expected ${name} to be a whole number, got ${describe(value)}. Leave it out for the last axis.`);
    },
  },
  -1,
];
