// A fully connected layer.
import * as activations from '../activations/index.ts';
import * as constraints from '../constraints/index.ts';
import { ValueError } from '../errors.ts';
import { currentTrace } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import type { Variable } from '../graph/variable.ts';
import * as initializers from '../initializers/index.ts';
import { dense } from '../ops/matmul.ts';
import { checkBoolean, checkPositiveInteger } from '../options.ts';
import * as regularizers from '../regularizers/index.ts';
import { readArguments } from './arguments.ts';
import { Layer, type LayerOptions, layerOptions, type Shape } from './layer.ts';

export interface DenseOptions extends LayerOptions {
  /** Length of the output's last axis. */
  units: number;
  /** Applied to the result; default 'linear'. */
  activation?: activations.ActivationIdentifier | null;
  /** Default true. */
  useBias?: boolean;
  /** Default 'glorot_uniform'. */
  kernelInitializer?: initializers.InitializerIdentifier;
  /** Default 'zeros'. */
  biasInitializer?: initializers.InitializerIdentifier;
  kernelRegularizer?: regularizers.RegularizerIdentifier | null;
  biasRegularizer?: regularizers.RegularizerIdentifier | null;
  kernelConstraint?: constraints.ConstraintIdentifier | null;
  biasConstraint?: constraints.ConstraintIdentifier | null;
  /** Length of a sample, for the first layer of a Sequential model: `inputShape: [inputDim]`. */
  inputDim?: number;
}

const allowed = [
  ...layerOptions,
  'activation',
  'useBias',
  'kernelInitializer',
  'biasInitializer',
  'kernelRegularizer',
  'biasRegularizer',
  'kernelConstraint',
  'biasConstraint',
  'inputDim',
];

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
  readonly units: number;
  readonly activation: activations.Activation;
  private readonly useBias: boolean;
  private readonly options: DenseOptions;
  private kernel: Variable | undefined;
  private bias: Variable | undefined;

  constructor(options: DenseOptions);
  constructor(units: number, options?: Omit<DenseOptions, 'units'>);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<DenseOptions>('Dense', args, ['units'], allowed);
    super({ ...options, ...(options.inputDim === undefined ? {} : { inputShape: [options.inputDim] }) });
    this.units = checkPositiveInteger(this.name, 'units', options.units);
    this.activation = activations.get(options.activation ?? 'linear');
    this.useBias = options.useBias === undefined ? true : checkBoolean(this.name, 'useBias', options.useBias);
    // Made here, not when building: each random initializer draws its seed when it is made, in Keras's order.
    this.options = {
      ...options,
      kernelInitializer: initializers.get(options.kernelInitializer ?? 'glorot_uniform'),
      biasInitializer: initializers.get(options.biasInitializer ?? 'zeros'),
      kernelRegularizer: options.kernelRegularizer == null ? null : regularizers.get(options.kernelRegularizer),
      biasRegularizer: options.biasRegularizer == null ? null : regularizers.get(options.biasRegularizer),
      kernelConstraint: options.kernelConstraint == null ? null : constraints.get(options.kernelConstraint),
      biasConstraint: options.biasConstraint == null ? null : constraints.get(options.biasConstraint),
    };
    this.supportsMasking = true;
  }

  override get className(): string {
    return 'Dense';
  }

  override build(inputShape: Shape): void {
    const inDim = inputShape.at(-1);
    if (inputShape.length < 2 || typeof inDim !== 'number') {
      throw new ValueError(
        `${this.name}: expected an input of at least two axes with a known last one, got [${inputShape.map(String).join(', ')}]. ` +
          'Give the layers before it fixed lengths, such as inputLength for Embedding.',
      );
    }
    const { kernelInitializer = 'glorot_uniform', biasInitializer = 'zeros', ...options } = this.options;
    this.kernel = this.addWeight('kernel', [inDim, this.units], {
      initializer: kernelInitializer,
      regularizer: options.kernelRegularizer,
      constraint: options.kernelConstraint,
    });
    if (!this.useBias) return;
    this.bias = this.addWeight('bias', [this.units], {
      initializer: biasInitializer,
      regularizer: options.biasRegularizer,
      constraint: options.biasConstraint,
    });
  }

  override call(x: Value): Value {
    const kernel = this.kernel as Variable;
    if (x.shape.at(-1) !== kernel.shape[0]) {
      throw new ValueError(
        `${this.name}: expected an input with last axis ${kernel.shape[0]}, got shape [${x.shape.join(', ')}]. ` +
          'Give it as many features as the layer was built for.',
      );
    }
    const trace = currentTrace();
    return this.activation(dense(x, trace.read(kernel), this.bias && trace.read(this.bias)));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [...inputShape.slice(0, -1), this.units];
  }

  override getConfig(): Record<string, unknown> {
    const { options } = this;
    return {
      ...super.getConfig(),
      units: this.units,
      activation: activations.serialize(this.activation),
      useBias: this.useBias,
      kernelInitializer: initializers.serialize(options.kernelInitializer as initializers.InitializerIdentifier),
      biasInitializer: initializers.serialize(options.biasInitializer as initializers.InitializerIdentifier),
      kernelRegularizer: regularizers.serialize(options.kernelRegularizer),
      biasRegularizer: regularizers.serialize(options.biasRegularizer),
      kernelConstraint: constraints.serialize(options.kernelConstraint),
      biasConstraint: constraints.serialize(options.biasConstraint),
    };
  }
}
