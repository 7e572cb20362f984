// Rectifiers with options, as layers.
import * as activations from '../activations/index.ts';
import type { Value } from '../graph/value.ts';
import { checkNumber } from '../options.ts';
import { readArguments } from './arguments.ts';
import { Layer, type LayerOptions, layerOptions, type Shape } from './layer.ts';

/** A layer that maps each element. */
abstract class Elementwise extends Layer {
  constructor(options: LayerOptions) {
    super(options);
    this.supportsMasking = true;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }
}

export interface ReLUOptions extends LayerOptions {
  /** Largest output; no limit by default. */
  maxValue?: number | null;
  /** Slope below the threshold. Default 0. */
  negativeSlope?: number;
  /** Inputs up to here count as negative. Default 0. */
  threshold?: number;
}

/**
 * max(x, 0); with options x from `threshold` to `maxValue`, `maxValue` above, negativeSlope * (x - threshold) below.
 *
 * ```js
 * new layers.ReLU({ maxValue: 1 }).apply(tensor([-1, 0.5, 2])).array(); // [0, 0.5, 1]
 * ```
 * @throws ValueError when an option is negative.
 */
export class ReLU extends Elementwise {
  readonly maxValue: number | null;
  readonly negativeSlope: number;
  readonly threshold: number;

  constructor(options?: ReLUOptions);
  constructor(maxValue: number | null, options?: Omit<ReLUOptions, 'maxValue'>);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<ReLUOptions>('ReLU', args, ['maxValue', 'negativeSlope', 'threshold'], layerOptions);
    super(options);
    const { maxValue = null, negativeSlope, threshold } = options;
    this.maxValue = maxValue === null ? null : checkNumber(this.name, 'maxValue', maxValue, { min: 0 });
    this.negativeSlope = checkNumber(this.name, 'negativeSlope', negativeSlope ?? 0, { min: 0 });
    this.threshold = checkNumber(this.name, 'threshold', threshold ?? 0, { min: 0 });
  }

  override get className(): string {
    return 'ReLU';
  }

  override call(x: Value): Value {
    const { maxValue, negativeSlope, threshold } = this;
    return activations.relu(x, { maxValue, negativeSlope, threshold });
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), maxValue: this.maxValue, negativeSlope: this.negativeSlope, threshold: this.threshold };
  }
}

export interface LeakyReLUOptions extends LayerOptions {
  /** Slope below 0. Default 0.3, other than the activation `leaky_relu`, which has 0.2. */
  negativeSlope?: number;
}

/**
 * x above 0, negativeSlope * x below.
 *
 * ```js
 * new layers.LeakyReLU(0.5).apply(tensor([-1, 2])).array(); // [-0.5, 2]
 * ```
 * @throws ValueError when `negativeSlope` is negative.
 */
export class LeakyReLU extends Elementwise {
  readonly negativeSlope: number;

  constructor(options?: LeakyReLUOptions);
  constructor(negativeSlope: number, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<LeakyReLUOptions>('LeakyReLU', args, ['negativeSlope'], layerOptions);
    super(options);
    this.negativeSlope = checkNumber(this.name, 'negativeSlope', options.negativeSlope ?? 0.3, { min: 0 });
  }

  override get className(): string {
    return 'LeakyReLU';
  }

  override call(x: Value): Value {
    return activations.leakyRelu(x, this.negativeSlope);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), negativeSlope: this.negativeSlope };
  }
}

export interface ELUOptions extends LayerOptions {
  /** Minus the value far below 0. Default 1. */
  alpha?: number;
}

/**
 * x above 0, alpha * (exp(x) - 1) below.
 *
 * ```js
 * new layers.ELU(2).apply(tensor([-100, 2])).array(); // [-2, 2]
 * ```
 * @throws ValueError when `alpha` is not a number.
 */
export class ELU extends Elementwise {
  readonly alpha: number;

  constructor(options?: ELUOptions);
  constructor(alpha: number, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<ELUOptions>('ELU', args, ['alpha'], layerOptions);
    super(options);
    this.alpha = checkNumber(this.name, 'alpha', options.alpha ?? 1);
  }

  override get className(): string {
    return 'ELU';
  }

  override call(x: Value): Value {
    return activations.elu(x, this.alpha);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), alpha: this.alpha };
  }
}
