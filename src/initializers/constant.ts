// Initializers without chance.
import { ValueError } from '../common/errors.ts';
import { number, ordered, type Spec } from '../common/fields.ts';
import { checkShape } from '../tensor/tensor.ts';
import { Initializer } from './initializer.ts';

/**
 * All zeros.
 *
 * ```ts
 * new initializers.Zeros().initialize([2, 2]); // [0, 0, 0, 0]
 * ```
 */
export class Zeros extends Initializer {
  constructor(options?: Record<string, never>) {
    super(options);
  }

  override get spec(): Spec {
    return ordered('Zeros', {});
  }

  initialize(shape: readonly number[]): Float32Array {
    return new Float32Array(checkShape(this.className, shape));
  }
}

/**
 * All ones.
 *
 * ```ts
 * new initializers.Ones().initialize([3]); // [1, 1, 1]
 * ```
 */
export class Ones extends Initializer {
  constructor(options?: Record<string, never>) {
    super(options);
  }

  override get spec(): Spec {
    return ordered('Ones', {});
  }

  initialize(shape: readonly number[]): Float32Array {
    return new Float32Array(checkShape(this.className, shape)).fill(1);
  }
}

/** Options of Constant. */
export interface ConstantOptions {
  /** The number. Default: 0. */
  value?: number;
}

/**
 * One number everywhere.
 *
 * ```ts
 * new initializers.Constant(0.5).initialize([2]); // [0.5, 0.5]
 * ```
 * @param value the number, or `{ value }`. Default: 0.
 * @throws ValueError when it is not a number
 */
export class Constant extends Initializer {
  declare readonly value: number;

  constructor(value?: number | ConstantOptions) {
    super(value);
  }

  override get spec(): Spec {
    return ordered('Constant', { value: [number, 0] });
  }

  initialize(shape: readonly number[]): Float32Array {
    return new Float32Array(checkShape(this.className, shape)).fill(this.value);
  }
}

/** Options of Identity. */
export interface IdentityOptions {
  /** The number on the diagonal. Default: 1. */
  gain?: number;
}

/**
 * The identity matrix.
 *
 * ```ts
 * new initializers.Identity({ gain: 2 }).initialize([2, 3]); // [2, 0, 0, 0, 2, 0]
 * ```
 * Unlike Keras's, its config keeps the gain.
 * @throws ValueError when the gain is not a number, or, on use, when the shape has not two axes
 */
export class Identity extends Initializer {
  declare readonly gain: number;

  constructor(options?: IdentityOptions) {
    super(options);
  }

  override get spec(): Spec {
    return { className: 'Identity', positional: [], fields: { gain: [number, 1] } };
  }

  initialize(shape: readonly number[]): Float32Array {
    const values = new Float32Array(checkShape(this.className, shape));
    if (shape.length !== 2) {
      throw new ValueError(`Identity: expected a shape of two axes, got [${shape.join(', ')}]. Use another initializer for this weight.`);
    }
    for (let i = 0; i < Math.min(shape[0], shape[1]); i++) values[i * shape[1] + i] = this.gain;
    return values;
  }
}
