// Crossentropies of each row, and attention, as functions.
import { mismatch } from '../../common/errors.ts';
import { fitsShape, isKnown, shapeText } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import * as l from '../../primitives/layout.ts';
import { crossentropy, elementLoss, sparseCrossentropy } from '../../primitives/losses.ts';
import { matmul } from '../../primitives/matmul.ts';
import * as r from '../../primitives/reduce.ts';
import { softmax } from '../../primitives/softmax.ts';
import * as u from '../../primitives/unary.ts';
import { relabel } from '../../primitives/views.ts';
import { type DType, Tensor } from '../../tensor/index.ts';
import { checkAxis } from '../axes.ts';
import { constant } from '../constant.ts';
import { op } from '../dispatch.ts';
import { asFloat, cast } from '../dtypes.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype, axis, boolean, dtype, finite, float, number, off, positive, truth } from '../parameters.ts';
import type { Setting } from '../signatures.ts';
import { nn } from './module.ts';

const EPSILON = 1e-7;

function checkAlike(owner: string, target: Value, output: Value): void {
  if (fitsShape(target.shape, output.shape)) return;
  throw mismatch(
    owner,
    'target and output of one shape',
    `${shapeText(target.shape)} and ${shapeText(output.shape)}`,
    'Reshape one of them.',
  );
}

const withAxisLast = (x: Value, axis: number): Value => {
  const at = checkAxis('crossentropy', axis, x.shape);
  return l.transpose(x, [...x.shape.map((_, k) => k).filter((k) => k !== at), at]);
};
const probabilities = (x: Value): Value => u.clip(b.divide(x, r.sum(x, -1, true)), EPSILON, 1 - EPSILON);

interface CrossentropyOptions {
  fromLogits?: boolean;
  axis?: number;
}

type Crossentropy = <A extends Operand, B extends Operand>(
  target: A,
  output: B,
  fromLogits?: boolean | CrossentropyOptions,
  axis?: number | CrossentropyOptions,
) => OpResult<A | B>;

/** -(y log p + (1 - y) log(1 - p)) of each element: `ops.binaryCrossentropy([1], [0.5])` is [0.6931]. */
export const binaryCrossentropy: <A extends Operand, B extends Operand>(
  target: A,
  output: B,
  fromLogits?: Setting<'fromLogits', boolean>,
) => OpResult<A | B> = /* @__PURE__ */ op(
  nn,
  'binaryCrossentropy',
  { target: float, output: float, fromLogits: [boolean, false] },
  ({ target, output, fromLogits }) => {
    checkAlike('binaryCrossentropy', target, output);
    return elementLoss(fromLogits ? 'binaryCrossentropyLogits' : 'binaryCrossentropy', target, output);
  },
);

/** -sum of y log p along `axis` (default -1): `ops.categoricalCrossentropy([[0, 1]], [[0.5, 0.5]])` is [0.6931]. */
export const categoricalCrossentropy: Crossentropy = /* @__PURE__ */ op(
  nn,
  'categoricalCrossentropy',
  { target: float, output: float, fromLogits: [boolean, false], axis: [axis, -1] },
  ({ target, output, fromLogits, axis }) => {
    checkAlike('categoricalCrossentropy', target, output);
    const [y, p] = [withAxisLast(target, axis), withAxisLast(output, axis)];
    if (fromLogits) return crossentropy(y, p);
    return u.negative(r.sum(b.multiply(y, u.log(probabilities(p))), -1));
  },
);

/** -log of the probability of the right class: `ops.sparseCategoricalCrossentropy([1], [[0.5, 0.5]])` is [0.6931]. */
export const sparseCategoricalCrossentropy: Crossentropy = /* @__PURE__ */ op(
  nn,
  'sparseCategoricalCrossentropy',
  { target: anyDtype, output: float, fromLogits: [boolean, false], axis: [axis, -1] },
  ({ target, output, fromLogits, axis }) => {
    const p = withAxisLast(output, axis);
    const rows = p.shape.slice(0, -1);
    const isWide = target.shape.length === p.shape.length && target.shape[target.shape.length - 1] === 1;
    const labels = isWide ? l.reshape(target, target.shape.slice(0, -1)) : target;
    if (!fitsShape(labels.shape, rows)) {
      const got = `${shapeText(target.shape)} for ${shapeText(output.shape)}`;
      throw mismatch('sparseCategoricalCrossentropy', `targets of shape ${shapeText(rows)}`, got, 'One label for each row.');
    }
    const bound = p.shape[p.shape.length - 1];
    if (isKnown(bound)) currentTrace().requireIds(target, bound, 'sparseCategoricalCrossentropy', '');
    return sparseCrossentropy(u.toInt(labels), fromLogits ? p : u.log(u.clip(p, EPSILON, 1 - EPSILON)));
  },
);

interface AttentionOptions<O> {
  bias?: O | null;
  mask?: O | null;
  scale?: number | null;
  isCausal?: boolean;
  flashAttention?: boolean | null;
  attnLogitsSoftCap?: number | null;
}

