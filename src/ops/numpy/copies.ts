// Elements repeated, mirrored or surrounded by others. The dtype stays what it was.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { eitherDim, fitsDim, fitsShape, shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import * as l from '../../primitives/layout.ts';
import { type Axis, checkAxes, checkAxis } from '../axes.ts';
import { part } from '../core.ts';
import type { Parameter } from '../definition.ts';
import { op } from '../dispatch.ts';
import { cast } from '../dtypes.ts';
import { type Length, ownLengths } from '../lengths.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype, axes, axis, checkLengths, choice, counts, targetShape } from '../parameters.ts';
import type { Setting, UnaryWith } from '../signatures.ts';
import { numpy } from './module.ts';

/** x repeated to a shape by NumPy's rules: `ops.broadcastTo([1, 2], [2, 2])` is [[1, 2], [1, 2]]. */
export const broadcastTo: <A extends Operand>(x: A, shape: Setting<'shape', readonly Length[]>) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'broadcastTo',
  { x: anyDtype, shape: targetShape },
  ({ x, shape }) => repeatedTo('broadcastTo', x, ownLengths('broadcastTo', x.shape, shape)),
);

/** x repeated to a shape, and no further. */
export function repeatedTo(owner: string, x: Value, shape: readonly number[]): Value {
  const common = b.broadcastShape(x.shape, shape, owner);
  if (fitsShape(common, shape))
    return b.broadcastTo(
      x,
      shape.map((dim, i) => eitherDim(dim, common[i])),
    );
  throw mismatch(owner, `a shape that ${shapeText(x.shape)} repeats to`, shapeText(shape), 'Only axes of length 1 grow.');
}

/** x with each element `repeats` times along `axis` (default: of x laid flat): `ops.repeat([1, 2], 2)` is [1, 1, 2, 2]. */
export const repeat: <A extends Operand>(x: A, repeats: number, axis?: Setting<'axis', number | null>) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'repeat',
  { x: anyDtype, repeats: counts, axis: [axis, null] },
  (of) => {
    const x = of.axis === null ? l.reshape(of.x, [of.x.size]) : of.x;
    const at = of.axis === null ? 0 : checkAxis('repeat', of.axis, x.shape);
    const times = [of.repeats].flat();
    if (times.length === 1) return repeated(x, at, times[0]);
    if (!fitsDim(times.length, x.shape[at])) {
      throw mismatch(
        'repeat',
        `one number of repeats, or one for each element along axis ${at} of ${shapeText(x.shape)}`,
        shapeText(times),
      );
    }
    return l.concatenate(
      times.map((count, i) => repeated(part(x, at, i, 1), at, count)),
      at,
    );
  },
);

function repeated(x: Value, axis: number, times: number): Value {
  const spread = b.broadcastTo(l.expandDims(x, axis + 1), [...x.shape.slice(0, axis + 1), times, ...x.shape.slice(axis + 1)]);
  return l.reshape(
    spread,
    x.shape.map((dim, i) => (i === axis ? dim * times : dim)),
  );
}

/** x side by side as often as `repeats` says for each axis: `ops.tile([1, 2], 2)` is [1, 2, 1, 2]. */
export const tile: <A extends Operand>(x: A, repeats: number | readonly number[]) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'tile',
  { x: anyDtype, repeats: counts },
  ({ x, repeats }) => {
    const each = [repeats].flat();
    const rank = Math.max(each.length, x.shape.length);
    const times = [...Array<number>(rank - each.length).fill(1), ...each];
    const shape = [...Array<number>(rank - x.shape.length).fill(1), ...x.shape];
    const spread = b.broadcastTo(
      l.reshape(
        x,
        shape.flatMap((dim) => [1, dim]),
      ),
      shape.flatMap((dim, i) => [times[i], dim]),
    );
    return l.reshape(
      spread,
      shape.map((dim, i) => dim * times[i]),
    );
  },
);

