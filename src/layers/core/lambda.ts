// Any function as a layer.
import { ValueError } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { anything, type Kind, readArguments, type Spec } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { type CallOptions, checkShape, Layer, type LayerOptions, layerOptions, type Shape, type Shapes } from '../base/layer.ts';

/** What a Lambda's function is told besides the input: `arguments`, and what every layer is told. */
export type LambdaCall = CallOptions & Readonly<Record<string, unknown>>;

export interface LambdaOptions extends LayerOptions {
  /** From the input's value, in terms of the package's functions of values, to the output's. */
  function: (x: Value, options: LambdaCall) => Value;
  /** Shape of a sample of the output, or a function from a batch's shape to one; found by trial when left out. */
  outputShape?: Shape | ((inputShape: Shape) => Shape) | null;
  /** The mask that goes out: a function of input and mask. Without it no mask goes out. */
  mask?: ((x: Value, mask: Value | undefined) => Value | undefined) | null;
  /** Handed to the function with each call. */
  arguments?: Readonly<Record<string, unknown>> | null;
}

/** A function, such as users write to compute with values. */
const body: Kind = {
  read: (owner, name, value) => {
    if (typeof value === 'function') return value;
    throw new ValueError(`${owner}: expected ${name} to be a function, got ${describe(value)}. For example (x) => activations.relu(x).`);
  },
};

/** outputShape is none of the fields: a connected layer has a shape by that name. */
const spec: Spec = {
  className: 'Lambda',
  positional: ['function', 'outputShape', 'mask', 'arguments'],
  fields: { function: [body], mask: [body, null], arguments: [anything, null] },
};

/**
 * A function as a layer, without weights.
 *
 * ```js
 * new layers.Lambda((x) => activations.relu(x)).apply(tensor([-1, 2])).array(); // [0, 2]
 * ```
 * The function must not keep anything between calls, since it is called when a model is traced, not for each batch.
 * @throws ValueError when `function` is not a function.
 */
export class Lambda extends Layer {
  declare readonly function: LambdaOptions['function'];
  declare readonly mask: NonNullable<LambdaOptions['mask']> | null;
  declare readonly arguments: Readonly<Record<string, unknown>> | null;
  private readonly givenShape: Shape | ((inputShape: Shape) => Shape) | null;

  constructor(options: LambdaOptions);
  constructor(body: LambdaOptions['function'], options?: Omit<LambdaOptions, 'function'>);
  constructor(...args: readonly unknown[]) {
    const { outputShape = null, ...options } = readArguments(spec, args, [...layerOptions, 'outputShape']) as Partial<LambdaOptions>;
    super(spec, [options]);
    this.givenShape = outputShape === null || typeof outputShape === 'function' ? outputShape : checkShape(this.name, outputShape);
    this.supportsMasking = this.mask !== null;
  }

  override call(x: Value, options: CallOptions): Value {
    return this.function(x, { ...this.arguments, ...options });
  }

  override computeMask(x: Value, mask: Value | undefined): Value | undefined {
    return this.mask?.(x, mask);
  }

  override computeOutputShape(inputShape: Shape): Shapes {
    const { givenShape } = this;
    if (givenShape === null) return super.computeOutputShape(inputShape);
    return typeof givenShape === 'function' ? givenShape(inputShape) : [inputShape[0], ...givenShape];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), outputShape: this.givenShape };
  }
}
