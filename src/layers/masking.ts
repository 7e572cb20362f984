// Steps that hold nothing but one value are padding.
import type { Value } from '../graph/value.ts';
import { multiply, notEqual } from '../ops/binary.ts';
import { expandDims, fill } from '../ops/layout.ts';
import { max } from '../ops/reduce.ts';
import { checkNumber } from '../options.ts';
import { readArguments } from './arguments.ts';
import { Layer, type LayerOptions, layerOptions, type Shape } from './layer.ts';

export interface MaskingOptions extends LayerOptions {
  /** What all features of a step equal when it is padding. Default 0. */
  maskValue?: number;
}

/**
 * Masks the steps whose features all equal `maskValue`, so that later layers skip them, and sets them to 0.
 *
 * ```js
 * new layers.Masking(-1).apply(tensor([[[5, -1], [-1, -1]]])).array(); // [[[5, -1], [0, 0]]]
 * ```
 * @throws ValueError when `maskValue` is not a number.
 */
export class Masking extends Layer {
  readonly maskValue: number;
  private readonly masks = new WeakMap<Value, Value>();

  constructor(options?: MaskingOptions);
  constructor(maskValue: number, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<MaskingOptions>('Masking', args, ['maskValue'], layerOptions);
    super(options);
    this.maskValue = checkNumber(this.name, 'maskValue', options.maskValue ?? 0);
    this.supportsMasking = true;
  }

  override get className(): string {
    return 'Masking';
  }

  override call(x: Value): Value {
    return multiply(x, expandDims(this.maskOf(x), -1));
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

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), maskValue: this.maskValue };
  }
}
