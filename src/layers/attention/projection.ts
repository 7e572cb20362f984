// The projections of multi-head attention: a dense layer whose kernel keeps the axes of the heads.
import { sizeOf } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Constraint, Regularizer, Variable } from '../../graph/variable.ts';
import type { Initializer } from '../../initializers/index.ts';
import { FanInitializer } from '../../initializers/variance-scaling.ts';
import { reshape } from '../../primitives/layout.ts';
import { dense } from '../../primitives/matmul.ts';
import { Layer } from '../base/layer.ts';

export interface ProjectionOptions {
  readonly useBias: boolean;
  readonly kernelInitializer: Initializer;
  readonly biasInitializer: Initializer;
  readonly kernelRegularizer: Regularizer | null;
  readonly biasRegularizer: Regularizer | null;
  readonly kernelConstraint: Constraint | null;
  readonly biasConstraint: Constraint | null;
}

/** [..., in] to [..., out] with a kernel [...from, ...to], where in and out are the products of `from` and `to`. */
export class Projection extends Layer {
  static readonly className: string = 'EinsumDense';

  private readonly from: readonly number[];
  private readonly to: readonly number[];
  private readonly options: ProjectionOptions;
  private kernel: Variable | undefined;
  private bias: Variable | undefined;

  constructor(name: string, from: readonly number[], to: readonly number[], options: ProjectionOptions) {
    super({ name });
    this.from = from;
    this.to = to;
    this.options = options;
  }

  override build(): void {
    const { options, from, to } = this;
    const { kernelInitializer } = options;
    const axes = [...from, ...to].map((_, axis) => axis);
    // The inputs of a unit are all of `from`, whatever its axes.
    const initializer =
      kernelInitializer instanceof FanInitializer
        ? kernelInitializer.along(axes.slice(0, from.length), axes.slice(from.length))
        : kernelInitializer;
    this.kernel = this.addWeight('kernel', [...from, ...to], {
      initializer,
      regularizer: options.kernelRegularizer,
      constraint: options.kernelConstraint,
    });
    if (!options.useBias) return;
    this.bias = this.addWeight('bias', to, {
      initializer: options.biasInitializer,
      regularizer: options.biasRegularizer,
      constraint: options.biasConstraint,
    });
  }

  override call(x: Value): Value {
    const trace = currentTrace();
    const [rows, columns] = [sizeOf(this.from), sizeOf(this.to)];
    return dense(x, reshape(trace.read(this.kernel as Variable), [rows, columns]), this.bias && reshape(trace.read(this.bias), [columns]));
  }
}
