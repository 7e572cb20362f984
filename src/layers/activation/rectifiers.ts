// ReLU, LeakyReLU and ELU as layers.
import * as activations from '../../activations/index.ts';
import { nonNegative, number } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { Layer, type LayerOptions, type LayerSpec } from '../base/layer.ts';

/** A layer that maps each element. */
abstract class Elementwise extends Layer {
  static override readonly spec: LayerSpec = { supportsMasking: true, builtAtOnce: true };
}

const reLUOptions = {
  /** Largest output; no limit by default. */
  maxValue: [nonNegative, null],
  /** Slope below the threshold. Default 0. */
  negativeSlope: [nonNegative, 0],
  /** Inputs up to here count as negative. Default 0. */
  threshold: [nonNegative, 0],
} as const satisfies Options;

export interface ReLUOptions extends LayerOptions, OptionsOf<typeof reLUOptions> {}

export interface ReLU extends ValuesOf<typeof reLUOptions> {}

/**
 * max(x, 0); with options x from `threshold` to `maxValue`, `maxValue` above, negativeSlope * (x - threshold) below.
 *
 * ```js
 * new layers.ReLU({ maxValue: 1 }).apply(tensor([-1, 0.5, 2])).array(); // [0, 0.5, 1]
 * ```
 * @throws ValueError when an option is negative.
 */
export class ReLU extends Elementwise {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.ReLU',
    positional: ['maxValue', 'negativeSlope', 'threshold'],
    options: reLUOptions,
  };

  constructor(options?: ReLUOptions);
  constructor(maxValue: number | null, options?: Omit<ReLUOptions, 'maxValue'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override call(x: Value): Value {
    const { maxValue, negativeSlope, threshold } = this;
    return activations.relu(x, { maxValue, negativeSlope, threshold });
  }
}

const leakyReLUOptions = {
  /** Slope below 0. Default 0.3, other than the activation `leaky_relu`, which has 0.2. */
  negativeSlope: [nonNegative, 0.3],
} as const satisfies Options;

export interface LeakyReLUOptions extends LayerOptions, OptionsOf<typeof leakyReLUOptions> {}

export interface LeakyReLU extends ValuesOf<typeof leakyReLUOptions> {}

/**
 * x above 0, negativeSlope * x below.
 *
 * ```js
 * new layers.LeakyReLU(0.5).apply(tensor([-1, 2])).array(); // [-0.5, 2]
 * ```
 * @throws ValueError when `negativeSlope` is negative.
 */
export class LeakyReLU extends Elementwise {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.LeakyReLU',
    positional: ['negativeSlope'],
    options: leakyReLUOptions,
    config: { oldNames: { alpha: 'negative_slope' } },
  };

  constructor(options?: LeakyReLUOptions);
  constructor(negativeSlope: number, options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override call(x: Value): Value {
    return activations.leakyRelu(x, this.negativeSlope);
  }
}

const eluOptions = {
  /** Minus the value far below 0. Default 1. */
  alpha: [number, 1],
} as const satisfies Options;

export interface ELUOptions extends LayerOptions, OptionsOf<typeof eluOptions> {}

export interface ELU extends ValuesOf<typeof eluOptions> {}

/**
 * x above 0, alpha * (exp(x) - 1) below.
 *
 * ```js
 * new layers.ELU(2).apply(tensor([-100, 2])).array(); // [-2, 2]
 * ```
 * @throws ValueError when `alpha` is not a number.
 */
export class ELU extends Elementwise {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.ELU', positional: ['alpha'], options: eluOptions };

  constructor(options?: ELUOptions);
  constructor(alpha: number, options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override call(x: Value): Value {
    return activations.elu(x, this.alpha);
  }
}
