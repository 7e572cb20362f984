// Lengths that users take from the shapes of other tensors, and that may not be known when an op is drawn.
import { mismatch } from '../common/errors.ts';
import { isKnown, shapeText } from '../graph/shape.ts';
import { currentInference } from '../graph/trace.ts';

/**
 * A length in a target shape. null is the length of the same axis of the op's own input, which is what `x.shape` of a symbolic
 * tensor has for a length that is not known yet. Inside a call such a length is NaN until there are data.
 */
export type Length = number | null;

/** Whether a setting is a number that is not known yet: the types of a call are being inferred. */
export const isOpen = (value: unknown): value is number => Number.isNaN(value) && currentInference() !== undefined;

/** What to do with lengths that an op cannot make out by itself. */
export const USE_IN_CALL = 'Lengths that are not known yet can be used in the call of a layer, such as Lambda.';

/** The shape with each null replaced by x's own length of that axis, counted from the last. */
export function ownLengths(owner: string, shape: readonly number[], target: readonly Length[]): number[] {
  const missing = target.length - shape.length;
  return target.map((dim, i) => {
    if (dim !== null) return dim;
    const own = shape[i - missing];
    if (own !== undefined && (own !== 1 || !currentInference())) return own;
    throw mismatch(owner, `a known length of axis ${i}`, `null, which x of shape ${shapeText(shape)} does not have there`, USE_IN_CALL);
  });
}

/** Refuses a 0 that can only come from arithmetic with null, as nothing says that x is empty. */
export function checkNoZero(owner: string, shape: readonly number[], target: readonly Length[]): void {
  if (!target.includes(0) || shape.includes(0) || shape.every(isKnown) || !currentInference()) return;
  throw mismatch(
    owner,
    `lengths above 0 for inputs of shape ${shapeText(shape)}`,
    shapeText(target),
    `A length that is not known yet is null, and null * 3 is 0 in JavaScript. ${USE_IN_CALL}`,
  );
}
