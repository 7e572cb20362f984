// Axes as options of layers, and functions of rows applied along axes.
import { mismatch } from '../../common/errors.ts';
import type { OptionType } from '../../common/option-types.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { reshape, transpose } from '../../primitives/layout.ts';
import { describeShape } from './shape.ts';

/** One axis or several; negative ones count from the end. */
export type Axes = number | readonly number[];

function checkAxes(owner: string, name: string, axis: unknown): Axes {
  const list = Array.isArray(axis) ? axis : [axis];
  if (list.length > 0 && list.every((one) => Number.isSafeInteger(one))) return axis as Axes;
  throw mismatch(owner, `${name} to be an integer or an array of integers`, describeShape(axis), 'The last axis is -1.');
}

export const axes: OptionType<Axes> = { read: checkAxes };

/** The axes of an input of this rank, ascending. */
export function resolveAxes(owner: string, axis: Axes, rank: number): number[] {
  const list = typeof axis === 'number' ? [axis] : axis;
  const found = list.map((one) => (one < 0 ? one + rank : one)).sort((a, b) => a - b);
  if (found.every((one, i) => one >= 0 && one < rank && one !== found[i - 1])) return found;
  throw mismatch(owner, `axes of an input with ${rank} axes, each once`, describeShape(axis), 'Count from 0, or from the end with -1.');
}

/** Applies `body`, a function of rows [rows, columns], along some axes of x. */
export function alongAxes(x: Value, along: readonly number[], body: (rows: Value) => Value): Value {
  const order = [...x.shape.map((_, i) => i).filter((i) => !along.includes(i)), ...along];
  const moved = transpose(x, order);
  const columns = sizeOf(along.map((axis) => x.shape[axis]));
  const y = reshape(body(reshape(moved, [columns === 0 ? 0 : x.size / columns, columns])), moved.shape);
  return transpose(
    y,
    order.map((_, axis) => order.indexOf(axis)),
  );
}
