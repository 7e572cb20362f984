// One vector at every time step.
import { ValueError } from '../errors.ts';
import type { Value } from '../graph/value.ts';
import { broadcastTo } from '../ops/binary.ts';
import { expandDims } from '../ops/layout.ts';
import { checkPositiveInteger } from '../options.ts';
import { readArguments } from './arguments.ts';
import { Layer, type LayerOptions, layerOptions, type Shape } from './layer.ts';

export interface RepeatVectorOptions extends LayerOptions {
  /** How many times. */
  n: number;
}

/**
 * Repeats each vector: `[batch, features]` becomes `[batch, n, features]`.
 *
 * ```js
 * new layers.RepeatVector(2).apply(tensor([[1, 2]])).array(); // [[[1, 2], [1, 2]]]
 * ```
 * @throws ValueError when `n` is not a positive integer or the input has other than two axes.
 */
export class RepeatVector extends Layer {
  readonly n: number;

  constructor(options: RepeatVectorOptions);
  constructor(n: number, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<RepeatVectorOptions>('RepeatVector', args, ['n'], layerOptions);
    super(options);
    this.n = checkPositiveInteger(this.name, 'n', options.n);
  }

  override get className(): string {
    return 'RepeatVector';
  }

  override call(x: Value): Value {
    const [batch, n, features] = this.computeOutputShape(x.shape) as number[];
    return broadcastTo(expandDims(x, 1), [batch, n, features]);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    if (inputShape.length !== 2) {
      throw new ValueError(
        `${this.name}: expected inputs of two axes, got shape [${inputShape.map(String).join(', ')}]. Pass [batch, features].`,
      );
    }
    return [inputShape[0], this.n, inputShape[1]];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), n: this.n };
  }
}
