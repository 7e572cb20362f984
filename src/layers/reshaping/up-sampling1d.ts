// UpSampling1D: every step several times.
import { positiveInteger } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { broadcastTo } from '../../primitives/binary.ts';
import { reshape } from '../../primitives/layout.ts';
import { Layer, type LayerOptions, type LayerSpec } from '../base/layer.ts';
import { checkSequence } from '../convolution/windowing.ts';

const options = {
  /** How many times each step is there. Default 2. */
  size: [positiveInteger, 2],
} as const satisfies Options;

export interface UpSampling1DOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface UpSampling1D extends ValuesOf<typeof options> {}

/**
 * Repeats each step: `[batch, steps, features]` becomes `[batch, steps * size, features]`.
 *
 * ```js
 * new layers.UpSampling1D(2).apply(tensor([[[5], [6]]])).array(); // [[[5], [5], [6], [6]]]
 * ```
 * A mask does not survive it, as in Keras.
 * @throws ValueError when `size` is not a positive integer.
 */
export class UpSampling1D extends Layer {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.UpSampling1D', positional: ['size'], options };

  constructor(options?: UpSampling1DOptions);
  constructor(size: number, options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override call(x: Value): Value {
    checkSequence(this.name, x.shape);
    const [batch, steps, features] = x.shape;
    const repeated = broadcastTo(reshape(x, [batch, steps, 1, features]), [batch, steps, this.size, features]);
    return reshape(repeated, [batch, steps * this.size, features]);
  }
}
