// Axes and shapes that users write.
import { mismatch } from '../common/errors.ts';
import { shapeText } from '../graph/shape.ts';

/** One axis or several; null for all. */
export type Axis = number | readonly number[] | null;

/** An axis counted from 0; a ValueError when x has no such axis. */
export function checkAxis(owner: string, axis: unknown, shape: readonly number[], rank = shape.length): number {
  if (Number.isInteger(axis) && (axis as number) >= -rank && (axis as number) < rank) {
    return (axis as number) < 0 ? (axis as number) + rank : (axis as number);
  }
  const range = rank === 0 ? 'no axis' : `an axis from ${-rank} to ${rank - 1}`;
  throw mismatch(owner, range, String(axis), `The input has shape ${shapeText(shape)}.`);
}

/** Axes counted from 0 and in order; all of them for null. */
export function checkAxes(owner: string, axis: Axis, shape: readonly number[]): number[] {
  if (axis === null) return shape.map((_, i) => i);
  const list = typeof axis === 'object' ? axis : [axis];
  return [...new Set(list.map((one) => checkAxis(owner, one, shape)))].sort((a, b) => a - b);
}

/** The shape with the given axes gone. */
export const without = (shape: readonly number[], axes: readonly number[]): number[] => shape.filter((_, i) => !axes.includes(i));
