// RMSNormalization: each sample's features over the root of their mean square.
import { mismatch } from '../../common/errors.ts';
import { nonNegative } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { shapeText } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Variable } from '../../graph/variable.ts';
import { multiply } from '../../primitives/binary.ts';
import { reshape } from '../../primitives/layout.ts';
import { mean } from '../../primitives/reduce.ts';
import { affine, rsqrt, square } from '../../primitives/unary.ts';
import { axes, resolveAxes } from '../base/axes.ts';
import { Layer, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';

const options = {
  /** The axis, or axes, over which the mean square is taken. Default -1. */
  axis: [axes, -1],
  /** Added to the mean square. Default 1e-6. */
  epsilon: [nonNegative, 1e-6],
} as const satisfies Options;

export interface RMSNormalizationOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface RMSNormalization extends ValuesOf<typeof options> {}

/**
 * x / sqrt(mean(x^2) + epsilon) * scale over `axis` (Zhang and Sennrich 2019).
 *
 * ```js
 * new layers.RMSNormalization({ epsilon: 0 }).apply(tensor([[3, 3]])).array(); // [[1, 1]]
 * ```
 * `scale` has the lengths of `axis`.
 * @throws ValueError when an axis is not one of the input's, or its length is unknown.
 */
export class RMSNormalization extends Layer {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.RMSNormalization', positional: ['axis', 'epsilon'], options };

  private scale: Variable | undefined;

  constructor(options?: RMSNormalizationOptions) {
    super(options);
  }

  override build(inputShape: Shape): void {
    const shape = resolveAxes(this.name, this.axis, inputShape.length).map((axis) => inputShape[axis]);
    if (shape.includes(null)) {
      const advice = 'Normalize another axis or fix the length.';
      throw mismatch(this.name, `known lengths of axis ${this.axis}`, `an input of shape ${shapeText(inputShape)}`, advice);
    }
    this.scale = this.addWeight('scale', shape as number[], { initializer: 'ones' });
  }

  /** Keras makes a list of the axis when it builds the layer. */
  override fileConfig(): Record<string, unknown> {
    const config = this.getConfig();
    return this.built ? { ...config, axis: [this.axis].flat() } : config;
  }

  override call(x: Value): Value {
    const along = resolveAxes(this.name, this.axis, x.shape.length);
    const root = rsqrt(affine(mean(square(x), along, true), 1, this.epsilon));
    const wide = x.shape.map((dim, axis) => (along.includes(axis) ? dim : 1));
    return multiply(multiply(x, root), reshape(currentTrace().read(this.scale as Variable), wide));
  }
}
