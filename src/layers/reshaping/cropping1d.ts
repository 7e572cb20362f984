// Cropping1D: a sequence without its ends.
import { mismatch } from '../../common/errors.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { isKnown } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { slice } from '../../primitives/layout.ts';
import { Layer, type LayerOptions, type LayerSpec } from '../base/layer.ts';
import { checkSequence, type Pair, pair } from '../convolution/windowing.ts';

const options = {
  /** Steps to take away at both ends, or [before, after]. Default 1. */
  cropping: [pair, 1],
} as const satisfies Options;

export interface Cropping1DOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Cropping1D extends ValuesOf<typeof options> {}

/**
 * Takes steps away at both ends of `[batch, steps, features]`.
 *
 * ```js
 * new layers.Cropping1D([1, 0]).apply(tensor([[[5], [6], [7]]])).array(); // [[[6], [7]]]
 * ```
 * A mask does not survive it, as in Keras.
 * @throws ValueError when `cropping` is not one or two non-negative integers, or no step would be left.
 */
export class Cropping1D extends Layer {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.Cropping1D', positional: ['cropping'], options };

  constructor(options?: Cropping1DOptions);
  constructor(cropping: Pair, options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override call(x: Value): Value {
    checkSequence(this.name, x.shape);
    const [batch, steps, features] = x.shape;
    return slice(x, [0, this.cropping[0], 0], [batch, this.stepsLeft(steps), features]);
  }

  private stepsLeft(steps: number): number {
    const [before, after] = this.cropping;
    const left = steps - before - after;
    if (!isKnown(left) || left > 0) return left;
    throw mismatch(this.name, `more than ${before + after} steps`, steps, 'Crop less or pad the sequences.');
  }
}
