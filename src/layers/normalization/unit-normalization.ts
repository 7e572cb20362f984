// UnitNormalization: vectors of length 1.
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { normalizeLength } from '../../primitives/normalize.ts';
import { type Axes, axes, resolveAxes } from '../base/axes.ts';
import { Layer, type LayerOptions, type LayerSpec } from '../base/layer.ts';

const options = {
  /** The axis, or axes, along which the length is 1 afterwards. Default -1. */
  axis: [axes, -1],
} as const satisfies Options;

export interface UnitNormalizationOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface UnitNormalization extends ValuesOf<typeof options> {}

/**
 * Divides by the length along `axis`, so that it is 1; zeros stay zeros.
 *
 * ```js
 * new layers.UnitNormalization().apply(tensor([[3, 4]])).array(); // [[0.6000000238418579, 0.800000011920929]]
 * ```
 * @throws ValueError when an axis is not one of the input's.
 */
export class UnitNormalization extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.UnitNormalization',
    positional: ['axis'],
    options,
    supportsMasking: true,
    builtAtOnce: true,
  };

  constructor(options?: UnitNormalizationOptions);
  constructor(axis: Axes, options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override call(x: Value): Value {
    return normalizeLength(x, resolveAxes(this.name, this.axis, x.shape.length), 1e-12);
  }
}
