// Numbers between two ends, and windows of signals.

import type { Value } from '../../graph/value.ts';
import { cos as cosOf } from '../../kernels/scalar.ts';
import * as b from '../../primitives/binary.ts';
import * as l from '../../primitives/layout.ts';
import * as u from '../../primitives/unary.ts';
import { relabel } from '../../primitives/views.ts';
import { type DType, Tensor, tensor } from '../../tensor/index.ts';
import { checkAxis } from '../axes.ts';
import { constant } from '../constant.ts';
import { op } from '../dispatch.ts';
import { cast } from '../dtypes.ts';
import type { Operand, OpResult } from '../operand.ts';
import { axis, boolean, dtype, finite, float, length } from '../parameters.ts';
import { numpy } from './module.ts';

interface RangeOptions {
  num?: number;
  endpoint?: boolean;
  dtype?: DType | null;
  axis?: number;
}

type Range<O> = <A extends Operand, B extends Operand>(start: A, stop: B, num?: number | O, ...rest: readonly unknown[]) => OpResult<A | B>;

/** `num` numbers from start on, the last at stop or one step before it, along a new axis. */
function linear(owner: string, start: Value, stop: Value, num: number, endpoint: boolean, axis: number): Value {
  const shape = b.broadcastShape(start.shape, stop.shape, owner);
  const at = checkAxis(owner, axis, shape, shape.length + 1);
  const steps = Math.max(1, endpoint ? num - 1 : num);
  const parts = (of: (k: number) => number): Value =>
    constant(
      new Tensor(
        Float32Array.from({ length: num }, (_, k) => of(k)),
        [...shape.map(() => 1), 1].map((_, k) => (k === at ? num : 1)),
      ),
    );
  const [p, q] = [start, stop].map((x) => l.expandDims(b.broadcastTo(x, shape), at));
  const y = b.add(
    p,
    b.multiply(
      b.subtract(q, p),
      parts((k) => k / steps),
    ),
  );
  if (!endpoint || num < 2) return y;
  // The end itself, whatever rounding makes of the sum.
  const isLast = relabel(
    parts((k) => Number(k === num - 1)),
    'bool',
  );
  return b.select(isLast, q, y);
}

/**
 * `num` (default 50) numbers at equal distances from start to stop: `ops.linspace(0, 1, 3)` is [0, 0.5, 1].
 *
 * `endpoint`: whether stop is among them, default true; `dtype` default 'float32'; `axis` of the numbers where the ends are arrays, default 0.
 */
export const linspace: Range<RangeOptions> = /* @__PURE__ */ op(
  numpy,
  'linspace',
  {
    start: float,
    stop: float,
    num: [length, 50],
    endpoint: [boolean, true],
    retstep: [{ ...boolean }, false],
    dtype: [dtype, null],
    axis: [axis, 0],
  },
  ({ start, stop, num, endpoint, dtype, axis }) => cast(linear('linspace', start, stop, num, endpoint, axis), dtype ?? 'float32'),
);

/** base (default 10) to the powers of `linspace`: `ops.logspace(0, 2, 3)` is [1, 10, 100]. */
export const logspace: Range<RangeOptions & { base?: number }> = /* @__PURE__ */ op(
  numpy,
  'logspace',
  {
    start: float,
    stop: float,
    num: [length, 50],
    endpoint: [boolean, true],
    base: [finite, 10],
    dtype: [dtype, null],
    axis: [axis, 0],
  },
  ({ start, stop, num, endpoint, base, dtype, axis }) =>
    cast(b.power(l.fill([], base), linear('logspace', start, stop, num, endpoint, axis)), dtype ?? 'float32'),
);

/** `num` (default 50) numbers from start to stop, each the same times the one before: `ops.geomspace(1, 100, 3)` is [1, 10, 100]. */
export const geomspace: Range<RangeOptions> = /* @__PURE__ */ op(
  numpy,
  'geomspace',
  { start: float, stop: float, num: [length, 50], endpoint: [boolean, true], dtype: [dtype, null], axis: [axis, 0] },
  ({ start, stop, num, endpoint, dtype, axis }) => {
    const sign = u.sign(start);
    const [p, q] = [start, stop].map((x) => u.log(u.absolute(x)));
    const y = u.exp(linear('geomspace', p, q, num, endpoint, axis));
    const at = checkAxis('geomspace', axis, y.shape);
    return cast(
      b.multiply(
        l.expandDims(
          b.broadcastTo(
            sign,
            y.shape.filter((_, k) => k !== at),
          ),
          at,
        ),
        y,
      ),
      dtype ?? 'float32',
    );
  },
);

/** The window of so many numbers, which `of` gives for angles from 0 to 2 pi. */
const window =
  (name: string, of: (angle: number, part: number) => number) =>
  (x: number): Tensor => {
    const count = length.read(name, 'x', x);
    const numbers = Float64Array.from({ length: count }, (_, k) =>
      count === 1 ? 1 : of((2 * Math.PI * k) / (count - 1), k / (count - 1)),
    );
    return tensor(numbers, [count], 'float32');
  };

/** Hamming's window: `ops.hamming(3)` is [0.08, 1, 0.08]. */
export const hamming: (x: number) => Tensor = /* @__PURE__ */ window('hamming', (angle) => 0.54 - 0.46 * cosOf(angle));
/** Hann's window: `ops.hanning(3)` is [0, 1, 0]. */
export const hanning: (x: number) => Tensor = /* @__PURE__ */ window('hanning', (angle) => 0.5 - 0.5 * cosOf(angle));
/** Blackman's window: `ops.blackman(3)` is [0, 1, 0]. */
export const blackman: (x: number) => Tensor = /* @__PURE__ */ window(
  'blackman',
  (angle) => 0.42 - 0.5 * cosOf(angle) + 0.08 * cosOf(2 * angle),
);
/** Bartlett's window, a triangle: `ops.bartlett(3)` is [0, 1, 0]. */
export const bartlett: (x: number) => Tensor = /* @__PURE__ */ window('bartlett', (_, part) => 1 - Math.abs(2 * part - 1));
/** Kaiser's window with the shape `beta`: `ops.kaiser(3, 0)` is [1, 1, 1]. */
export const kaiser = (x: number, beta: number): Tensor => {
  finite.read('kaiser', 'beta', beta);
  return window('kaiser', (_, part) => besselOf(beta * Math.sqrt(Math.max(0, 1 - (2 * part - 1) * (2 * part - 1)))) / besselOf(beta))(x);
};

/** The sum of (x^2 / 4)^k / k!^2. */
function besselOf(x: number): number {
  let [term, sum] = [1, 1];
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x * x) / 4 / (k * k);
    sum += term;
  }
  return sum;
}
