// Lengths of axes, of which some may not be known yet: shapes are inferred before there is a batch.

/**
 * A length that is not known. It is NaN, so that what is computed with it is unknown too: the double, the sum, the number of
 * elements. Comparisons with it are false, so whoever compares lengths asks `fitsDim` or `isKnown`. In public it is null.
 */
export const UNKNOWN = Number.NaN;

export const isKnown = (dim: number): boolean => !Number.isNaN(dim);

/** Whether two lengths are the same as far as they are known: an unknown one is the same as another unknown one alone. */
export const sameDim = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

/** Whether two lengths may be equal. */
export const fitsDim = (a: number, b: number): boolean => a === b || Number.isNaN(a) || Number.isNaN(b);

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((dim, i) => sameDim(dim, b[i]));

export const fitsShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((dim, i) => fitsDim(dim, b[i]));

/** What two lengths broadcast to; undefined when they do not. An unknown length gives way to every other but 1. */
export function broadcastDim(a: number, b: number): number | undefined {
  if (a === 1) return b;
  if (b === 1) return a;
  return fitsDim(a, b) ? eitherDim(a, b) : undefined;
}

/** What is known of a length that is a and is b. */
export const eitherDim = (a: number, b: number): number => (isKnown(a) ? a : b);

export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const dim of shape) size *= dim;
  return size;
}

/** A shape for messages, such as [null, 3]. */
export const shapeText = (shape: readonly (number | null)[]): string =>
  `[${shape.map((dim) => (Number.isNaN(dim) ? 'null' : String(dim))).join(', ')}]`;

/** A shape as users see it: null for what is not known. */
export const publicShape = (shape: readonly number[]): (number | null)[] => shape.map((dim) => (isKnown(dim) ? dim : null));

/** The opposite. */
export const innerShape = (shape: readonly (number | null)[]): number[] => shape.map((dim) => dim ?? UNKNOWN);
