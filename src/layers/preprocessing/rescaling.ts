// Numbers in other units.

import { checkNumber } from '../../common/options.ts';
import type { Kind, Spec } from '../../common/spec.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import { Variable } from '../../graph/variable.ts';
import { add, multiply } from '../../primitives/binary.ts';
import { affine, toFloat } from '../../primitives/unary.ts';
import { Tensor, type TensorLike, toTensor } from '../../tensor/index.ts';
import { Layer, type LayerOptions, type Shape } from '../base/layer.ts';

/** A number, or an array that goes along the last axes of the input. */
export type Factor = number | TensorLike | readonly unknown[];

export interface RescalingOptions extends LayerOptions {
  /** What the input is multiplied by. */
  scale: Factor;
  /** What is added then. Default 0. */
  offset?: Factor;
}

/** A number, or an array kept in memory as a variable. */
const factor: Kind = {
  read: (owner, name, given) => {
    if (typeof given !== 'object' || given === null) return checkNumber(owner, name, given);
    const { shape, data } = toTensor(`${owner}: ${name}`, given, 'float32');
    return new Variable(name, shape, data, { trainable: false });
  },
  write: (value) => (value instanceof Variable ? new Tensor(value.view().slice(), value.shape).array() : value),
};

const spec: Spec = { className: 'Rescaling', positional: ['scale', 'offset'], fields: { scale: [factor], offset: [factor, 0] } };

/**
 * x * scale + offset.
 *
 * ```js
 * new layers.Rescaling(0.5, 1).apply(tensor([2, 4])).array(); // [2, 3]
 * ```
 * @throws ValueError when `scale` or `offset` is neither a number nor an array of numbers.
 */
export class Rescaling extends Layer {
  declare readonly scale: number | Variable;
  declare readonly offset: number | Variable;
  override supportsMasking = true;

  constructor(options: RescalingOptions);
  constructor(scale: Factor, offset?: Factor, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    super(spec, args);
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
}
