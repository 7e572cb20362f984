// Zeros before and after a sequence.
import type { Spec } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { padSteps } from '../../primitives/im2col.ts';
import { Layer, type LayerOptions, type Shape } from '../base/layer.ts';
import { dataFormat } from '../base/option-types.ts';
import { checkSequence, type DataFormat, inStepsFirst, type Pair, pair, withSteps } from '../convolution/windowing.ts';

export interface ZeroPadding1DOptions extends LayerOptions {
  /** Steps of zeros at both ends, or [before, after]. Default 1. */
  padding?: Pair;
  /** Whether inputs are [batch, steps, features] ('channels_last', the default) or [batch, features, steps]. */
  dataFormat?: DataFormat | null;
}

const spec: Spec = {
  className: 'ZeroPadding1D',
  positional: ['padding', 'dataFormat'],
  fields: { padding: [pair, 1], dataFormat: [dataFormat, 'channels_last'] },
};

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
  declare readonly padding: readonly [before: number, after: number];
  declare readonly dataFormat: DataFormat;

  constructor(options?: ZeroPadding1DOptions);
  constructor(padding: Pair, options?: Omit<ZeroPadding1DOptions, 'padding'>);
  constructor(...args: readonly unknown[]) {
    super(spec, args);
  }

  override call(x: Value): Value {
    checkSequence(this.name, x.shape);
    return inStepsFirst(x, this.dataFormat, (sequence) => padSteps(sequence, this.padding));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    checkSequence(this.name, inputShape);
    return withSteps(inputShape, this.dataFormat, (steps) => this.padding[0] + steps + this.padding[1]);
  }
}
