// Dropout of whole features.
import type { Value } from '../graph/value.ts';
import { readArguments } from './arguments.ts';
import { Dropout } from './dropout.ts';
import { type CallOptions, type LayerOptions, layerOptions } from './layer.ts';
import { checkSequence } from './steps.ts';

export interface SpatialDropout1DOptions extends LayerOptions {
  /** Fraction of the features that become 0 at every step of a sample, from 0 to 1. */
  rate: number;
  /** Makes the draws the same in every run, and the same as Keras's. */
  seed?: number | null;
}

/**
 * While training, zeroes random features of `[batch, steps, features]` at all steps of a sample and scales the rest up by
 * 1 / (1 - rate); otherwise changes nothing.
 *
 * ```js
 * const layer = new layers.SpatialDropout1D(0.4, { seed: 3 });
 * layer.apply(tensor([[[1, 1, 1], [1, 1, 1]]]), { training: true }); // both steps have the same zeros
 * ```
 * Keras's own stream of random numbers: the same seed gives the same zeros, call after call.
 * @throws ValueError when `rate` is not a number from 0 to 1.
 */
export class SpatialDropout1D extends Dropout {
  constructor(options: SpatialDropout1DOptions);
  constructor(rate: number, options?: Omit<SpatialDropout1DOptions, 'rate'>);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<SpatialDropout1DOptions>('SpatialDropout1D', args, ['rate', 'seed'], layerOptions);
    super({ ...options, noiseShape: [null, 1, null] });
  }

  override get className(): string {
    return 'SpatialDropout1D';
  }

  override call(x: Value, options: CallOptions): Value {
    checkSequence(this.name, x.shape);
    return super.call(x, options);
  }

  override getConfig(): Record<string, unknown> {
    const { noiseShape: _, ...config } = super.getConfig();
    return config;
  }
}
