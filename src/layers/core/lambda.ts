// Lambda: a function as a layer.
import { mismatch } from '../../common/errors.ts';
import type { OptionType } from '../../common/option-types.ts';
import { describe } from '../../common/options.ts';
import { classNameOf, type Options, type OptionsOf, type ValuesOf } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { type CallOptions, checkShape, Layer, type LayerOptions, type LayerSpec, type Shape, type Shapes } from '../base/layer.ts';

/** The options of a Lambda's function: `arguments`, and the options of a call. */
export type LambdaCall = CallOptions & Readonly<Record<string, unknown>>;

/** A function, such as users write to compute with values. */
const callable = <F extends (...args: never[]) => unknown>(): OptionType<F> => ({
  read: (owner, name, value) => {
    if (typeof value === 'function') return value as F;
    throw mismatch(owner, `${name} to be a function`, describe(value), 'For example (x) => activations.relu(x).');
  },
});

const sampleShape: OptionType<Shape | ((inputShape: Shape) => Shape)> = {
  read: (owner, _name, value) => (typeof value === 'function' ? (value as (inputShape: Shape) => Shape) : checkShape(owner, value)),
};

const keywords: OptionType<Readonly<Record<string, unknown>>> = { read: (_owner, _name, value) => value as Record<string, unknown> };

const options = {
  /** From the input's value, in terms of the package's functions of values, to the output's. */
  function: [/* @__PURE__ */ callable<(x: Value, options: LambdaCall) => Value>()],
  /** Shape of a sample of the output, or a function from a batch's shape to one; found by trial when left out. */
  // A connected layer has a shape by that name.
  outputShape: [sampleShape, null, 'givenShape'],
  /** The mask that goes out: a function of input and mask. Without it no mask goes out. */
  mask: [/* @__PURE__ */ callable<(x: Value, mask: Value | undefined) => Value | undefined>(), null],
  /** Handed to the function with each call. */
  arguments: [keywords, null],
} as const satisfies Options;

export interface LambdaOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Lambda extends ValuesOf<typeof options> {}

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
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.Lambda',
    positional: ['function', 'outputShape', 'mask', 'arguments'],
    options,
    takesMask: true,
    holdsCode: true,
  };

  declare private readonly givenShape: Shape | ((inputShape: Shape) => Shape) | null;

  constructor(options: LambdaOptions);
  constructor(body: LambdaOptions['function'], options?: Omit<LambdaOptions, 'function'>);
  constructor(...args: readonly never[]) {
    super(...args);
    this.supportsMasking = this.mask !== null;
  }

  override call(x: Value, options: CallOptions): Value {
    return this.function(x, { ...this.arguments, ...options });
  }

  override get runsUserCode(): boolean {
    return true;
  }

  /** Functions by their names, or the layer's. */
  override fileConfig(): Record<string, unknown> {
    const named = Object.entries({ ...this.getConfig(), arguments: this.arguments ?? {} }).filter(([, value]) => value !== null);
    const nameOf = (value: unknown) =>
      typeof value === 'function' ? { className: 'function', config: classNameOf(value) || this.name } : value;
    return Object.fromEntries(named.map(([key, value]) => [key, nameOf(value)]));
  }

  override computeMask(x: Value, mask: Value | undefined): Value | undefined {
    return this.mask?.(x, mask);
  }

  override computeOutputShape(inputShape: Shape): Shapes {
    const { givenShape } = this;
    if (givenShape === null) return super.computeOutputShape(inputShape);
    return typeof givenShape === 'function' ? givenShape(inputShape) : [inputShape[0], ...givenShape];
  }
}