/** x in reverse order along `axis` (default all): `ops.flip([1, 2, 3])` is [3, 2, 1]. */
export const flip: UnaryWith<'axis', Axis> = /* @__PURE__ */ op(numpy, 'flip', { x: anyDtype, axis: [axes, null] }, ({ x, axis }) =>
  l.flip(x, checkAxes('flip', axis, x.shape)),
);

type Width = readonly [before: number, after: number];
/** How much to pad: the same everywhere, the same for each axis, or pairs for each axis. */
export type PadWidth = number | Width | readonly Width[];

/** A pair for each axis, or one pair for all. */
const padWidth: Parameter<readonly Width[]> = {
  read(owner, name, value) {
    const rows: unknown[] =
      typeof value === 'number' ? [[value, value]] : Array.isArray(value) && typeof value[0] === 'number' ? [value] : [value].flat();
    for (const row of rows) {
      if (checkLengths(owner, name, row).length === 2) continue;
      throw mismatch(owner, `${name} to be [before, after] for each axis`, describe(value), 'Write [0, 0] for axes to leave.');
    }
    return rows as readonly Width[];
  },
};

/** How x goes on beyond its ends. */
export type PadMode = 'constant' | 'reflect' | 'symmetric';
const padMode: Parameter<PadMode> = /* @__PURE__ */ choice('constant', 'reflect', 'symmetric');

interface PadOptions {
  mode?: PadMode;
  constantValues?: Operand | null;
}

/**
 * x with other elements around it: `ops.pad([1, 2], [[1, 0]])` is [0, 1, 2].
 *
 * `padWidth`: how many before and after, for each axis, or a number or one pair for all. `mode`: 'constant' (default), 'reflect'
 * (mirrored at the last element) or 'symmetric' (mirrored behind it). `constantValues`: the number around it, default 0.
 */
export const pad: <A extends Operand>(
  x: A,
  padWidth: PadWidth,
  mode?: PadMode | PadOptions,
  constantValues?: Setting<'constantValues', number | null>,
) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'pad',
  { x: anyDtype, padWidth, mode: [padMode, 'constant'], constantValues: [anyDtype, null] },
  ({ x, padWidth, mode, constantValues }) => {
    const widths = padWidth.length === 1 ? x.shape.map(() => padWidth[0]) : padWidth;
    if (widths.length !== x.shape.length) {
      throw mismatch(
        'pad',
        `[before, after] for each axis of ${shapeText(x.shape)}`,
        `${widths.length} of them`,
        'Write [0, 0] for axes to leave.',
      );
    }
    if (mode !== 'constant') {
      if (constantValues === null) return widths.reduce((y, width, axis) => mirrored(y, axis, width, mode), x);
      throw mismatch('pad', "constantValues for mode 'constant' only", `them for '${mode}'`, 'Leave them out.');
    }
    return surrounded(x, widths, constantValues);
  },
);

/** x with one number around it. */
function surrounded(x: Value, widths: readonly Width[], around: Value | null): Value {
  const begin = widths.map(([before]) => before);
  const shape = x.shape.map((dim, i) => dim + widths[i][0] + widths[i][1]);
  const placed = l.place(x, shape, begin);
  if (around === null) return placed;
  return b.select(l.place(l.fill(x.shape, 1), shape, begin), placed, cast(around, x.dtype));
}

/** x mirrored at both ends of an axis. */
function mirrored(x: Value, axis: number, [before, after]: Width, mode: PadMode): Value {
  // How much of an end is not repeated.
  const own = mode === 'reflect' ? 1 : 0;
  const most = x.shape[axis] - own;
  if (before > most || after > most) {
    throw mismatch(
      'pad',
      `at most ${most} elements to mirror along axis ${axis} of ${shapeText(x.shape)}`,
      `[${before}, ${after}]`,
      'Pad less.',
    );
  }
  const parts = [l.flip(part(x, axis, own, before), [axis]), x, l.flip(part(x, axis, x.shape[axis] - own - after, after), [axis])];
  return l.concatenate(
    parts.filter(({ shape }) => shape[axis] !== 0),
    axis,
  );
}
