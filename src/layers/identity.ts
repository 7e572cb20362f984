// Layers that give their input back.
import type { Value } from '../graph/value.ts';
import { checkNumber } from '../options.ts';
import { L1L2 } from '../regularizers/index.ts';
import { readArguments } from './arguments.ts';
import { Layer, type LayerOptions, layerOptions, type Shape } from './layer.ts';

/**
 * Gives the input back, mask and all: a placeholder.
 *
 * ```js
 * new layers.Identity().apply(tensor([1, 2])).array(); // [1, 2]
 * ```
 */
export class Identity extends Layer {
  constructor(options: LayerOptions = {}) {
    super(readArguments<LayerOptions>('Identity', [options], [], layerOptions));
    this.supportsMasking = true;
  }

  override get className(): string {
    return 'Identity';
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

/**
 * Gives the input back and adds l1 * sum(|x|) + l2 * sum(x^2), divided by the batch size, to the loss.
 *
 * ```js
 * const model = new Sequential([new layers.Dense(8, { inputShape: [4] }), new layers.ActivityRegularization({ l2: 0.01 })]);
 * ```
 * @throws ValueError when a factor is negative.
 */
export class ActivityRegularization extends Layer {
  readonly l1: number;
  readonly l2: number;

  constructor(options?: ActivityRegularizationOptions);
  constructor(l1: number, l2?: number, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<ActivityRegularizationOptions>('ActivityRegularization', args, ['l1', 'l2'], layerOptions);
    const owner = options.name ?? 'ActivityRegularization';
    const l1 = checkNumber(owner, 'l1', options.l1 ?? 0, { min: 0 });
    const l2 = checkNumber(owner, 'l2', options.l2 ?? 0, { min: 0 });
    super({ ...options, activityRegularizer: options.activityRegularizer ?? new L1L2({ l1, l2 }) });
    this.l1 = l1;
    this.l2 = l2;
    this.supportsMasking = true;
  }

  override get className(): string {
    return 'ActivityRegularization';
  }

  override call(x: Value): Value {
    return x;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), l1: this.l1, l2: this.l2 };
  }
}
