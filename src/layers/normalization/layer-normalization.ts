// LayerNormalization: each sample's features with mean 0 and variance 1.
import { mismatch } from '../../common/errors.ts';
import { boolean, nonNegative } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { fitsDim, shapeText, sizeOf } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Variable } from '../../graph/variable.ts';
import { reshape } from '../../primitives/layout.ts';
import { layerNormalize } from '../../primitives/normalization.ts';
import { alongAxes, axes, resolveAxes } from '../base/axes.ts';
import { Layer, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';
import { constraint, initializer, no, regularizer } from '../base/option-types.ts';
import { weightOptions } from '../base/weight-options.ts';

const options = {
  /** The axis, or axes, over which mean and variance are taken. Default -1. */
  axis: [axes, -1],
  /** Added to the variance. Default 0.001. */
  epsilon: [nonNegative, 1e-3],
  /** Whether beta is added. Default true. */
  center: [boolean, true],
  /** Whether the result is multiplied by gamma. Default true. */
  scale: [boolean, true],
  /** Keras's scaling by the variance alone; false is the only value here. */
  rmsScaling: [no, false],
  /** Default 'zeros'. */
  betaInitializer: [initializer, 'zeros'],
  betaRegularizer: [regularizer, null],
  betaConstraint: [constraint, null],
  /** Default 'ones'. */
  gammaInitializer: [initializer, 'ones'],
  gammaRegularizer: [regularizer, null],
  gammaConstraint: [constraint, null],
} as const satisfies Options;

export interface LayerNormalizationOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface LayerNormalization extends ValuesOf<typeof options> {}

/**
 * (x - mean) / sqrt(variance + epsilon) * gamma + beta, with mean and variance of each sample over `axis` (Ba et al. 2016).
 *
 * ```js
 * new layers.LayerNormalization({ epsilon: 0 }).apply(tensor([[1, 3]])).array(); // [[-1, 1]]
 * ```
 * gamma and beta have the lengths of `axis`; the variance is the biased one.
 * @throws ValueError when an axis is not one of the input's, or its length is unknown.
 */
export class LayerNormalization extends Layer {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.LayerNormalization', options, supportsMasking: true };

  private gamma: Variable | undefined;
  private beta: Variable | undefined;

  constructor(options?: LayerNormalizationOptions) {
    super(options);
  }

  override build(inputShape: Shape): void {
    const shape = resolveAxes(this.name, this.axis, inputShape.length).map((axis) => inputShape[axis]);
    if (shape.includes(null)) {
      throw mismatch(
        this.name,
        `known lengths of axis ${this.axis}`,
        `an input of shape ${shapeText(inputShape)}`,
        'Normalize another axis or fix the length.',
      );
    }
    if (this.scale) this.gamma = this.addWeight('gamma', shape as number[], weightOptions(this, 'gamma'));
    if (this.center) this.beta = this.addWeight('beta', shape as number[], weightOptions(this, 'beta'));
  }

  /** Keras makes a list of the axis when it builds the layer. */
  override fileConfig(): Record<string, unknown> {
    const config = this.getConfig();
    return this.built ? { ...config, axis: [this.axis].flat() } : config;
  }

  override call(x: Value): Value {
    const along = resolveAxes(this.name, this.axis, x.shape.length);
    const columns = sizeOf(along.map((axis) => x.shape[axis]));
    const flat = (weight: Variable | undefined) => {
      if (weight && !fitsDim(weight.size, columns)) {
        throw mismatch(
          this.name,
          `inputs whose axis ${this.axis} has shape ${shapeText(weight.shape)}`,
          `shape ${shapeText(x.shape)}`,
          'Give it inputs like those it was built for.',
        );
      }
      return weight && reshape(currentTrace().read(weight), [weight.size]);
    };
    const [gamma, beta] = [flat(this.gamma), flat(this.beta)];
    return alongAxes(x, along, (rows) => layerNormalize(rows, gamma, beta, this.epsilon));
  }
}
