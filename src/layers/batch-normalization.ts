// Each feature with mean 0 and variance 1 over the batch.
import type { ConstraintIdentifier } from '../constraints/index.ts';
import { ValueError } from '../errors.ts';
import { currentTrace } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import type { Variable } from '../graph/variable.ts';
import type { InitializerIdentifier } from '../initializers/index.ts';
import { multiply } from '../ops/binary.ts';
import { reshape } from '../ops/layout.ts';
import { columnMoments, normalizeColumns } from '../ops/normalization.ts';
import { sum } from '../ops/reduce.ts';
import { affine, reciprocal } from '../ops/unary.ts';
import { assignMoving } from '../ops/update.ts';
import { checkBoolean, checkInteger, checkNumber } from '../options.ts';
import type { RegularizerIdentifier } from '../regularizers/index.ts';
import { checkOnly, readArguments } from './arguments.ts';
import { alongAxes, resolveAxes } from './axes.ts';
import { type CallOptions, Layer, type LayerOptions, layerOptions, type Shape } from './layer.ts';
import { readWeightOptions, serializeWeightOptions, type WeightParts, weightOptionNames } from './weight-options.ts';

export interface BatchNormalizationOptions extends LayerOptions {
  /** The axis of the features, each normalized on its own. Default -1. */
  axis?: number;
  /** How much of the moving mean and variance stays at each step of training. Default 0.99. */
  momentum?: number;
  /** Added to the variance. Default 0.001. */
  epsilon?: number;
  /** Whether beta is added. Default true. */
  center?: boolean;
  /** Whether the result is multiplied by gamma. Default true. */
  scale?: boolean;
  /** Statistics over several devices; false is the only value here. */
  synchronized?: false;
  /** Batch renormalization; false is the only value here, and so the other two say nothing. */
  renorm?: false;
  renormClipping?: object | null;
  renormMomentum?: number;
  /** Default 'zeros'. */
  betaInitializer?: InitializerIdentifier;
  /** Default 'ones'. */
  gammaInitializer?: InitializerIdentifier;
  /** Default 'zeros'. */
  movingMeanInitializer?: InitializerIdentifier;
  /** Default 'ones'. */
  movingVarianceInitializer?: InitializerIdentifier;
  betaRegularizer?: RegularizerIdentifier | null;
  gammaRegularizer?: RegularizerIdentifier | null;
  betaConstraint?: ConstraintIdentifier | null;
  gammaConstraint?: ConstraintIdentifier | null;
}

