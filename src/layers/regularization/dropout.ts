// Dropout.
import { mismatch } from '../../common/errors.ts';
import { fraction } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { fitsDim, shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { multiply } from '../../primitives/binary.ts';
import { fill } from '../../primitives/layout.ts';
import { drawKey, dropout } from '../../primitives/random.ts';
import { SeedGenerator } from '../../random/seed.ts';
import { type CallOptions, describeShape, Layer, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';
import { seed, shape } from '../base/option-types.ts';

const options = {
  /** Fraction of the elements that become 0, from 0 to 1. */
  rate: [fraction],
  /** Shape of the draw, with 1 for axes that share it and null for the input's own length. Default: the input's shape. */
  noiseShape: [shape, null],
  /** Makes the draws the same in every run, and the same as Keras's. */
  seed: [seed, null],
} as const satisfies Options;

export interface DropoutOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Dropout extends ValuesOf<typeof options> {}

/**
 * While training, zeroes a random part of the input and scales the rest up by 1 / (1 - rate); otherwise changes nothing.
 *
 * ```js
 * const layer = new layers.Dropout(0.4, { seed: 3 });
 * layer.apply(tensor([[1, 1, 1]]), { training: true }).array(); // [[0, 1.6666666269302368, 1.6666666269302368]]
 * ```
 * Keras's own stream of random numbers: the same seed gives the same zeros, call after call.
 * @throws ValueError when `rate` is not a number from 0 to 1.
 */
export class Dropout extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.Dropout',
    positional: ['rate'],
    options,
    supportsMasking: true,
    builtAtOnce: true,
    training: false,
  };

  private readonly generator: SeedGenerator | undefined;

  constructor(options: DropoutOptions);
  constructor(rate: number, options?: Omit<DropoutOptions, 'rate'>);
  constructor(...args: readonly never[]) {
    super(...args);
    // Keras makes no generator for rate 0, and so draws no seed.
    this.generator = this.rate > 0 ? new SeedGenerator(this.seed) : undefined;
  }

  override call(x: Value, { training }: CallOptions): Value {
    if (!training || !this.generator) return x;
    const key = drawKey(this.generator);
    if (!this.noiseShape) return dropout(x, this.rate, key);
    return multiply(x, dropout(fill(drawShape(this.name, this.noiseShape, x.shape), 1), this.rate, key));
  }
}

/** The shape of a draw for an input of this shape. */
export function drawShape(owner: string, noise: Shape, shape: readonly number[]): number[] {
  if (noise.length !== shape.length || noise.some((dim, i) => dim !== null && dim !== 1 && !fitsDim(dim, shape[i]))) {
    throw mismatch(
      owner,
      `a noiseShape that fits inputs of shape ${shapeText(shape)}`,
      describeShape(noise),
      'Use 1, null or the same length on each axis.',
    );
  }
  return shape.map((dim, i) => noise[i] ?? dim);
}
