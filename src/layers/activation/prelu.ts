// PReLU: a rectifier whose slope below 0 is trained.
import { mismatch } from '../../common/errors.ts';
import type { OptionType } from '../../common/option-types.ts';
import { checkPositiveInteger } from '../../common/options.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { shapeText } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Variable } from '../../graph/variable.ts';
import { multiply, subtract } from '../../primitives/binary.ts';
import { negative, relu } from '../../primitives/unary.ts';
import { Layer, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';
import { constraint, initializer, regularizer } from '../base/option-types.ts';
import { weightOptions } from '../base/weight-options.ts';

/** One axis or several behind the batch, as an array. */
const behindBatch: OptionType<readonly number[], number | readonly number[]> = {
  read: (owner, name, value) => (Array.isArray(value) ? value : [value]).map((axis) => checkPositiveInteger(owner, name, axis)),
};

const options = {
  /** Axes along which all elements share one slope, counted from 1, the batch being 0. Default: none. */
  sharedAxes: [behindBatch, null],
  /** Default 'zeros'. */
  alphaInitializer: [initializer, 'zeros'],
  alphaRegularizer: [regularizer, null],
  alphaConstraint: [constraint, null],
} as const satisfies Options;

export interface PReLUOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface PReLU extends ValuesOf<typeof options> {}

/**
 * x above 0, alpha * x below, with an alpha for each element of a sample (He et al. 2015).
 *
 * ```js
 * new layers.PReLU({ weights: [[0.5, 0.25]] }).apply(tensor([[-2, -2], [3, 3]])).array(); // [[-1, -0.5], [3, 3]]
 * ```
 * alpha has the shape of a sample, with 1 at `sharedAxes`.
 * @throws ValueError when a length that is not shared is unknown.
 */
export class PReLU extends Layer {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.PReLU', options, supportsMasking: true };

  private alpha: Variable | undefined;

  constructor(options?: PReLUOptions) {
    super(options);
  }

  override build(inputShape: Shape): void {
    const shape = inputShape.slice(1).map((dim, i) => (this.sharedAxes?.includes(i + 1) ? 1 : dim));
    if (shape.includes(null)) {
      throw mismatch(
        this.name,
        'known lengths of the axes that are not shared',
        `an input of shape ${shapeText(inputShape)}`,
        `Pass sharedAxes: [${shape.indexOf(null) + 1}].`,
      );
    }
    this.alpha = this.addWeight('alpha', shape as number[], weightOptions(this, 'alpha'));
  }

  override call(x: Value): Value {
    return subtract(relu(x), multiply(currentTrace().read(this.alpha as Variable), relu(negative(x))));
  }
}
