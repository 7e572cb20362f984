// Rescaling: scale * x + offset.

import type { OptionType } from '../../common/option-types.ts';
import { checkNumber } from '../../common/options.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import { Variable } from '../../graph/variable.ts';
import { add, multiply } from '../../primitives/binary.ts';
import { affine, toFloat } from '../../primitives/unary.ts';
import { Tensor, type TensorLike, toTensor } from '../../tensor/index.ts';
import { Layer, type LayerOptions, type LayerSpec } from '../base/layer.ts';

/** A number, or an array that goes along the last axes of the input. */
export type Factor = number | TensorLike | readonly unknown[];

/** A number, or an array kept in memory as a variable. */
const factor: OptionType<number | Variable, Factor> = {
  read: (owner, name, value) => {
    if (typeof value !== 'object' || value === null) return checkNumber(owner, name, value);
    const { shape, data } = toTensor(`${owner}: ${name}`, value, 'float32');
    return new Variable(name, shape, data, { trainable: false });
  },
  write: (value) => (value instanceof Variable ? new Tensor(value.view().slice(), value.shape).array() : value),
};

const options = {
  /** Factor of the input. */
  scale: [factor],
  /** What is added then. Default 0. */
  offset: [factor, 0],
} as const satisfies Options;

export interface RescalingOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Rescaling extends ValuesOf<typeof options> {}

/**
 * x * scale + offset.
 *
 * ```js
 * new layers.Rescaling(0.5, 1).apply(tensor([2, 4])).array(); // [2, 3]
 * ```
 * @throws ValueError when `scale` or `offset` is neither a number nor an array of numbers.
 */
export class Rescaling extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.Rescaling',
    positional: ['scale', 'offset'],
    options,
    supportsMasking: true,
  };

  constructor(options: RescalingOptions);
  constructor(scale: Factor, offset?: Factor, options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
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
}
