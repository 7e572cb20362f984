// Vectors of length 1.
import type { Value } from '../graph/value.ts';
import { normalizeLength } from '../ops/normalize.ts';
import { readArguments } from './arguments.ts';
import { type Axes, checkAxes, resolveAxes } from './axes.ts';
import { Layer, type LayerOptions, layerOptions, type Shape } from './layer.ts';

export interface UnitNormalizationOptions extends LayerOptions {
  /** The axis, or axes, along which the length is 1 afterwards. Default -1. */
  axis?: Axes;
}

/**
 * Divides by the length along `axis`, so that it is 1; zeros stay zeros.
 *
 * ```js
 * new layers.UnitNormalization().apply(tensor([[3, 4]])).array(); // [[0.6000000238418579, 0.800000011920929]]
 * ```
 * @throws ValueError when an axis is not one of the input's.
 */
export class UnitNormalization extends Layer {
  readonly axis: Axes;

  constructor(options?: UnitNormalizationOptions);
  constructor(axis: Axes, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<UnitNormalizationOptions>('UnitNormalization', args, ['axis'], layerOptions);
    super(options);
    this.axis = checkAxes(this.name, options.axis ?? -1);
    this.supportsMasking = true;
  }

  override get className(): string {
    return 'UnitNormalization';
  }

  override call(x: Value): Value {
    return normalizeLength(x, resolveAxes(this.name, this.axis, x.shape.length), 1e-12);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    resolveAxes(this.name, this.axis, inputShape.length);
    return inputShape;
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), axis: this.axis };
  }
}
