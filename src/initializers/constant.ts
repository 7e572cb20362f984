// Initializers without chance.
import { ValueError } from '../errors.ts';
import { checkNumber, checkOptions } from '../options.ts';
import { elements, Initializer } from './initializer.ts';

/**
 * All zeros.
 *
 * ```ts
 * new initializers.Zeros().initialize([2, 2]); // [0, 0, 0, 0]
 * ```
 */
export class Zeros extends Initializer {
  constructor(options?: Record<string, never>) {
    super();
    checkOptions('Zeros', options, []);
  }

  override get className(): string {
    return 'Zeros';
  }

  initialize(shape: readonly number[]): Float32Array {
    return new Float32Array(elements('Zeros', shape));
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
    super();
    checkOptions('Ones', options, []);
  }

  override get className(): string {
    return 'Ones';
  }

  initialize(shape: readonly number[]): Float32Array {
    return new Float32Array(elements('Ones', shape)).fill(1);
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
  readonly value: number;

  constructor(value?: number | ConstantOptions) {
    super();
    const options = typeof value === 'object' ? value : { value };
    checkOptions('Constant', options, ['value']);
    this.value = checkNumber('Constant', 'value', options.value ?? 0);
  }

  override get className(): string {
    return 'Constant';
  }

  initialize(shape: readonly number[]): Float32Array {
    return new Float32Array(elements('Constant', shape)).fill(this.value);
  }

  override getConfig(): { value: number } {
    return { value: this.value };
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
  readonly gain: number;

  constructor(options: IdentityOptions = {}) {
    super();
    checkOptions('Identity', options, ['gain']);
    this.gain = checkNumber('Identity', 'gain', options.gain ?? 1);
  }

  override get className(): string {
    return 'Identity';
  }

  initialize(shape: readonly number[]): Float32Array {
    const values = new Float32Array(elements('Identity', shape));
    if (shape.length !== 2) {
      throw new ValueError(`Identity: expected a shape of two axes, got [${shape.join(', ')}]. Use another initializer for this weight.`);
    }
    for (let i = 0; i < Math.min(shape[0], shape[1]); i++) values[i * shape[1] + i] = this.gain;
    return values;
  }

  override getConfig(): { gain: number } {
    return { gain: this.gain };
  }
}
