// Add, Subtract, Multiply, Average, Maximum and Minimum.
import type { Value } from '../../graph/value.ts';
import * as ops from '../../primitives/binary.ts';
import { fill } from '../../primitives/layout.ts';
import type { LayerSpec } from '../base/layer.ts';
import { anyOf, type Masks, Merge } from './merge.ts';

/**
 * The sum of its inputs, whose shapes broadcast.
 *
 * ```js
 * new layers.Add().apply([tensor([1, 2]), tensor([10, 20])]).array(); // [11, 22]
 * ```
 * The output is masked where all inputs are; masks do not change the sum.
 * @throws ValueError when the input is no list, or the shapes do not broadcast.
 */
export class Add extends Merge {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.Add' };

  protected override merge(inputs: readonly Value[]): Value {
    return inputs.reduce(ops.add);
  }
}

/**
 * The first of two inputs minus the second.
 *
 * ```js
 * new layers.Subtract().apply([tensor([1, 2]), tensor([10, 20])]).array(); // [-9, -18]
 * ```
 * The output is masked where both inputs are; masks do not change the difference.
 * @throws ValueError when the input is no list of two, or the shapes do not broadcast.
 */
export class Subtract extends Merge {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.Subtract' };

  protected override get limits(): readonly [number, number] {
    return [2, 2];
  }

  protected override merge([a, b]: readonly Value[]): Value {
    return ops.subtract(a, b);
  }
}

/**
 * The product of its inputs, element by element.
 *
 * ```js
 * new layers.Multiply().apply([tensor([1, 2]), tensor([10, 20])]).array(); // [10, 40]
 * ```
 * A masked step counts as 1, and the product is 0 where all inputs are masked.
 * @throws ValueError when the input is no list, or the shapes do not broadcast.
 */
export class Multiply extends Merge {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.Multiply' };

  protected override merge(inputs: readonly Value[], masks: Masks): Value {
    const factors = inputs.map((x, i) => (masks[i] ? ops.select(masks[i], x, fill([], 1)) : x));
    const product = factors.reduce(ops.multiply);
    const all = masks.filter((mask) => mask !== undefined);
    return all.length === inputs.length ? ops.select(anyOf(all), product, fill([], 0)) : product;
  }
}

/**
 * The mean of its inputs.
 *
 * ```js
 * new layers.Average().apply([tensor([1, 2]), tensor([3, 6])]).array(); // [2, 4]
 * ```
 * The output is masked where all inputs are; masks do not change the mean.
 * @throws ValueError when the input is no list, or the shapes do not broadcast.
 */
export class Average extends Merge {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.Average' };

  protected override merge(inputs: readonly Value[]): Value {
    return ops.divide(inputs.reduce(ops.add), fill([], inputs.length));
  }
}

/** Folds the inputs; where one is masked, the result of the others stands in for it. */
function foldUnmasked(inputs: readonly Value[], masks: Masks, f: (a: Value, b: Value) => Value): Value {
  let [output] = inputs;
  let [mask] = masks;
  for (let i = 1; i < inputs.length; i++) {
    const x = masks[i] ? ops.select(masks[i] as Value, inputs[i], output) : inputs[i];
    const before = mask ? ops.select(mask, output, x) : output;
    mask = mask && masks[i] && ops.maximum(mask, masks[i] as Value);
    output = f(before, x);
  }
  return output;
}

/**
 * The largest of its inputs, element by element.
 *
 * ```js
 * new layers.Maximum().apply([tensor([1, 5]), tensor([3, 2])]).array(); // [3, 5]
 * ```
 * Where an input is masked the others decide.
 * @throws ValueError when the input is no list, or the shapes do not broadcast.
 */
export class Maximum extends Merge {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.Maximum' };

  protected override merge(inputs: readonly Value[], masks: Masks): Value {
    return foldUnmasked(inputs, masks, ops.maximum);
  }
}

/**
 * The smallest of its inputs, element by element.
 *
 * ```js
 * new layers.Minimum().apply([tensor([1, 5]), tensor([3, 2])]).array(); // [1, 2]
 * ```
 * Where an input is masked the others decide.
 * @throws ValueError when the input is no list, or the shapes do not broadcast.
 */
export class Minimum extends Merge {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.Minimum' };

  protected override merge(inputs: readonly Value[], masks: Masks): Value {
    return foldUnmasked(inputs, masks, ops.minimum);
  }
}
