// Random noise while training.
import { ValueError } from '../errors.ts';
import type { Value } from '../graph/value.ts';
import { add, greaterEqual, multiply } from '../ops/binary.ts';
import { fill } from '../ops/layout.ts';
import { drawKey, normal, uniform } from '../ops/random.ts';
import { affine } from '../ops/unary.ts';
import { checkNumber } from '../options.ts';
import { SeedGenerator } from '../random/seed.ts';
import { readArguments } from './arguments.ts';
import { drawShape } from './dropout.ts';
import { type CallOptions, Layer, type LayerOptions, layerOptions, type Shape } from './layer.ts';

/** A layer that does something random while training, and nothing otherwise. */
abstract class Noise extends Layer {
  readonly seed: number | undefined;
  private readonly generator: SeedGenerator | undefined;

  constructor(options: LayerOptions & { seed?: number | null }, strength: number) {
    super(options);
    this.seed = options.seed ?? undefined;
    // Keras makes no generator where there is no noise, and so draws no seed.
    if (strength > 0) this.generator = new SeedGenerator(this.seed);
    this.supportsMasking = true;
  }

  protected abstract disturb(x: Value, key: Value): Value;

  override call(x: Value, { training }: CallOptions): Value {
    return training && this.generator ? this.disturb(x, drawKey(this.generator)) : x;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), seed: this.seed ?? null };
  }
}

export interface GaussianNoiseOptions extends LayerOptions {
  /** Standard deviation of the noise, from 0 to 1. */
  stddev: number;
  /** Makes the draws the same in every run. */
  seed?: number | null;
}

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
  readonly stddev: number;

  constructor(options: GaussianNoiseOptions);
  constructor(stddev: number, options?: Omit<GaussianNoiseOptions, 'stddev'>);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<GaussianNoiseOptions>('GaussianNoise', args, ['stddev', 'seed'], layerOptions);
    const stddev = checkNumber(options.name ?? 'GaussianNoise', 'stddev', options.stddev, { min: 0, max: 1 });
    super(options, stddev);
    this.stddev = stddev;
  }

  override get className(): string {
    return 'GaussianNoise';
  }

  protected override disturb(x: Value, key: Value): Value {
    return add(x, normal(x.shape, key, 0, this.stddev));
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), stddev: this.stddev };
  }
}

/** A rate that leaves something over. */
function checkRate(owner: string, rate: unknown): number {
  const checked = checkNumber(owner, 'rate', rate, { min: 0, max: 1 });
  if (checked < 1) return checked;
  throw new ValueError(`${owner}: expected rate to be below 1, got 1. Nothing would be left of the input.`);
}

export interface GaussianDropoutOptions extends LayerOptions {
  /** As Dropout's: the noise has the standard deviation sqrt(rate / (1 - rate)). From 0 to below 1. */
  rate: number;
  /** Makes the draws the same in every run. */
  seed?: number | null;
}

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
  readonly rate: number;

  constructor(options: GaussianDropoutOptions);
  constructor(rate: number, options?: Omit<GaussianDropoutOptions, 'rate'>);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<GaussianDropoutOptions>('GaussianDropout', args, ['rate', 'seed'], layerOptions);
    const rate = checkRate(options.name ?? 'GaussianDropout', options.rate);
    super(options, rate);
    this.rate = rate;
  }

  override get className(): string {
    return 'GaussianDropout';
  }

  protected override disturb(x: Value, key: Value): Value {
    return multiply(x, normal(x.shape, key, 1, Math.sqrt(this.rate / (1 - this.rate))));
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), rate: this.rate };
  }
}

export interface AlphaDropoutOptions extends LayerOptions {
  /** Fraction of the elements that are dropped, from 0 to below 1. */
  rate: number;
  /** Shape of the draw, with 1 for axes that share it and null for the input's own length. Default: the input's shape. */
  noiseShape?: Shape | null;
  /** Makes the draws the same in every run, and the same as Keras's. */
  seed?: number | null;
}

/** What selu tends to far below 0: -alpha * scale. */
const DROPPED = -1.6732632423543772 * 1.0507009873554805;

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
  readonly rate: number;
  readonly noiseShape: Shape | undefined;

  constructor(options: AlphaDropoutOptions);
  constructor(rate: number, options?: Omit<AlphaDropoutOptions, 'rate'>);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<AlphaDropoutOptions>('AlphaDropout', args, ['rate', 'noiseShape', 'seed'], layerOptions);
    const rate = checkRate(options.name ?? 'AlphaDropout', options.rate);
    super(options, rate);
    this.rate = rate;
    this.noiseShape = options.noiseShape ?? undefined;
  }

  override get className(): string {
    return 'AlphaDropout';
  }

  protected override disturb(x: Value, key: Value): Value {
    const { rate } = this;
    const shape = this.noiseShape ? drawShape(this.name, this.noiseShape, x.shape) : x.shape;
    const kept = greaterEqual(uniform(shape, key), fill([], rate));
    const a = 1 / Math.sqrt((1 - rate) * (1 + rate * DROPPED * DROPPED));
    // The elements that are dropped get DROPPED, then all are scaled and shifted.
    return affine(add(multiply(x, kept), affine(kept, -DROPPED, DROPPED)), a, -a * DROPPED * rate);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), rate: this.rate, noiseShape: this.noiseShape ?? null };
  }
}
