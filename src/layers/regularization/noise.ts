// GaussianNoise, GaussianDropout, AlphaDropout and SpatialDropout1D.
import { mismatch } from '../../common/errors.ts';
import { fraction, type OptionType } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { add, greaterEqual, multiply } from '../../primitives/binary.ts';
import { fill } from '../../primitives/layout.ts';
import { drawKey, dropout, normal, uniform } from '../../primitives/random.ts';
import { affine } from '../../primitives/unary.ts';
import { SeedGenerator } from '../../random/seed.ts';
import { type CallOptions, Layer, type LayerOptions, type LayerSpec } from '../base/layer.ts';
import { seed, shape } from '../base/option-types.ts';
import { checkSequence } from '../convolution/windowing.ts';
import { drawShape } from './dropout.ts';

/** Base class of layers that are random while training and the identity otherwise. */
abstract class Noise extends Layer {
  static override readonly spec: LayerSpec = { supportsMasking: true, builtAtOnce: true, training: false };

  declare readonly seed: number | null;
  private readonly generator: SeedGenerator | undefined;

  constructor(options?: LayerOptions);
  constructor(...args: readonly never[]);
  constructor(...args: readonly never[]) {
    super(...args);
    // Keras makes no generator where there is no noise, and so draws no seed.
    this.generator = this.strength() > 0 ? new SeedGenerator(this.seed) : undefined;
  }

  /** The option that is 0 for no noise at all. */
  protected abstract strength(): number;

  protected abstract disturb(x: Value, key: Value): Value;

  override call(x: Value, { training }: CallOptions): Value {
    return training && this.generator ? this.disturb(x, drawKey(this.generator)) : x;
  }
}

const gaussianNoiseOptions = {
  /** Standard deviation of the noise, from 0 to 1. */
  stddev: [fraction],
  /** Makes the draws the same in every run. */
  seed: [seed, null],
} as const satisfies Options;

export interface GaussianNoiseOptions extends LayerOptions, OptionsOf<typeof gaussianNoiseOptions> {}

export interface GaussianNoise extends ValuesOf<typeof gaussianNoiseOptions> {}

/**
 * While training, adds normal noise of mean 0; otherwise changes nothing.
 *
 * ```js
 * const layer = new layers.GaussianNoise(0.1, { seed: 3 });
 * layer.apply(tensor([[1, 2]]), { training: true }).shape; // [1, 2]
 * ```
 * The numbers are those of Keras's stream for the same seed.
 * @throws ValueError when `stddev` is not a number from 0 to 1.
 */
export class GaussianNoise extends Noise {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.GaussianNoise',
    positional: ['stddev', 'seed'],
    options: gaussianNoiseOptions,
  };

  constructor(options: GaussianNoiseOptions);
  constructor(stddev: number, options?: Omit<GaussianNoiseOptions, 'stddev'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  protected override strength(): number {
    return this.stddev;
  }

  protected override disturb(x: Value, key: Value): Value {
    return add(x, normal(x.shape, key, 0, this.stddev));
  }
}

/** A rate that leaves something over. */
const partial: OptionType<number> = {
  read: (owner, name, value) => {
    const rate = fraction.read(owner, name, value) as number;
    if (rate < 1) return rate;
    throw mismatch(owner, `${name} to be below 1`, '1', 'Nothing would be left of the input.');
  },
};

const gaussianDropoutOptions = {
  /** As Dropout's: the noise has the standard deviation sqrt(rate / (1 - rate)). From 0 to below 1. */
  rate: [partial],
  /** Makes the draws the same in every run. */
  seed: [seed, null],
} as const satisfies Options;

export interface GaussianDropoutOptions extends LayerOptions, OptionsOf<typeof gaussianDropoutOptions> {}

export interface GaussianDropout extends ValuesOf<typeof gaussianDropoutOptions> {}

/**
 * While training, multiplies by normal noise of mean 1; otherwise changes nothing (Srivastava et al. 2014).
 *
 * ```js
 * const layer = new layers.GaussianDropout(0.2, { seed: 3 });
 * layer.apply(tensor([[1, 2]]), { training: true }).shape; // [1, 2]
 * ```
 * The numbers are those of Keras's stream for the same seed.
 * @throws ValueError when `rate` is not a number from 0 to below 1.
 */
