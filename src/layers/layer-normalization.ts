// Each sample's features with mean 0 and variance 1.
import type { ConstraintIdentifier } from '../constraints/index.ts';
import { ValueError } from '../errors.ts';
import { currentTrace } from '../graph/trace.ts';
import { sizeOf, type Value } from '../graph/value.ts';
import type { Variable } from '../graph/variable.ts';
import type { InitializerIdentifier } from '../initializers/index.ts';
import { reshape } from '../ops/layout.ts';
import { layerNormalize } from '../ops/normalization.ts';
import { checkBoolean, checkNumber } from '../options.ts';
import type { RegularizerIdentifier } from '../regularizers/index.ts';
import { checkOnly, readArguments } from './arguments.ts';
import { type Axes, alongAxes, checkAxes, resolveAxes } from './axes.ts';
import { Layer, type LayerOptions, layerOptions, type Shape } from './layer.ts';
import { readWeightOptions, serializeWeightOptions, type WeightParts, weightOptionNames } from './weight-options.ts';

export interface LayerNormalizationOptions extends LayerOptions {
  /** The axis, or axes, over which mean and variance are taken. Default -1. */
  axis?: Axes;
  /** Added to the variance. Default 0.001. */
  epsilon?: number;
  /** Whether beta is added. Default true. */
  center?: boolean;
  /** Whether the result is multiplied by gamma. Default true. */
  scale?: boolean;
  /** Keras's scaling by the variance alone; false is the only value here. */
  rmsScaling?: false;
  /** Default 'zeros'. */
  betaInitializer?: InitializerIdentifier;
  /** Default 'ones'. */
  gammaInitializer?: InitializerIdentifier;
  betaRegularizer?: RegularizerIdentifier | null;
  gammaRegularizer?: RegularizerIdentifier | null;
  betaConstraint?: ConstraintIdentifier | null;
  gammaConstraint?: ConstraintIdentifier | null;
}

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
  readonly axis: Axes;
  readonly epsilon: number;
  private readonly center: boolean;
  private readonly scale: boolean;
  private readonly gammaOptions: WeightParts;
  private readonly betaOptions: WeightParts;
  private gamma: Variable | undefined;
  private beta: Variable | undefined;

  constructor(options: LayerNormalizationOptions = {}) {
    const names = ['axis', 'epsilon', 'center', 'scale', 'rmsScaling', ...weightOptionNames('beta', 'gamma')];
    const given = readArguments<LayerNormalizationOptions>('LayerNormalization', [options], [], [...layerOptions, ...names]);
    super(given);
    checkOnly(this.name, given, { rmsScaling: false });
    this.axis = checkAxes(this.name, given.axis ?? -1);
    this.epsilon = checkNumber(this.name, 'epsilon', given.epsilon ?? 1e-3, { min: 0 });
    this.center = checkBoolean(this.name, 'center', given.center ?? true);
    this.scale = checkBoolean(this.name, 'scale', given.scale ?? true);
    this.betaOptions = readWeightOptions(given, 'beta', 'zeros');
    this.gammaOptions = readWeightOptions(given, 'gamma', 'ones');
    this.supportsMasking = true;
  }

  override get className(): string {
    return 'LayerNormalization';
  }

  override build(inputShape: Shape): void {
    const shape = resolveAxes(this.name, this.axis, inputShape.length).map((axis) => inputShape[axis]);
    if (shape.includes(null)) {
      throw new ValueError(
        `${this.name}: expected known lengths of axis ${this.axis}, got an input of shape [${inputShape.map(String).join(', ')}]. ` +
          'Normalize another axis or fix the length.',
      );
    }
    if (this.scale) this.gamma = this.addWeight('gamma', shape as number[], this.gammaOptions);
    if (this.center) this.beta = this.addWeight('beta', shape as number[], this.betaOptions);
  }

  override call(x: Value): Value {
    const axes = resolveAxes(this.name, this.axis, x.shape.length);
    const columns = sizeOf(axes.map((axis) => x.shape[axis]));
    const flat = (weight: Variable | undefined) => {
      if (weight && weight.size !== columns) {
        throw new ValueError(
          `${this.name}: expected inputs whose axis ${this.axis} has shape [${weight.shape.join(', ')}], got shape ` +
            `[${x.shape.join(', ')}]. Give it inputs like those it was built for.`,
        );
      }
      return weight && reshape(currentTrace().read(weight), [columns]);
    };
    const [gamma, beta] = [flat(this.gamma), flat(this.beta)];
    return alongAxes(x, axes, (rows) => layerNormalize(rows, gamma, beta, this.epsilon));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    resolveAxes(this.name, this.axis, inputShape.length);
    return inputShape;
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      axis: this.axis,
      epsilon: this.epsilon,
      center: this.center,
      scale: this.scale,
      ...serializeWeightOptions('beta', this.betaOptions),
      ...serializeWeightOptions('gamma', this.gammaOptions),
    };
  }
}
