// The Softmax layer, with masks.
import * as activations from '../../activations/index.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { broadcastTo, multiply, select } from '../../primitives/binary.ts';
import { fill, reshape } from '../../primitives/layout.ts';
import { type Axes, alongAxes, axes, resolveAxes } from '../base/axes.ts';
import { type CallOptions, Layer, type LayerOptions, type LayerSpec } from '../base/layer.ts';

const options = {
  /** The axis, or axes, along which the result sums to 1. Default -1. */
  axis: [axes, -1],
} as const satisfies Options;

export interface SoftmaxOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Softmax extends ValuesOf<typeof options> {}

/**
 * exp(x) over its sum along `axis`.
 *
 * ```js
 * new layers.Softmax().apply(tensor([[1, 1]])).array(); // [[0.5, 0.5]]
 * ```
 * What a mask leaves out gets 0 and the rest sums to 1. A mask with fewer axes than the input is one of its first axes, such
 * as [batch, steps]; Keras takes it for one of the last.
 * @throws ValueError when an axis is not one of the input's.
 */
export class Softmax extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.Softmax',
    positional: ['axis'],
    options,
    supportsMasking: true,
    builtAtOnce: true,
    takesMask: true,
  };

  constructor(options?: SoftmaxOptions);
  constructor(axis: Axes, options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override call(x: Value, { mask }: CallOptions): Value {
    const along = resolveAxes(this.name, this.axis, x.shape.length);
    const isLast = along.length === 1 && along[0] === x.shape.length - 1;
    const softmax = (v: Value) => (isLast ? activations.softmax(v) : alongAxes(v, along, (rows) => activations.softmax(rows)));
    if (!mask) return softmax(x);
    const kept = reshape(mask, [...mask.shape, ...Array<number>(x.shape.length - mask.shape.length).fill(1)]);
    const masked = softmax(select(broadcastTo(kept, x.shape), x, fill([], -1e9)));
    // Rows that are masked as a whole would be uniform.
    return multiply(masked, kept);
  }
}