export class GaussianDropout extends Noise {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.GaussianDropout',
    positional: ['rate', 'seed'],
    options: gaussianDropoutOptions,
  };

  constructor(options: GaussianDropoutOptions);
  constructor(rate: number, options?: Omit<GaussianDropoutOptions, 'rate'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  protected override strength(): number {
    return this.rate;
  }

  protected override disturb(x: Value, key: Value): Value {
    return multiply(x, normal(x.shape, key, 1, Math.sqrt(this.rate / (1 - this.rate))));
  }
}

const alphaDropoutOptions = {
  /** Fraction of the elements that are dropped, from 0 to below 1. */
  rate: [partial],
  /** Shape of the draw, with 1 for axes that share it and null for the input's own length. Default: the input's shape. */
  noiseShape: [shape, null],
  /** Makes the draws the same in every run, and the same as Keras's. */
  seed: [seed, null],
} as const satisfies Options;

export interface AlphaDropoutOptions extends LayerOptions, OptionsOf<typeof alphaDropoutOptions> {}

/** The limit of selu far below 0: -alpha * scale. */
const DROPPED = -1.6732632423543772 * 1.0507009873554805;

export interface AlphaDropout extends ValuesOf<typeof alphaDropoutOptions> {}

/**
 * Dropout that keeps mean and variance, for layers with `selu` (Klambauer et al. 2017): while training a random part of the
 * elements becomes selu's lowest value, and an affine map makes up for it; otherwise changes nothing.
 *
 * ```js
 * const layer = new layers.AlphaDropout(0.2, { seed: 3 });
 * layer.apply(tensor([[1, 2]]), { training: true }).shape; // [1, 2]
 * ```
 * Keras's own stream of random numbers: the same seed drops the same elements, call after call.
 * @throws ValueError when `rate` is not a number from 0 to below 1.
 */
export class AlphaDropout extends Noise {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.AlphaDropout',
    positional: ['rate', 'noiseShape', 'seed'],
    options: alphaDropoutOptions,
  };

  constructor(options: AlphaDropoutOptions);
  constructor(rate: number, options?: Omit<AlphaDropoutOptions, 'rate'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  protected override strength(): number {
    return this.rate;
  }

  protected override disturb(x: Value, key: Value): Value {
    const { rate } = this;
    const drawn = this.noiseShape ? drawShape(this.name, this.noiseShape, x.shape) : x.shape;
    const kept = greaterEqual(uniform(drawn, key), fill([], rate));
    const a = 1 / Math.sqrt((1 - rate) * (1 + rate * DROPPED * DROPPED));
    // The elements that are dropped get DROPPED, then all are scaled and shifted.
    return affine(add(multiply(x, kept), affine(kept, -DROPPED, DROPPED)), a, -a * DROPPED * rate);
  }
}

const spatialDropout1DOptions = {
  /** Fraction of the features that become 0 at every step of a sample, from 0 to 1. */
  rate: [fraction],
  /** Makes the draws the same in every run, and the same as Keras's. */
  seed: [seed, null],
} as const satisfies Options;

export interface SpatialDropout1DOptions extends LayerOptions, OptionsOf<typeof spatialDropout1DOptions> {}

export interface SpatialDropout1D extends ValuesOf<typeof spatialDropout1DOptions> {}

/**
 * While training, zeroes random features of `[batch, steps, features]` at all steps of a sample and scales the rest up by
 * 1 / (1 - rate); otherwise changes nothing.
 *
 * ```js
 * const layer = new layers.SpatialDropout1D(0.4, { seed: 3 });
 * layer.apply(tensor([[[1, 1, 1], [1, 1, 1]]]), { training: true }); // both steps have the same zeros
 * ```
 * Keras's own stream of random numbers: the same seed gives the same zeros, call after call.
 * @throws ValueError when `rate` is not a number from 0 to 1, or the input has other than three axes.
 */
export class SpatialDropout1D extends Noise {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.SpatialDropout1D',
    positional: ['rate', 'seed'],
    options: spatialDropout1DOptions,
    plainDtype: true,
    config: { omitted: ['trainable'] },
  };

  constructor(options: SpatialDropout1DOptions);
  constructor(rate: number, options?: Omit<SpatialDropout1DOptions, 'rate'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  protected override strength(): number {
    return this.rate;
  }

  protected override disturb(x: Value, key: Value): Value {
    checkSequence(this.name, x.shape);
    const [batch, , features] = x.shape;
    return multiply(x, dropout(fill([batch, 1, features], 1), this.rate, key));
  }
}
