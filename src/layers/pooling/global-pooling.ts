// GlobalAveragePooling1D and GlobalMaxPooling1D.
import { mismatch } from '../../common/errors.ts';
import { boolean } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { expandDims } from '../../primitives/layout.ts';
import { maskedMean } from '../../primitives/pooling.ts';
import { max, mean } from '../../primitives/reduce.ts';
import { type CallOptions, Layer, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';
import { dataFormat } from '../base/option-types.ts';

const options = {
  /** Whether inputs are [batch, steps, features] ('channels_last', the default) or [batch, features, steps]. */
  dataFormat: [dataFormat, 'channels_last'],
  /** Whether the pooled axis stays, with length 1. Default false. */
  keepdims: [boolean, false],
} as const satisfies Options;

export interface GlobalPooling1DOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface GlobalPooling1D extends ValuesOf<typeof options> {}

export abstract class GlobalPooling1D extends Layer {
  static override readonly spec: LayerSpec = { options, builtAtOnce: true };

  constructor(options?: GlobalPooling1DOptions) {
    super(options);
  }

  protected get axis(): number {
    return this.dataFormat === 'channels_last' ? 1 : 2;
  }

  protected checkRank(shape: Shape): void {
    if (shape.length !== 3) {
      throw mismatch(this.name, 'inputs of three axes', `shape ${shapeText(shape)}`, 'Pass [batch, steps, features].');
    }
  }
}

/**
 * The mean over time: `[batch, steps, features]` becomes `[batch, features]`.
 *
 * ```js
 * new layers.GlobalAveragePooling1D().apply(tensor([[[1, 2], [3, 4]]])).array(); // [[2, 3]]
 * ```
 * With a mask only the real steps count (a sample without any gives NaN, as in Keras); the mask ends here.
 */
export class GlobalAveragePooling1D extends GlobalPooling1D {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.GlobalAveragePooling1D', supportsMasking: true, takesMask: true };

  override call(x: Value, { mask }: CallOptions): Value {
    this.checkRank(x.shape);
    if (mask === undefined || this.dataFormat === 'channels_first') return mean(x, this.axis, this.keepdims);
    const pooled = maskedMean(x, mask);
    return this.keepdims ? expandDims(pooled, 1) : pooled;
  }

  override computeMask(): undefined {
    return undefined;
  }
}

/**
 * The largest value over time: `[batch, steps, features]` becomes `[batch, features]`.
 *
 * ```js
 * new layers.GlobalMaxPooling1D().apply(tensor([[[1, 5], [3, 4]]])).array(); // [[3, 5]]
 * ```
 * It takes padding for real steps: masks are ignored, as in Keras.
 */
export class GlobalMaxPooling1D extends GlobalPooling1D {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.GlobalMaxPooling1D' };

  override call(x: Value): Value {
    this.checkRank(x.shape);
    if (x.shape[this.axis] === 0) {
      throw mismatch(this.name, 'at least one step', `shape ${shapeText(x.shape)}`, 'Pad the sequences.');
    }
    return max(x, this.axis, this.keepdims);
  }
}
