// GroupNormalization: groups of each sample's channels with mean 0 and variance 1.
import { mismatch } from '../../common/errors.ts';
import { boolean, integer, nonNegative, type OptionType } from '../../common/option-types.ts';
import { checkInteger } from '../../common/options.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { shapeText } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Variable } from '../../graph/variable.ts';
import { add, multiply, subtract } from '../../primitives/binary.ts';
import { reshape } from '../../primitives/layout.ts';
import { mean } from '../../primitives/reduce.ts';
import { affine, rsqrt, square } from '../../primitives/unary.ts';
import { resolveAxes } from '../base/axes.ts';
import { Layer, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';
import { constraint, initializer, regularizer } from '../base/option-types.ts';
import { weightOptions } from '../base/weight-options.ts';

const groups: OptionType<number> = {
  read: (owner, name, value) => (value === -1 ? -1 : checkInteger(owner, name, value, 1)),
};

const options = {
  /** How many groups the channels are cut into; -1: each is one (instance normalization). Default 32. */
  groups: [groups, 32],
  /** The axis of the channels. Default -1. */
  axis: [integer, -1],
  /** Added to the variance. Default 0.001. */
  epsilon: [nonNegative, 1e-3],
  /** Whether beta is added. Default true. */
  center: [boolean, true],
  /** Whether the result is multiplied by gamma. Default true. */
  scale: [boolean, true],
  /** Default 'zeros'. */
  betaInitializer: [initializer, 'zeros'],
  /** Default 'ones'. */
  gammaInitializer: [initializer, 'ones'],
  betaRegularizer: [regularizer, null],
  gammaRegularizer: [regularizer, null],
  betaConstraint: [constraint, null],
  gammaConstraint: [constraint, null],
} as const satisfies Options;

export interface GroupNormalizationOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface GroupNormalization extends ValuesOf<typeof options> {}

/**
 * (x - mean) / sqrt(variance + epsilon) * gamma + beta, with mean and variance of each sample's groups of channels (Wu and He 2018).
 *
 * ```js
 * new layers.GroupNormalization({ groups: 1, epsilon: 0 }).apply(tensor([[1, 3]])).array(); // [[-1, 1]]
 * ```
 * gamma and beta have a number for each channel.
 * @throws ValueError when the channels cannot be cut into so many groups, or their number is unknown.
 */
export class GroupNormalization extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.GroupNormalization',
    positional: ['groups'],
    options,
    supportsMasking: true,
  };

  private gamma: Variable | undefined;
  private beta: Variable | undefined;

  constructor(options?: GroupNormalizationOptions);
  constructor(groups: number, options?: Omit<GroupNormalizationOptions, 'groups'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override build(inputShape: Shape): void {
    const [axis] = resolveAxes(this.name, this.axis, inputShape.length);
    const channels = inputShape[axis];
    if (typeof channels !== 'number') {
      throw mismatch(this.name, `a known length of axis ${this.axis}`, `an input of shape ${shapeText(inputShape)}`, 'Fix the length.');
    }
    this.groupsOf(channels);
    if (this.scale) this.gamma = this.addWeight('gamma', [channels], weightOptions(this, 'gamma'));
    if (this.center) this.beta = this.addWeight('beta', [channels], weightOptions(this, 'beta'));
  }

  /** Keras puts the number of channels in the place of -1 when it builds the layer. */
  override fileConfig(inputShape: Shape | undefined): Record<string, unknown> {
    const config = this.getConfig();
    if (this.groups !== -1 || !inputShape) return config;
    return { ...config, groups: inputShape[resolveAxes(this.name, this.axis, inputShape.length)[0]] };
  }

  private groupsOf(channels: number): number {
    const count = this.groups === -1 ? channels : this.groups;
    if (channels % count === 0 && channels >= count) return count;
    throw mismatch(this.name, `a number of groups that divides the ${channels} channels`, count, 'Choose another, or -1 for one each.');
  }

  override call(x: Value): Value {
    const [axis] = resolveAxes(this.name, this.axis, x.shape.length);
    const channels = x.shape[axis];
    const count = this.groupsOf(channels);
    const grouped = reshape(x, [...x.shape.slice(0, axis), count, channels / count, ...x.shape.slice(axis + 1)]);
    const along = grouped.shape.map((_, k) => k).filter((k) => k !== 0 && k !== axis);
    const centered = subtract(grouped, mean(grouped, along, true));
    const root = rsqrt(affine(mean(square(centered), along, true), 1, this.epsilon));
    const y = reshape(multiply(centered, root), x.shape);
    const wide = (weight: Variable) =>
      reshape(
        currentTrace().read(weight),
        x.shape.map((dim, k) => (k === axis ? dim : 1)),
      );
    const scaled = this.gamma ? multiply(y, wide(this.gamma)) : y;
    return this.beta ? add(scaled, wide(this.beta)) : scaled;
  }
}
