// Shapes of batches.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';

/** A shape in which `null` stands for a length that is known only when data comes. */
export type Shape = readonly (number | null)[];

/** A shape, or a list of them where a layer has several inputs or outputs. */
export type Shapes = Shape | readonly Shape[];

/** Whether a shape is a list of shapes. */
export const isShapeList = (shape: Shapes): shape is readonly Shape[] => Array.isArray(shape[0]);

/** Describes the user's shape for messages: its lengths when it is an array. */
export const describeShape = (shape: unknown): string =>
  Array.isArray(shape) ? `[${shape.map((dim) => (dim === null ? 'null' : describe(dim))).join(', ')}]` : describe(shape);

/** Checks a shape a user wrote: null or non-negative integers. */
export function checkShape(owner: string, shape: unknown): Shape {
  const fits = Array.isArray(shape) && shape.every((dim) => dim === null || (Number.isSafeInteger(dim) && dim >= 0));
  if (!fits) throw mismatch(owner, 'a shape as an array of lengths or null', describeShape(shape), 'For example [null, 16].');
  return [...(shape as (number | null)[])];
}

/** The shapes of a layer's inputs, if they are a list of `least` to `most`. */
export function shapeList(owner: string, shapes: Shapes, least: number, most = Number.POSITIVE_INFINITY): readonly Shape[] {
  if (isShapeList(shapes) && shapes.length >= least && shapes.length <= most) return shapes;
  const count = least === most ? String(least) : most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
  const got = isShapeList(shapes) ? `${shapes.length} of them` : `one of shape ${describeShape(shapes)}`;
  throw mismatch(owner, `a list of ${count} input${count === '1' ? '' : 's'}`, got, 'Pass an array such as [a, b].');
}
