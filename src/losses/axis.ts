// The option that says along which axis the classes lie.
import { ValueError } from '../errors.ts';
import { describe } from '../options.ts';

export const axisOption = 'axis';

/** The axis, the last one by default; a ValueError unless it is a whole number. */
export function checkAxis(owner: string, axis: number | undefined): number {
  if (axis === undefined || Number.isInteger(axis)) return axis ?? -1;
  throw new ValueError(`${owner}: expected axis to be a whole number, got ${describe(axis)}. Leave it out for the last axis.`);
}
