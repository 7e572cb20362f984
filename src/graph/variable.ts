// Numbers that outlive a step: weights, optimizer slots, metric states.
import { allocateFor, float32At } from '../kernels/memory.ts';
import { sizeOf } from './shape.ts';
import type { Value } from './value.ts';

/** Adds a penalty on a weight or an output to the loss. */
export interface Regularizer {
  /** The penalty, a scalar. */
  call(value: Value): Value;
}

/** Changes a weight after each update. */
export interface Constraint {
  /** The weight brought back into bounds. */
  call(weight: Value): Value;
}

export interface VariableOptions {
  readonly trainable?: boolean;
  readonly regularizer?: Regularizer | undefined;
  readonly constraint?: Constraint | undefined;
  /** Whether it has no contents, only a name and a shape. */
  readonly isPlaceholder?: boolean;
}

/** A float32 tensor in wasm memory. Its memory is given back when the variable is collected. */
export class Variable {
  /** Keras's name for it, such as `kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype = 'float32' as const;
  readonly address: number;
  readonly size: number;
  trainable: boolean;
  readonly regularizer: Regularizer | undefined;
  readonly constraint: Constraint | undefined;

  constructor(name: string, shape: readonly number[], values?: ArrayLike<number>, options: VariableOptions = {}) {
    this.name = name;
    this.shape = [...shape];
    this.size = sizeOf(shape);
    this.trainable = options.trainable ?? true;
    this.regularizer = options.regularizer;
    this.constraint = options.constraint;
    this.address = options.isPlaceholder ? 0 : allocateFor(this, this.size * 4);
    if (options.isPlaceholder) return;
    if (values) this.view().set(values);
    else this.view().fill(0);
  }

  /** The contents, valid until memory grows: read or write them at once. */
  view(): Float32Array<ArrayBuffer> {
    return this.address === 0 ? new Float32Array(this.size) : float32At(this.address, this.size);
  }
}
