// BatchNormalization: each feature with mean 0 and variance 1 over the batch.
import { mismatch } from '../../common/errors.ts';
import { anything, boolean, fraction, integer, nonNegative } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { fitsDim, shapeText } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Variable } from '../../graph/variable.ts';
import type { Initializer } from '../../initializers/index.ts';
import { multiply } from '../../primitives/binary.ts';
import { reshape } from '../../primitives/layout.ts';
import { columnMoments, normalizeColumns } from '../../primitives/normalization.ts';
import { sum } from '../../primitives/reduce.ts';
import { affine, reciprocal } from '../../primitives/unary.ts';
import { assignMoving } from '../../primitives/update.ts';
import { alongAxes, resolveAxes } from '../base/axes.ts';
import { type CallOptions, Layer, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';
import { constraint, initializer, no, regularizer } from '../base/option-types.ts';
import { weightOptions } from '../base/weight-options.ts';

const options = {
  /** The axis of the features, each normalized on its own. Default -1. */
  axis: [integer, -1],
  /** How much of the moving mean and variance stays at each step of training. Default 0.99. */
  momentum: [fraction, 0.99],
  /** Added to the variance. Default 0.001. */
  epsilon: [nonNegative, 1e-3],
  /** Whether beta is added. Default true. */
  center: [boolean, true],
  /** Whether the result is multiplied by gamma. Default true. */
  scale: [boolean, true],
  /** Default 'zeros'. */
  movingMeanInitializer: [initializer, 'zeros'],
  /** Default 'ones'. */
  movingVarianceInitializer: [initializer, 'ones'],
  /** Statistics over several devices; false is the only value here. */
  synchronized: [no, false],
  /** Batch renormalization; false is the only value here, and so the other two say nothing. */
  renorm: [no, false],
  renormClipping: [anything, null],
  renormMomentum: [fraction, 0.99],
  /** Default 'zeros'. */
  betaInitializer: [initializer, 'zeros'],
  betaRegularizer: [regularizer, null],
  betaConstraint: [constraint, null],
  /** Default 'ones'. */
  gammaInitializer: [initializer, 'ones'],
  gammaRegularizer: [regularizer, null],
  gammaConstraint: [constraint, null],
} as const satisfies Options;

export interface BatchNormalizationOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface BatchNormalization extends ValuesOf<typeof options> {}

/**
 * (x - mean) / sqrt(variance + epsilon) * gamma + beta for each feature (Ioffe and Szegedy 2015). While training, mean and
 * variance are those of the batch, and moving averages of them are kept; otherwise they are the moving averages.
 *
 * ```js
 * const layer = new layers.BatchNormalization({ epsilon: 0 });
 * layer.apply(tensor([[1], [3]]), { training: true }).array(); // [[-1], [1]]
 * ```
 * With a mask only the real steps count. A layer with `trainable: false` uses the moving averages while training too, and
 * leaves them alone. Weights: gamma, beta, moving_mean, moving_variance; the variance is the biased one.
 * @throws ValueError when `axis` is not one of the input's or its length is unknown, or the mask has not one axis fewer than x.
 */
export class BatchNormalization extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.BatchNormalization',
    options,
    supportsMasking: true,
    takesMask: true,
    config: { singles: ['axis'], ignored: ['fused'], unsupported: ['virtual_batch_size', 'adjustment'] },
  };

  private gamma: Variable | undefined;
  private beta: Variable | undefined;
  private movingMean: Variable | undefined;
  private movingVariance: Variable | undefined;

  constructor(options?: BatchNormalizationOptions) {
    super(options);
  }

  override build(inputShape: Shape): void {
    const [axis] = resolveAxes(this.name, this.axis, inputShape.length);
    const length = inputShape[axis];
    if (length === null) {
      throw mismatch(
        this.name,
        `a known length of axis ${this.axis}`,
        `an input of shape ${shapeText(inputShape)}`,
        'Normalize another axis or fix the length.',
      );
    }
    const state = (start: Initializer) => ({ initializer: start, trainable: false });
    if (this.scale) this.gamma = this.addWeight('gamma', [length], weightOptions(this, 'gamma'));
    if (this.center) this.beta = this.addWeight('beta', [length], weightOptions(this, 'beta'));
    this.movingMean = this.addWeight('moving_mean', [length], state(this.movingMeanInitializer));
    this.movingVariance = this.addWeight('moving_variance', [length], state(this.movingVarianceInitializer));
  }

  override call(x: Value, { training, mask }: CallOptions): Value {
    const axes = resolveAxes(this.name, this.axis, x.shape.length);
    const [mean, variance] = [this.movingMean as Variable, this.movingVariance as Variable];
    if (!fitsDim(x.shape[axes[0]], mean.size)) {
      throw mismatch(
        this.name,
        `inputs whose axis ${this.axis} has length ${mean.size}`,
        `shape ${shapeText(x.shape)}`,
        'Give it inputs like those it was built for.',
      );
    }
    const usesBatch = training && this.trainable;
    const weights = usesBatch && mask ? this.rowWeights(x, mask, axes[0]) : undefined;
    const trace = currentTrace();
    const { epsilon } = this;
    const gamma = this.gamma && trace.read(this.gamma);
    const beta = this.beta && trace.read(this.beta);
    return alongAxes(x, axes, (rows) => {
      if (!usesBatch) {
        const moments = { mean: trace.read(mean), variance: trace.read(variance) };
        return normalizeColumns(rows, { moments, gamma, beta, epsilon, ownMoments: usesBatch });
      }
      const moments = columnMoments(rows, weights);
      assignMoving(mean, moments.mean, this.momentum);
      assignMoving(variance, moments.variance, this.momentum);
      return normalizeColumns(rows, { moments, gamma, beta, epsilon, ownMoments: usesBatch, weights });
    });
  }

  /** Weight of each row: 1 over the number of real ones, or 0. */
  private rowWeights(x: Value, mask: Value, axis: number): Value {
    const fits = mask.shape.length === x.shape.length - 1 && axis === x.shape.length - 1;
    if (!fits) {
      throw mismatch(
        this.name,
        'a mask for all axes but the last, which is normalized',
        `a mask of shape ${shapeText(mask.shape)} for inputs of shape ${shapeText(x.shape)}`,
        'Use axis -1, or drop the mask before.',
      );
    }
    const flat = reshape(mask, [mask.size]);
    return multiply(flat, reciprocal(affine(sum(flat), 1, 1e-7)));
  }
}
