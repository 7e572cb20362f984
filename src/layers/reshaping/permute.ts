// Permute: the axes of each sample in another order.
import { mismatch } from '../../common/errors.ts';
import type { OptionType } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { transpose } from '../../primitives/layout.ts';
import { Layer, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';
import { describeShape } from '../base/shape.ts';

/** Each of 1, 2, ... once. */
const order: OptionType<readonly number[]> = {
  read: (owner, name, dims) => {
    if (Array.isArray(dims) && [...dims].sort((a, b) => a - b).every((dim, i) => dim === i + 1)) return [...dims];
    throw mismatch(owner, `${name} to hold each of 1, 2, ... once`, describeShape(dims), 'For example [2, 1].');
  },
};

const options = {
  /** Axis i of the result is axis dims[i] of the input; they are counted from 1, the batch being 0. */
  dims: [order],
} as const satisfies Options;

export interface PermuteOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Permute extends ValuesOf<typeof options> {}

/**
 * Orders the axes of each sample anew.
 *
 * ```js
 * new layers.Permute([2, 1]).apply(tensor([[[1, 2, 3], [4, 5, 6]]])).array(); // [[[1, 4], [2, 5], [3, 6]]]
 * ```
 * A mask does not survive it, as in Keras.
 * @throws ValueError when `dims` does not hold each of 1, 2, ... once, or the input has another number of axes.
 */
export class Permute extends Layer {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.Permute', positional: ['dims'], options };

  constructor(options: PermuteOptions);
  constructor(dims: readonly number[], options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override call(x: Value): Value {
    this.checkRank(x.shape);
    return transpose(x, [0, ...this.dims]);
  }

  private checkRank(shape: Shape): void {
    if (shape.length === this.dims.length + 1) return;
    throw mismatch(this.name, `inputs of ${this.dims.length + 1} axes`, `shape ${shapeText(shape)}`, 'Name each axis in dims.');
  }
}