/**
 * softmax(query key^T scale + bias) value for [batch, steps, heads, features], as [batch, steps, heads, features].
 *
 * `mask`: true where a step of the query may look; `scale` default 1 / sqrt(features); `isCausal`: no step looks ahead. Fewer heads of key and
 * value are shared by groups of the query's. `flashAttention` has no meaning here. Vaswani et al. 2017.
 */
export const dotProductAttention: <A extends Operand, O extends Operand = A>(
  query: A,
  key: A,
  value: A,
  bias?: O | null | AttentionOptions<O>,
  ...rest: readonly unknown[]
) => OpResult<A | O> = /* @__PURE__ */ op(
  nn,
  'dotProductAttention',
  {
    query: float,
    key: float,
    value: float,
    bias: [float, null],
    mask: [truth, null],
    scale: [{ ...finite, inCall: true }, null],
    isCausal: [boolean, false],
    flashAttention: [boolean, null],
    attnLogitsSoftCap: [number, null],
  },
  ({ query, key, value, bias, mask, scale, isCausal }) => {
    for (const x of [query, key, value]) {
      if (x.shape.length === 4) continue;
      throw mismatch(
        'dotProductAttention',
        '[batch, steps, heads, features]',
        `shape ${shapeText(x.shape)}`,
        'Add the axes that are missing.',
      );
    }
    const [batch, rows, heads, features] = query.shape;
    const columns = key.shape[1];
    const groups = key.shape[2] > 1 ? heads / key.shape[2] : 1;
    const perHead = (x: Value): Value => {
      const [, steps, own, width] = x.shape;
      const spread =
        own === heads
          ? x
          : l.reshape(b.broadcastTo(l.expandDims(x, 3), [batch, steps, own, own === 1 ? heads : groups, width]), [
              batch,
              steps,
              heads,
              width,
            ]);
      return l.reshape(l.transpose(spread, [0, 2, 1, 3]), [batch * heads, steps, width]);
    };
    const scores = l.reshape(matmul(perHead(query), perHead(key), false, true), [batch, heads, rows, columns]);
    const scaled = u.affine(scores, scale ?? 1 / Math.sqrt(features), 0);
    const biased = bias ? b.add(scaled, bias) : scaled;
    const lower = isCausal && isKnown(rows) && isKnown(columns) ? causal(rows, columns) : undefined;
    const allowed = [mask, lower].filter((one) => one !== null && one !== undefined);
    const masked = allowed.reduce((x, one) => b.select(relabel(one, 'bool'), x, l.fill([], -0.7 * 3.4028234663852886e38)), biased);
    const weights = l.reshape(softmax(masked), [batch * heads, rows, columns]);
    const width = value.shape[3];
    return l.transpose(l.reshape(matmul(weights, perHead(value)), [batch, heads, rows, width]), [0, 2, 1, 3]);
  },
);

const causal = (rows: number, columns: number): Value =>
  constant(
    new Tensor(
      Float32Array.from({ length: rows * columns }, (_, at) => Number(at % columns <= Math.floor(at / columns))),
      [rows, columns],
    ),
  );

interface MultiHotOptions {
  axis?: number;
  dtype?: DType | null;
  sparse?: false;
}

/** 1 for each class that is among the last axis of ids: `ops.multiHot([0, 2], 3)` is [1, 0, 1]. */
export const multiHot: <A extends Operand>(
  inputs: A,
  numClasses: number,
  axis?: number | MultiHotOptions,
  dtype?: DType | null | MultiHotOptions,
) => OpResult<A> = /* @__PURE__ */ op(
  nn,
  'multiHot',
  { inputs: anyDtype, numClasses: positive, axis: [axis, -1], dtype: [dtype, 'float32'], sparse: [off, false] },
  ({ inputs, numClasses, axis, dtype }) => {
    const rank = inputs.shape.length;
    const at = checkAxis('multiHot', axis, inputs.shape, rank);
    const classes = constant(
      new Tensor(
        Float32Array.from({ length: numClasses }, (_, k) => k),
        [numClasses],
      ),
    );
    const hot = asFloat(b.equal(l.reshape(asFloat(inputs), [...inputs.shape, 1]), classes));
    const reduced = r.max(hot, [Math.max(0, rank - 1)]);
    const order = reduced.shape.map((_, k) => k).slice(0, -1);
    order.splice(rank > 1 ? Math.min(at, order.length) : 0, 0, reduced.shape.length - 1);
    return cast(l.transpose(reduced, order), dtype);
  },
);

/** 20 log10(maxVal) - 10 log10(mean((x1 - x2)^2)), in decibels: `ops.psnr([0, 1], [0, 0.9], 1)` is 23.01. */
export const psnr: <A extends Operand, B extends Operand>(x1: A, x2: B, maxVal: number) => OpResult<A | B> = /* @__PURE__ */ op(
  nn,
  'psnr',
  { x1: float, x2: float, maxVal: finite },
  ({ x1, x2, maxVal }) => {
    checkAlike('psnr', x1, x2);
    const mean = r.mean(u.square(b.subtract(x1, x2)));
    const log10 = (x: Value) => u.affine(u.log(x), 1 / Math.LN10, 0);
    return b.subtract(u.affine(log10(l.fill([], maxVal)), 20, 0), u.affine(log10(mean), 10, 0));
  },
  { className: 'PSNR' },
);
