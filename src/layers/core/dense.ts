// Dense.
import { mismatch } from '../../common/errors.ts';
import { boolean, positiveInteger } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { fitsDim, shapeText } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Variable } from '../../graph/variable.ts';
import { dense } from '../../primitives/matmul.ts';
import { Layer, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';
import { activation, constraint, initializer, regularizer } from '../base/option-types.ts';

const options = {
  /** Length of the output's last axis. */
  units: [positiveInteger],
  /** Applied to the result; default 'linear'. */
  activation: [activation, 'linear'],
  /** Default true. */
  useBias: [boolean, true],
  /** Default 'glorot_uniform'. */
  kernelInitializer: [initializer, 'glorot_uniform'],
  /** Default 'zeros'. */
  biasInitializer: [initializer, 'zeros'],
  kernelRegularizer: [regularizer, null],
  biasRegularizer: [regularizer, null],
  kernelConstraint: [constraint, null],
  biasConstraint: [constraint, null],
} as const satisfies Options;

export interface DenseOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Dense extends ValuesOf<typeof options> {}

/**
 * activation(x · kernel + bias) over the last axis: `[..., in]` becomes `[..., units]`.
 *
 * ```js
 * const model = new Sequential([new layers.Dense(16, { activation: 'relu', inputShape: [4] }), new layers.Dense(1)]);
 * model.predict([[1, 2, 3, 4]]).shape; // [1, 1]
 * ```
 * The kernel has shape [in, units], the bias [units].
 * @throws ValueError when `units` is not a positive integer or the input's last axis is unknown or another than before.
 */
export class Dense extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.Dense',
    positional: ['units'],
    options,
    supportsMasking: true,
    config: { constants: { quantization_config: null }, ignored: ['lora_alpha'], unsupported: ['lora_rank'] },
  };

  private kernel: Variable | undefined;
  private bias: Variable | undefined;

  constructor(options: DenseOptions);
  constructor(units: number, options?: Omit<DenseOptions, 'units'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override build(inputShape: Shape): void {
    const inDim = inputShape.at(-1);
    if (inputShape.length < 2 || typeof inDim !== 'number') {
      throw mismatch(
        this.name,
        'an input of at least two axes with a known last one',
        shapeText(inputShape),
        'Give the layers before it fixed lengths, such as inputLength for Embedding.',
      );
    }
    this.kernel = this.addWeight('kernel', [inDim, this.units], {
      initializer: this.kernelInitializer,
      regularizer: this.kernelRegularizer,
      constraint: this.kernelConstraint,
    });
    if (!this.useBias) return;
    this.bias = this.addWeight('bias', [this.units], {
      initializer: this.biasInitializer,
      regularizer: this.biasRegularizer,
      constraint: this.biasConstraint,
    });
  }

  override call(x: Value): Value {
    const kernel = this.kernel as Variable;
    const [features] = kernel.shape;
    if (x.shape.length === 0 || !fitsDim(features, x.shape[x.shape.length - 1])) {
      throw mismatch(
        this.name,
        `an input with last axis ${features}`,
        `shape ${shapeText(x.shape)}`,
        'Give it as many features as the layer was built for.',
      );
    }
    const trace = currentTrace();
    return this.activation(dense(x, trace.read(kernel), this.bias && trace.read(this.bias)));
  }
}
