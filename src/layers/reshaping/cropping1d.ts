// A sequence without its ends.
import { ValueError } from '../../common/errors.ts';
import type { Spec } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { slice } from '../../primitives/layout.ts';
import { Layer, type LayerOptions, type Shape } from '../base/layer.ts';
import { checkSequence, type Pair, pair, withSteps } from '../convolution/windowing.ts';

export interface Cropping1DOptions extends LayerOptions {
  /** Steps to take away at both ends, or [before, after]. Default 1. */
  cropping?: Pair;
}

const spec: Spec = { className: 'Cropping1D', positional: ['cropping'], fields: { cropping: [pair, 1] } };

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
  declare readonly cropping: readonly [before: number, after: number];

  constructor(options?: Cropping1DOptions);
  constructor(cropping: Pair, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    super(spec, args);
  }

  override call(x: Value): Value {
    return slice(x, [0, this.cropping[0], 0], this.computeOutputShape(x.shape) as number[]);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    checkSequence(this.name, inputShape);
    const [before, after] = this.cropping;
    return withSteps(inputShape, 'channels_last', (steps) => {
      if (steps > before + after) return steps - before - after;
      throw new ValueError(`${this.name}: expected more than ${before + after} steps, got ${steps}. Crop less or pad the sequences.`);
    });
  }
}
