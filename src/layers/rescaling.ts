// Numbers in other units.
import { currentTrace } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import { add, multiply } from '../ops/binary.ts';
import { affine, toFloat } from '../ops/unary.ts';
import { checkNumber } from '../options.ts';
import { type TensorLike, toTensor } from '../tensor/index.ts';
import { readArguments } from './arguments.ts';
import { Layer, type LayerOptions, layerOptions, type Shape } from './layer.ts';

/** A number, or an array that goes along the last axes of the input. */
export type Factor = number | TensorLike | readonly unknown[];

export interface RescalingOptions extends LayerOptions {
  /** What the input is multiplied by. */
  scale: Factor;
  /** What is added then. Default 0. */
  offset?: Factor;
}

/**
 * x * scale + offset.
 *
 * ```js
 * new layers.Rescaling(0.5, 1).apply(tensor([2, 4])).array(); // [2, 3]
 * ```
 * @throws ValueError when `scale` or `offset` is neither a number nor an array of numbers.
 */
export class Rescaling extends Layer {
  readonly scale: number | Variable;
  readonly offset: number | Variable;

  constructor(options: RescalingOptions);
  constructor(scale: Factor, offset?: Factor, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<RescalingOptions>('Rescaling', args, ['scale', 'offset'], layerOptions);
    super(options);
    this.scale = this.read('scale', options.scale);
    this.offset = this.read('offset', options.offset ?? 0);
    this.supportsMasking = true;
  }

  private read(name: string, given: Factor): number | Variable {
    if (typeof given !== 'object') return checkNumber(this.name, name, given);
    const { shape, data } = toTensor(`${this.name}: ${name}`, given, 'float32');
    return new Variable(name, shape, data, { trainable: false });
  }

  override get className(): string {
    return 'Rescaling';
  }

  override call(x: Value): Value {
    const { scale, offset } = this;
    const trace = currentTrace();
    const scaled =
      typeof scale === 'number'
        ? affine(toFloat(x), scale, typeof offset === 'number' ? offset : 0)
        : multiply(toFloat(x), trace.read(scale));
    if (typeof offset !== 'number') return add(scaled, trace.read(offset));
    return typeof scale === 'number' ? scaled : affine(scaled, 1, offset);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), scale: configOf(this.scale), offset: configOf(this.offset) };
  }
}

const configOf = (factor: number | Variable): unknown =>
  typeof factor === 'number' ? factor : toTensor(factor.name, { data: factor.view().slice(), shape: factor.shape }).array();
