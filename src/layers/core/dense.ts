// A fully connected layer.
import type * as activations from '../../activations/index.ts';
import { ValueError } from '../../common/errors.ts';
import { boolean, positiveInteger, type Spec } from '../../common/spec.ts';
import type * as constraints from '../../constraints/index.ts';
import { fitsDim, shapeText, UNKNOWN } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Constraint, Regularizer, Variable } from '../../graph/variable.ts';
import type { Initializer, InitializerIdentifier } from '../../initializers/index.ts';
import { dense } from '../../primitives/matmul.ts';
import type * as regularizers from '../../regularizers/index.ts';
import { Layer, type LayerOptions, type Shape } from '../base/layer.ts';
import { activation, constraint, initializer, regularizer } from '../base/option-types.ts';

export interface DenseOptions extends LayerOptions {
  /** Length of the output's last axis. */
  units: number;
  /** Applied to the result; default 'linear'. */
  activation?: activations.ActivationIdentifier | null;
  /** Default true. */
  useBias?: boolean;
  /** Default 'glorot_uniform'. */
  kernelInitializer?: InitializerIdentifier;
  /** Default 'zeros'. */
  biasInitializer?: InitializerIdentifier;
  kernelRegularizer?: regularizers.RegularizerIdentifier | null;
  biasRegularizer?: regularizers.RegularizerIdentifier | null;
  kernelConstraint?: constraints.ConstraintIdentifier | null;
  biasConstraint?: constraints.ConstraintIdentifier | null;
}

const spec: Spec = {
  className: 'Dense',
  positional: ['units'],
  fields: {
    units: [positiveInteger],
    activation: [activation, 'linear'],
    useBias: [boolean, true],
    kernelInitializer: [initializer, 'glorot_uniform'],
    biasInitializer: [initializer, 'zeros'],
    kernelRegularizer: [regularizer, null],
    biasRegularizer: [regularizer, null],
    kernelConstraint: [constraint, null],
    biasConstraint: [constraint, null],
  },
};

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
  declare readonly units: number;
  declare readonly activation: activations.Activation;
  declare readonly useBias: boolean;
  declare readonly kernelInitializer: Initializer;
  declare readonly biasInitializer: Initializer;
  declare readonly kernelRegularizer: Regularizer | null;
  declare readonly biasRegularizer: Regularizer | null;
  declare readonly kernelConstraint: Constraint | null;
  declare readonly biasConstraint: Constraint | null;
  override supportsMasking = true;
  private kernel: Variable | undefined;
  private bias: Variable | undefined;

  constructor(options: DenseOptions);
  constructor(units: number, options?: Omit<DenseOptions, 'units'>);
  constructor(...args: readonly unknown[]) {
    super(spec, args);
  }

  override build(inputShape: Shape): void {
    const inDim = inputShape.at(-1);
    if (inputShape.length < 2 || typeof inDim !== 'number') {
      throw new ValueError(
        `${this.name}: expected an input of at least two axes with a known last one, got ${shapeText(inputShape)}. ` +
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
    this.checkFeatures(x.shape);
    const trace = currentTrace();
    return this.activation(dense(x, trace.read(this.kernel as Variable), this.bias && trace.read(this.bias)));
  }

  private checkFeatures(inputShape: Shape): void {
    const [features, given] = [this.kernel?.shape[0], inputShape.at(-1)];
    if (features === undefined || fitsDim(features, given ?? UNKNOWN)) return;
    throw new ValueError(
      `${this.name}: expected an input with last axis ${features}, got shape ${shapeText(inputShape)}. ` +
        'Give it as many features as the layer was built for.',
    );
  }

  override computeOutputShape(inputShape: Shape): Shape {
    this.checkFeatures(inputShape);
    return [...inputShape.slice(0, -1), this.units];
  }
}
