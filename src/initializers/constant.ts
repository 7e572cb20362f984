// Initializers without chance.
import { mismatch } from '../common/errors.ts';
import { number, type OptionType } from '../common/option-types.ts';
import { checkNumber, isPlain } from '../common/options.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import { broadcastTo } from '../primitives/binary.ts';
import { eager } from '../runtime/eager.ts';
import { type TensorLike, toTensor } from '../tensor/convert.ts';
import { checkShape, Tensor } from '../tensor/tensor.ts';
import { Initializer } from './initializer.ts';

/**
 * All zeros.
 *
 * ```ts
 * new initializers.Zeros().call([2, 2]); // [0, 0, 0, 0]
 * ```
 */
export class Zeros extends Initializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.Zeros' };

  constructor(options?: Record<string, never>) {
    super(options);
  }

  call(shape: readonly number[]): Tensor {
    return new Tensor(new Float32Array(checkShape(this.className, shape)), shape);
  }
}

/**
 * All ones.
 *
 * ```ts
 * new initializers.Ones().call([3]); // [1, 1, 1]
 * ```
 */
export class Ones extends Initializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.Ones' };

  constructor(options?: Record<string, never>) {
    super(options);
  }

  call(shape: readonly number[]): Tensor {
    return new Tensor(new Float32Array(checkShape(this.className, shape)).fill(1), shape);
  }
}

const numbers: OptionType<number | Tensor<'float32'>, number | TensorLike> = {
  read: (owner, name, value) =>
    typeof value === 'object' && value !== null ? toTensor(`${owner}: ${name}`, value, 'float32') : checkNumber(owner, name, value),
  write: (value) => (value instanceof Tensor ? value.array() : value),
};

const constantOptions = {
  /** The number, or numbers that are repeated to the shape. Default: 0. */
  value: [numbers, 0],
} as const satisfies Options;

/** Options of Constant. */
export interface ConstantOptions extends OptionsOf<typeof constantOptions> {}

export interface Constant extends ValuesOf<typeof constantOptions> {}

/**
 * One number everywhere, or numbers that are given.
 *
 * ```ts
 * new initializers.Constant(0.5).call([2]); // [0.5, 0.5]
 * new initializers.Constant([[1, 2]]).call([2, 2]); // [1, 2, 1, 2]
 * ```
 * @param value the number, an array or a Tensor that broadcasts to the shape of the weight, or `{ value }`. Default: 0.
 * @throws ValueError when it is none of these, or, on use, when it does not broadcast to the shape
 */
export class Constant extends Initializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.Constant', positional: ['value'], options: constantOptions };

  constructor(value?: number | TensorLike | ConstantOptions) {
    super(isPlain(value) && !('data' in value) ? value : { value });
  }

  call(shape: readonly number[]): Tensor {
    const all = new Float32Array(checkShape(this.className, shape));
    const { value } = this;
    if (typeof value === 'number') return new Tensor(all.fill(value), shape);
    const missing = shape.length - value.rank;
    if (missing < 0 || value.shape.some((dim, i) => dim !== 1 && dim !== shape[missing + i])) {
      const advice = 'Give one number, or as many as the weight has.';
      throw mismatch('Constant', `a value that broadcasts to [${shape.join(', ')}]`, `one of shape [${value.shape.join(', ')}]`, advice);
    }
    return eager([value], ([numbers]) => [broadcastTo(numbers, shape)])[0];
  }
}

const identityOptions = {
  /** The number on the diagonal. Default: 1. */
  gain: [number, 1],
} as const satisfies Options;

/** Options of Identity. */
export interface IdentityOptions extends OptionsOf<typeof identityOptions> {}

export interface Identity extends ValuesOf<typeof identityOptions> {}

/**
 * The identity matrix.
 *
 * ```ts
 * new initializers.Identity({ gain: 2 }).call([2, 3]); // [2, 0, 0, 0, 2, 0]
 * ```
 * Unlike Keras's, its config keeps the gain.
 * @throws ValueError when the gain is not a number, or, on use, when the shape has not two axes
 */
export class Identity extends Initializer {
  static override readonly spec: Spec = {
    keras: 'keras.initializers.Identity',
    options: identityOptions,
    config: { omitIfDefault: ['gain'] },
  };

  constructor(options?: IdentityOptions) {
    super(options);
  }

  call(shape: readonly number[]): Tensor {
    const values = new Float32Array(checkShape(this.className, shape));
    if (shape.length !== 2) {
      throw mismatch('Identity', 'a shape of two axes', `[${shape.join(', ')}]`, 'Use another initializer for this weight.');
    }
    for (let i = 0; i < Math.min(shape[0], shape[1]); i++) values[i * shape[1] + i] = this.gain;
    return new Tensor(values, shape);
  }
}