const options = [
  'axis',
  'momentum',
  'epsilon',
  'center',
  'scale',
  'movingMeanInitializer',
  'movingVarianceInitializer',
  'synchronized',
  'renorm',
  'renormClipping',
  'renormMomentum',
];

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
  readonly axis: number;
  readonly momentum: number;
  readonly epsilon: number;
  private readonly center: boolean;
  private readonly scale: boolean;
  private readonly parts: Record<'gamma' | 'beta' | 'movingMean' | 'movingVariance', WeightParts>;
  private gamma: Variable | undefined;
  private beta: Variable | undefined;
  private movingMean: Variable | undefined;
  private movingVariance: Variable | undefined;

  constructor(given: BatchNormalizationOptions = {}) {
    const names = [...layerOptions, ...options, ...weightOptionNames('beta', 'gamma')];
    const read = readArguments<BatchNormalizationOptions>('BatchNormalization', [given], [], names);
    super(read);
    checkOnly(this.name, read, { synchronized: false, renorm: false });
    this.axis = checkInteger(this.name, 'axis', read.axis ?? -1, -Infinity);
    this.momentum = checkNumber(this.name, 'momentum', read.momentum ?? 0.99, { min: 0, max: 1 });
    this.epsilon = checkNumber(this.name, 'epsilon', read.epsilon ?? 1e-3, { min: 0 });
    this.center = checkBoolean(this.name, 'center', read.center ?? true);
    this.scale = checkBoolean(this.name, 'scale', read.scale ?? true);
    this.parts = {
      beta: readWeightOptions(read, 'beta', 'zeros'),
      gamma: readWeightOptions(read, 'gamma', 'ones'),
      movingMean: readWeightOptions(read, 'movingMean', 'zeros'),
      movingVariance: readWeightOptions(read, 'movingVariance', 'ones'),
    };
    this.supportsMasking = true;
  }

  override get className(): string {
    return 'BatchNormalization';
  }

  override build(inputShape: Shape): void {
    const [axis] = resolveAxes(this.name, this.axis, inputShape.length);
    const length = inputShape[axis];
    if (length === null) {
      throw new ValueError(
        `${this.name}: expected a known length of axis ${this.axis}, got an input of shape [${inputShape.map(String).join(', ')}]. ` +
          'Normalize another axis or fix the length.',
      );
    }
    const { gamma, beta, movingMean, movingVariance } = this.parts;
    if (this.scale) this.gamma = this.addWeight('gamma', [length], gamma);
    if (this.center) this.beta = this.addWeight('beta', [length], beta);
    this.movingMean = this.addWeight('moving_mean', [length], { ...movingMean, trainable: false });
    this.movingVariance = this.addWeight('moving_variance', [length], { ...movingVariance, trainable: false });
  }

  override call(x: Value, { training, mask }: CallOptions): Value {
    const axes = resolveAxes(this.name, this.axis, x.shape.length);
    const [mean, variance] = [this.movingMean as Variable, this.movingVariance as Variable];
    if (x.shape[axes[0]] !== mean.size) {
      throw new ValueError(
        `${this.name}: expected inputs whose axis ${this.axis} has length ${mean.size}, got shape [${x.shape.join(', ')}]. ` +
          'Give it inputs like those it was built for.',
      );
    }
    const own = training && this.trainable;
    const weights = own && mask ? this.rowWeights(x, mask, axes[0]) : undefined;
    const trace = currentTrace();
    const { epsilon } = this;
    const gamma = this.gamma && trace.read(this.gamma);
    const beta = this.beta && trace.read(this.beta);
    return alongAxes(x, axes, (rows) => {
      if (!own) {
        const moments = { mean: trace.read(mean), variance: trace.read(variance) };
        return normalizeColumns(rows, { moments, gamma, beta, epsilon, own });
      }
      const moments = columnMoments(rows, weights);
      assignMoving(mean, moments.mean, this.momentum);
      assignMoving(variance, moments.variance, this.momentum);
      return normalizeColumns(rows, { moments, gamma, beta, epsilon, own, weights });
    });
  }

  /** What each row counts: 1 over the number of real ones, or 0. */
  private rowWeights(x: Value, mask: Value, axis: number): Value {
    const fits = mask.shape.length === x.shape.length - 1 && axis === x.shape.length - 1;
    if (!fits) {
      throw new ValueError(
        `${this.name}: expected a mask for all axes but the last, which is normalized, got a mask of shape [${mask.shape.join(', ')}] ` +
          `for inputs of shape [${x.shape.join(', ')}]. Use axis -1, or drop the mask before.`,
      );
    }
    const flat = reshape(mask, [mask.size]);
    return multiply(flat, reciprocal(affine(sum(flat), 1, 1e-7)));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    resolveAxes(this.name, this.axis, inputShape.length);
    return inputShape;
  }

  override getConfig(): Record<string, unknown> {
    const { gamma, beta, movingMean, movingVariance } = this.parts;
    return {
      ...super.getConfig(),
      axis: this.axis,
      momentum: this.momentum,
      epsilon: this.epsilon,
      center: this.center,
      scale: this.scale,
      ...serializeWeightOptions('beta', beta),
      ...serializeWeightOptions('gamma', gamma),
      movingMeanInitializer: serializeWeightOptions('movingMean', movingMean).movingMeanInitializer,
      movingVarianceInitializer: serializeWeightOptions('movingVariance', movingVariance).movingVarianceInitializer,
    };
  }
}
