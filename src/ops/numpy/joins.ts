// Several into one, and one into several.
import { mismatch } from '../../common/errors.ts';
import { checkInteger } from '../../common/options.ts';
import { fitsDim, fitsShape, isKnown, shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import * as l from '../../primitives/layout.ts';
import { checkAxis } from '../axes.ts';
import { part } from '../core.ts';
import type { Parameter } from '../definition.ts';
import { listOp, op } from '../dispatch.ts';
import type { Operand, OpResult, OpResultOfAll } from '../operand.ts';
import { anyDtype, axis, checkLengths, operands } from '../parameters.ts';
import type { Setting } from '../signatures.ts';
import { numpy } from './module.ts';

type Join = <L extends readonly Operand[]>(xs: L, axis?: Setting<'axis', number>) => OpResultOfAll<L>;

/** The parts one after another along `axis` (default 0): `ops.concatenate([[1], [2, 3]])` is [1, 2, 3]. */
export const concatenate: Join = /* @__PURE__ */ op(numpy, 'concatenate', { xs: operands, axis: [axis, 0] }, ({ xs, axis }) => {
  const [{ shape }] = xs;
  const at = checkAxis('concatenate', axis, shape);
  const odd = xs.find((x) => x.shape.length !== shape.length || x.shape.some((dim, i) => i !== at && !fitsDim(dim, shape[i])));
  if (!odd) return l.concatenate(xs, at);
  throw mismatch(
    'concatenate',
    `shapes that differ along axis ${at} only`,
    `${shapeText(shape)} and ${shapeText(odd.shape)}`,
    'Reshape one of them.',
  );
});

/** The parts side by side along a new axis (default 0): `ops.stack([[1, 2], [3, 4]])` is [[1, 2], [3, 4]]. */
export const stack: Join = /* @__PURE__ */ op(numpy, 'stack', { x: operands, axis: [axis, 0] }, ({ x: xs, axis }) => {
  const [{ shape }] = xs;
  const odd = xs.find((x) => !fitsShape(x.shape, shape));
  if (odd) throw mismatch('stack', 'equal shapes', `${shapeText(shape)} and ${shapeText(odd.shape)}`, 'Reshape one of them.');
  const at = checkAxis('stack', axis, shape, shape.length + 1);
  return l.concatenate(
    xs.map((x) => l.expandDims(x, at)),
    at,
  );
});

/** A number of equal parts, or where parts end. */
const sections: Parameter<number | readonly number[]> = {
  read: (owner, name, value) => (Array.isArray(value) ? checkLengths(owner, name, value) : checkInteger(owner, name, value, 1)),
};

/**
 * x in parts along `axis` (default 0): `ops.split([1, 2, 3, 4], 2)` is two Tensors [1, 2] and [3, 4].
 *
 * `indicesOrSections`: a number of equal parts, or where parts end: `[1, 3]` gives [0, 1), [1, 3) and the rest.
 */
export const split: <A extends Operand>(
  x: A,
  indicesOrSections: number | readonly number[],
  axis?: Setting<'axis', number>,
) => OpResult<A>[] = /* @__PURE__ */ listOp(
  numpy,
  'split',
  { x: anyDtype, indicesOrSections: sections, axis: [axis, 0] },
  ({ x, indicesOrSections, axis }) => {
    const at = checkAxis('split', axis, x.shape);
    const starts = typeof indicesOrSections === 'number' ? equalParts(x, at, indicesOrSections) : [0, ...indicesOrSections];
    const dim = x.shape[at];
    if (starts.some((start, i) => start > dim || start < (starts[i - 1] ?? 0))) {
      throw mismatch('split', `rising places up to ${dim}`, shapeText(starts.slice(1)), `The shape is ${shapeText(x.shape)}.`);
    }
    return starts.map((start, i) => part(x, at, start, (starts[i + 1] ?? dim) - start));
  },
);

/** Where each of so many equal parts begins. */
function equalParts({ shape }: Value, axis: number, sections: number): number[] {
  const length = shape[axis] / sections;
  if (Number.isInteger(length) || !isKnown(length)) return Array.from({ length: sections }, (_, i) => i * length);
  throw mismatch(
    'split',
    `a number of parts that divides axis ${axis} of ${shapeText(shape)}`,
    sections,
    'Pass the places where parts end instead.',
  );
}
