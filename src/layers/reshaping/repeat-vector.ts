// RepeatVector: one vector at every step.
import { mismatch } from '../../common/errors.ts';
import { positiveInteger } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { broadcastTo } from '../../primitives/binary.ts';
import { expandDims } from '../../primitives/layout.ts';
import { Layer, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';

const options = {
  /** How many times. */
  n: [positiveInteger],
} as const satisfies Options;

export interface RepeatVectorOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface RepeatVector extends ValuesOf<typeof options> {}

/**
 * Repeats each vector: `[batch, features]` becomes `[batch, n, features]`.
 *
 * ```js
 * new layers.RepeatVector(2).apply(tensor([[1, 2]])).array(); // [[[1, 2], [1, 2]]]
 * ```
 * @throws ValueError when `n` is not a positive integer or the input has other than two axes.
 */
export class RepeatVector extends Layer {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.RepeatVector', positional: ['n'], options };

  constructor(options: RepeatVectorOptions);
  constructor(n: number, options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override call(x: Value): Value {
    this.checkRank(x.shape);
    const [batch, features] = x.shape;
    return broadcastTo(expandDims(x, 1), [batch, this.n, features]);
  }

  private checkRank(shape: Shape): void {
    if (shape.length === 2) return;
    throw mismatch(this.name, 'inputs of two axes', `shape ${shapeText(shape)}`, 'Pass [batch, features].');
  }
}
