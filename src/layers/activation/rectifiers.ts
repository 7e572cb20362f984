// Rectifiers with options, as layers.
import * as activations from '../../activations/index.ts';
import { nonNegative, number, type Spec } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { Layer, type LayerOptions, type Shape } from '../base/layer.ts';

/** A layer that maps each element. */
abstract class Elementwise extends Layer {
  override supportsMasking = true;

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

const reLU: Spec = {
  className: 'ReLU',
  positional: ['maxValue', 'negativeSlope', 'threshold'],
  fields: { maxValue: [nonNegative, null], negativeSlope: [nonNegative, 0], threshold: [nonNegative, 0] },
};

/**
 * max(x, 0); with options x from `threshold` to `maxValue`, `maxValue` above, negativeSlope * (x - threshold) below.
 *
 * ```js
 * new layers.ReLU({ maxValue: 1 }).apply(tensor([-1, 0.5, 2])).array(); // [0, 0.5, 1]
 * ```
 * @throws ValueError when an option is negative.
 */
export class ReLU extends Elementwise {
  declare readonly maxValue: number | null;
  declare readonly negativeSlope: number;
  declare readonly threshold: number;

  constructor(options?: ReLUOptions);
  constructor(maxValue: number | null, options?: Omit<ReLUOptions, 'maxValue'>);
  constructor(...args: readonly unknown[]) {
    super(reLU, args);
  }

  override call(x: Value): Value {
    const { maxValue, negativeSlope, threshold } = this;
    return activations.relu(x, { maxValue, negativeSlope, threshold });
  }
}

export interface LeakyReLUOptions extends LayerOptions {
  /** Slope below 0. Default 0.3, other than the activation `leaky_relu`, which has 0.2. */
  negativeSlope?: number;
}

const leakyReLU: Spec = {
  className: 'LeakyReLU',
  positional: ['negativeSlope'],
  fields: { negativeSlope: [nonNegative, 0.3] },
};

/**
 * x above 0, negativeSlope * x below.
 *
 * ```js
 * new layers.LeakyReLU(0.5).apply(tensor([-1, 2])).array(); // [-0.5, 2]
 * ```
 * @throws ValueError when `negativeSlope` is negative.
 */
export class LeakyReLU extends Elementwise {
  declare readonly negativeSlope: number;

  constructor(options?: LeakyReLUOptions);
  constructor(negativeSlope: number, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    super(leakyReLU, args);
  }

  override call(x: Value): Value {
    return activations.leakyRelu(x, this.negativeSlope);
  }
}

export interface ELUOptions extends LayerOptions {
  /** Minus the value far below 0. Default 1. */
  alpha?: number;
}

const elu: Spec = {
  className: 'ELU',
  positional: ['alpha'],
  fields: { alpha: [number, 1] },
};

/**
 * x above 0, alpha * (exp(x) - 1) below.
 *
 * ```js
 * new layers.ELU(2).apply(tensor([-100, 2])).array(); // [-2, 2]
 * ```
 * @throws ValueError when `alpha` is not a number.
 */
export class ELU extends Elementwise {
  declare readonly alpha: number;

  constructor(options?: ELUOptions);
  constructor(alpha: number, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    super(elu, args);
  }

  override call(x: Value): Value {
    return activations.elu(x, this.alpha);
  }
}
