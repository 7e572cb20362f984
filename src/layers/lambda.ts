// Any function as a layer.
import { ValueError } from '../errors.ts';
import type { Value } from '../graph/value.ts';
import { describe } from '../options.ts';
import { readArguments } from './arguments.ts';
import { type CallOptions, checkShape, Layer, type LayerOptions, layerOptions, type Shape, type Shapes } from './layer.ts';

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
  arguments?: Readonly<Record<string, unknown>>;
}

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
  private readonly options: LambdaOptions;

  constructor(options: LambdaOptions);
  constructor(body: LambdaOptions['function'], options?: Omit<LambdaOptions, 'function'>);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<LambdaOptions>('Lambda', args, ['function', 'outputShape', 'mask', 'arguments'], layerOptions);
    super(options);
    for (const [name, value] of [
      ['function', options.function],
      ['mask', options.mask ?? (() => undefined)],
    ] as const) {
      if (typeof value === 'function') continue;
      throw new ValueError(
        `${this.name}: expected ${name} to be a function, got ${describe(value)}. For example (x) => activations.relu(x).`,
      );
    }
    const { outputShape = null } = options;
    if (outputShape !== null && typeof outputShape !== 'function') checkShape(this.name, outputShape);
    this.options = options;
    this.supportsMasking = (options.mask ?? null) !== null;
  }

  override get className(): string {
    return 'Lambda';
  }

  override call(x: Value, options: CallOptions): Value {
    return this.options.function(x, { ...this.options.arguments, ...options });
  }

  override computeMask(x: Value, mask: Value | undefined): Value | undefined {
    return this.options.mask?.(x, mask);
  }

  override computeOutputShape(inputShape: Shape): Shapes {
    const { outputShape = null } = this.options;
    if (outputShape === null) return super.computeOutputShape(inputShape);
    return typeof outputShape === 'function' ? outputShape(inputShape) : [inputShape[0], ...outputShape];
  }

  override getConfig(): Record<string, unknown> {
    const { function: body, outputShape = null, mask = null, arguments: given = {} } = this.options;
    return { ...super.getConfig(), function: body, outputShape, mask, arguments: given };
  }
}
