// Identity and ActivityRegularization: layers that return their input.
import { nonNegative } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { L1L2 } from '../../regularizers/index.ts';
import { Layer, type LayerOptions, type LayerSpec } from '../base/layer.ts';

/**
 * Gives the input back, mask and all: a placeholder.
 *
 * ```js
 * new layers.Identity().apply(tensor([1, 2])).array(); // [1, 2]
 * ```
 */
export class Identity extends Layer {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.Identity', supportsMasking: true, builtAtOnce: true };

  override call(x: Value): Value {
    return x;
  }
}

const options = {
  /** Factor of the sum of absolute values. Default 0. */
  l1: [nonNegative, 0],
  /** Factor of the sum of squares. Default 0. */
  l2: [nonNegative, 0],
} as const satisfies Options;

export interface ActivityRegularizationOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface ActivityRegularization extends ValuesOf<typeof options> {}

/**
 * Gives the input back and adds l1 * sum(|x|) + l2 * sum(x^2), divided by the batch size, to the loss.
 *
 * ```js
 * const model = new Sequential([new layers.Dense(8, { inputShape: [4] }), new layers.ActivityRegularization({ l2: 0.01 })]);
 * ```
 * @throws ValueError when a factor is negative.
 */
export class ActivityRegularization extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.ActivityRegularization',
    positional: ['l1', 'l2'],
    options,
    supportsMasking: true,
    builtAtOnce: true,
    config: { omitted: ['activityRegularizer'] },
  };

  constructor(options?: ActivityRegularizationOptions);
  constructor(l1: number, l2?: number, options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
    this.activityRegularizer ??= new L1L2({ l1: this.l1, l2: this.l2 });
  }

  override call(x: Value): Value {
    return x;
  }
}
