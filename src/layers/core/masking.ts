// Masking: steps whose features all equal one value are padding.
import { number } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { multiply, notEqual } from '../../primitives/binary.ts';
import { expandDims, fill } from '../../primitives/layout.ts';
import { max } from '../../primitives/reduce.ts';
import { Layer, type LayerOptions, type LayerSpec, type MaskRules } from '../base/layer.ts';

const options = {
  /** The value of all features of a padding step. Default 0. */
  maskValue: [number, 0],
} as const satisfies Options;

export interface MaskingOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Masking extends ValuesOf<typeof options> {}

/**
 * Masks the steps whose features all equal `maskValue`, so that later layers skip them, and sets them to 0.
 *
 * ```js
 * new layers.Masking(-1).apply(tensor([[[5, -1], [-1, -1]]])).array(); // [[[5, -1], [0, 0]]]
 * ```
 * @throws ValueError when `maskValue` is not a number.
 */
export class Masking extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.Masking',
    positional: ['maskValue'],
    options,
    supportsMasking: true,
    builtAtOnce: true,
  };

  private readonly masks = new WeakMap<Value, Value>();

  constructor(options?: MaskingOptions);
  constructor(maskValue: number, options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override call(x: Value): Value {
    return multiply(x, expandDims(this.maskOf(x), -1));
  }

  override get maskRules(): MaskRules {
    return { passes: false, padding: { value: this.maskValue, of: 'steps' } };
  }

  override computeMask(x: Value): Value {
    return this.maskOf(x);
  }

  /** Once for each input: `call` and `computeMask` share it. */
  private maskOf(x: Value): Value {
    const known = this.masks.get(x);
    if (known) return known;
    const mask = max(notEqual(x, fill([], this.maskValue)), -1);
    this.masks.set(x, mask);
    return mask;
  }
}
