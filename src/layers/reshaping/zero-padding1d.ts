// ZeroPadding1D: zeros before and after a sequence.
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { padSteps } from '../../primitives/im2col.ts';
import { Layer, type LayerOptions, type LayerSpec } from '../base/layer.ts';
import { dataFormat } from '../base/option-types.ts';
import { checkSequence, inStepsFirst, type Pair, pair } from '../convolution/windowing.ts';

const options = {
  /** Steps of zeros at both ends, or [before, after]. Default 1. */
  padding: [pair, 1],
  /** Whether inputs are [batch, steps, features] ('channels_last', the default) or [batch, features, steps]. */
  dataFormat: [dataFormat, 'channels_last'],
} as const satisfies Options;

export interface ZeroPadding1DOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface ZeroPadding1D extends ValuesOf<typeof options> {}

/**
 * Adds steps of zeros at both ends.
 *
 * ```js
 * new layers.ZeroPadding1D([1, 0]).apply(tensor([[[5], [6]]])).array(); // [[[0], [5], [6]]]
 * ```
 * A mask does not survive it, as in Keras.
 * @throws ValueError when `padding` is not one or two non-negative integers.
 */
export class ZeroPadding1D extends Layer {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.ZeroPadding1D', positional: ['padding', 'dataFormat'], options };

  constructor(options?: ZeroPadding1DOptions);
  constructor(padding: Pair, options?: Omit<ZeroPadding1DOptions, 'padding'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override call(x: Value): Value {
    checkSequence(this.name, x.shape);
    return inStepsFirst(x, this.dataFormat, (sequence) => padSteps(sequence, this.padding));
  }
}
