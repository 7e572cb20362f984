// Layers that give their input back.
import { nonNegative, readArguments, readFields, type Spec } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { L1L2 } from '../../regularizers/index.ts';
import { Layer, type LayerOptions, layerOptions, type Shape } from '../base/layer.ts';

/**
 * Gives the input back, mask and all: a placeholder.
 *
 * ```js
 * new layers.Identity().apply(tensor([1, 2])).array(); // [1, 2]
 * ```
 */
export class Identity extends Layer {
  override supportsMasking = true;

  constructor(options?: LayerOptions) {
    super({ className: 'Identity', positional: [], fields: {} }, [options]);
  }

  override call(x: Value): Value {
    return x;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }
}

export interface ActivityRegularizationOptions extends LayerOptions {
  /** Factor of the sum of absolute values. Default 0. */
  l1?: number;
  /** Factor of the sum of squares. Default 0. */
  l2?: number;
}

const spec: Spec = {
  className: 'ActivityRegularization',
  positional: ['l1', 'l2'],
  fields: { l1: [nonNegative, 0], l2: [nonNegative, 0] },
};

/**
 * Gives the input back and adds l1 * sum(|x|) + l2 * sum(x^2), divided by the batch size, to the loss.
 *
 * ```js
 * const model = new Sequential([new layers.Dense(8, { inputShape: [4] }), new layers.ActivityRegularization({ l2: 0.01 })]);
 * ```
 * @throws ValueError when a factor is negative.
 */
export class ActivityRegularization extends Layer {
  declare readonly l1: number;
  declare readonly l2: number;
  override supportsMasking = true;

  constructor(options?: ActivityRegularizationOptions);
  constructor(l1: number, l2?: number, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    const options: ActivityRegularizationOptions = readArguments(spec, args, layerOptions);
    const factors = readFields(options.name ?? spec.className, spec.fields, { ...options });
    super(spec, [{ ...options, activityRegularizer: options.activityRegularizer ?? new L1L2(factors) }]);
  }

  override call(x: Value): Value {
    return x;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }
}
