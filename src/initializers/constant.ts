// Initializers without chance.
import { mismatch } from '../common/errors.ts';
import { number } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
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

const constantOptions = {
  /** The number. Default: 0. */
  value: [number, 0],
} as const satisfies Options;

/** Options of Constant. */
export interface ConstantOptions extends OptionsOf<typeof constantOptions> {}

export interface Constant extends ValuesOf<typeof constantOptions> {}

/**
 * One number everywhere.
 *
 * ```ts
 * new initializers.Constant(0.5).call([2]); // [0.5, 0.5]
 * ```
 * @param value the number, or `{ value }`. Default: 0.
 * @throws ValueError when it is not a number
 */
export class Constant extends Initializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.Constant', positional: ['value'], options: constantOptions };

  constructor(value?: number | ConstantOptions) {
    super(value);
  }

  call(shape: readonly number[]): Tensor {
    return new Tensor(new Float32Array(checkShape(this.className, shape)).fill(this.value), shape);
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
