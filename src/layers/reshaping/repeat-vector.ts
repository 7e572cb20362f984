// One vector at every time step.
import { ValueError } from '../../common/errors.ts';
import { positiveInteger, type Spec } from '../../common/spec.ts';
import { shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { broadcastTo } from '../../primitives/binary.ts';
import { expandDims } from '../../primitives/layout.ts';
import { Layer, type LayerOptions, type Shape } from '../base/layer.ts';

export interface RepeatVectorOptions extends LayerOptions {
  /** How many times. */
  n: number;
}

const spec: Spec = { className: 'RepeatVector', positional: ['n'], fields: { n: [positiveInteger] } };

/**
 * Repeats each vector: `[batch, features]` becomes `[batch, n, features]`.
 *
 * ```js
 * new layers.RepeatVector(2).apply(tensor([[1, 2]])).array(); // [[[1, 2], [1, 2]]]
 * ```
 * @throws ValueError when `n` is not a positive integer or the input has other than two axes.
 */
export class RepeatVector extends Layer {
  declare readonly n: number;

  constructor(options: RepeatVectorOptions);
  constructor(n: number, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    super(spec, args);
  }

  override call(x: Value): Value {
    this.checkRank(x.shape);
    const [batch, features] = x.shape;
    return broadcastTo(expandDims(x, 1), [batch, this.n, features]);
  }

  private checkRank(shape: Shape): void {
    if (shape.length === 2) return;
    throw new ValueError(`${this.name}: expected inputs of two axes, got shape ${shapeText(shape)}. Pass [batch, features].`);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    this.checkRank(inputShape);
    return [inputShape[0], this.n, inputShape[1]];
  }
}
