// MaxPooling1D and AveragePooling1D.
import { choice } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { averagePool, maxPool, type Pooling } from '../../primitives/pooling-steps.ts';
import { Layer, type LayerOptions, type LayerSpec } from '../base/layer.ts';
import { dataFormat } from '../base/option-types.ts';
import { checkSequence, inStepsFirst, outputSteps, paddingFor, type Single, single, type Windowing } from '../convolution/windowing.ts';

const options = {
  /** Number of steps in a window. Default 2. */
  poolSize: [single, 2],
  /** Steps from one window to the next. Default: poolSize. */
  strides: [single, null],
  /** 'valid' (the default) leaves out steps that fill no window; 'same' has windows that reach over the ends. */
  padding: [/* @__PURE__ */ choice('valid', 'same'), 'valid'],
  /** Whether inputs are [batch, steps, features] ('channels_last', the default) or [batch, features, steps]. */
  dataFormat: [dataFormat, 'channels_last'],
} as const satisfies Options;

export interface Pooling1DOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Pooling1D extends ValuesOf<typeof options> {
  readonly strides: number;
}

export abstract class Pooling1D extends Layer {
  static override readonly spec: LayerSpec = {
    positional: ['poolSize', 'strides', 'padding', 'dataFormat'],
    options,
    builtAtOnce: true,
    config: { lists: ['poolSize', 'strides'] },
  };

  constructor(options?: Pooling1DOptions);
  constructor(poolSize: Single, options?: Omit<Pooling1DOptions, 'poolSize'>);
  constructor(...args: readonly never[]) {
    super(...args);
    (this as { strides: number }).strides ??= this.poolSize;
  }

  private get windowing(): Windowing {
    return { size: this.poolSize, stride: this.strides, dilation: 1, padding: this.padding };
  }

  protected abstract pool(x: Value, pooling: Pooling): Value;

  override call(x: Value): Value {
    checkSequence(this.name, x.shape);
    return inStepsFirst(x, this.dataFormat, (sequence) => {
      const steps = sequence.shape[1];
      const { size, stride } = this.windowing;
      const [left] = paddingFor(steps, this.windowing);
      return this.pool(sequence, { size, stride, left, windows: outputSteps(this.name, steps, this.windowing) });
    });
  }
}

/**
 * The largest value in each window of steps: `[batch, steps, features]` becomes `[batch, windows, features]`.
 *
 * ```js
 * new layers.MaxPooling1D(2).apply(tensor([[[1], [3], [2], [0]]])).array(); // [[[3], [2]]]
 * ```
 * A mask does not survive it, as in Keras.
 * @throws ValueError when a size is not a positive integer, or a sequence is shorter than a window.
 */
export class MaxPooling1D extends Pooling1D {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.MaxPooling1D' };

  protected override pool(x: Value, pooling: Pooling): Value {
    return maxPool(x, pooling);
  }
}

/**
 * The mean of each window of steps: `[batch, steps, features]` becomes `[batch, windows, features]`.
 *
 * ```js
 * new layers.AveragePooling1D(2).apply(tensor([[[1], [3], [2], [0]]])).array(); // [[[2], [1]]]
 * ```
 * With padding 'same' a window over an end is the mean of the steps there are. A mask does not survive it, as in Keras.
 * @throws ValueError when a size is not a positive integer, or a sequence is shorter than a window.
 */
export class AveragePooling1D extends Pooling1D {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.AveragePooling1D' };

  protected override pool(x: Value, pooling: Pooling): Value {
    return averagePool(x, pooling);
  }
}
