// Several into one, and one into several.
import { ValueError } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import { sameShape } from '../graph/shape.ts';
import type { Value } from '../graph/value.ts';
import * as l from '../primitives/layout.ts';
import { argument } from './arguments.ts';
import { asFloat, run, runAll } from './dispatch.ts';
import { checkAxis, type Operand, type OpResult, shapeText } from './operand.ts';
import { checkLengths } from './shapes.ts';

type ResultOfAll<L extends readonly Operand[]> = OpResult<L[number]>;

/** Values of one dtype: all as they are, or all float32. */
const alike = (parts: readonly Value[]): readonly Value[] =>
  parts.every(({ dtype }) => dtype === parts[0].dtype) ? parts : parts.map(asFloat);

function checkList(owner: string, xs: unknown): void {
  if (!Array.isArray(xs) || xs.length === 0) {
    throw new ValueError(`${owner}: expected an array of at least one operand, got ${describe(xs)}. Put them in [ ].`);
  }
}

/** The parts one after another along `axis` (default -1): `ops.concatenate([[1], [2, 3]])` is [1, 2, 3]. */
export function concatenate<L extends readonly Operand[]>(xs: L, axis?: number | { axis?: number }): ResultOfAll<L> {
  checkList('concatenate', xs);
  const along = argument('concatenate', axis as number, 'axis', -1);
  return run(
    'concatenate',
    xs,
    (...parts) => {
      const [{ shape }] = parts;
      const at = checkAxis('concatenate', along, shape);
      const odd = parts.find((part) => part.shape.length !== shape.length || part.shape.some((dim, i) => i !== at && dim !== shape[i]));
      if (odd) {
        throw new ValueError(
          `concatenate: expected shapes that differ along axis ${at} only, got ${shapeText(shape)} and ${shapeText(odd.shape)}. Reshape one of them.`,
        );
      }
      return l.concatenate(alike(parts), at);
    },
    { axis: along },
  );
}

/** The parts side by side along a new axis (default 0): `ops.stack([[1, 2], [3, 4]])` is [[1, 2], [3, 4]]. */
export function stack<L extends readonly Operand[]>(xs: L, axis?: number | { axis?: number }): ResultOfAll<L> {
  checkList('stack', xs);
  const along = argument('stack', axis as number, 'axis', 0);
  return run(
    'stack',
    xs,
    (...parts) => {
      const [{ shape }] = parts;
      const odd = parts.find((part) => !sameShape(part.shape, shape));
      if (odd)
        throw new ValueError(`stack: expected equal shapes, got ${shapeText(shape)} and ${shapeText(odd.shape)}. Reshape one of them.`);
      const at = checkAxis('stack', along, shape, shape.length + 1);
      return l.concatenate(
        alike(parts).map((part) => l.expandDims(part, at)),
        at,
      );
    },
    { axis: along },
  );
}

/** The parts of x along `axis` (default 0), which goes: `ops.unstack([[1, 2], [3, 4]])` is two Tensors [1, 2] and [3, 4]. */
export const unstack = <A extends Operand>(x: A, axis: number | { axis?: number } = 0): OpResult<A>[] => {
  const along = argument('unstack', axis as number, 'axis', 0);
  return runAll(
    'unstack',
    [x],
    (v) => {
      const at = checkAxis('unstack', along, v.shape);
      return pieces(
        v,
        at,
        Array.from({ length: v.shape[at] }, (_, i) => i),
      ).map((part) =>
        l.reshape(
          part,
          v.shape.filter((_, i) => i !== at),
        ),
      );
    },
    { axis: along },
  );
};

/** The blocks of x that begin at `starts` along an axis. */
const pieces = (x: Value, axis: number, starts: readonly number[]): Value[] =>
  starts.map((start, k) => {
    const end = starts[k + 1] ?? x.shape[axis];
    return l.slice(
      x,
      x.shape.map((_, i) => (i === axis ? start : 0)),
      x.shape.map((dim, i) => (i === axis ? end - start : dim)),
    );
  });

/**
 * x in parts along `axis` (default 0): `ops.split([1, 2, 3, 4], 2)` is two Tensors [1, 2] and [3, 4].
 *
 * `indicesOrSections`: a number of equal parts, or where parts end: `[1, 3]` gives [0, 1), [1, 3) and the rest.
 */
export const split = <A extends Operand>(
  x: A,
  indicesOrSections: number | readonly number[],
  axis: number | { axis?: number } = 0,
): OpResult<A>[] => {
  const along = argument('split', axis as number, 'axis', 0);
  return runAll(
    'split',
    [x],
    (v) => {
      const at = checkAxis('split', along, v.shape);
      const dim = v.shape[at];
      if (typeof indicesOrSections !== 'number') {
        const ends = checkLengths('split', indicesOrSections);
        if (ends.some((end, i) => end > dim || end < (ends[i - 1] ?? 0))) {
          throw new ValueError(`split: expected rising places up to ${dim}, got ${shapeText(ends)}. The shape is ${shapeText(v.shape)}.`);
        }
        return pieces(v, at, [0, ...ends]);
      }
      const length = dim / indicesOrSections;
      if (!(indicesOrSections > 0) || !Number.isInteger(length)) {
        throw new ValueError(
          `split: expected a number of parts that divides axis ${at} of ${shapeText(v.shape)}, got ${indicesOrSections}. Pass the places where parts end instead.`,
        );
      }
      return pieces(
        v,
        at,
        Array.from({ length: indicesOrSections }, (_, i) => i * length),
      );
    },
    { indicesOrSections, axis: along },
  );
};
