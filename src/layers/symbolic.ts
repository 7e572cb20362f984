// Tensors without numbers: what a functional model is drawn with.
import type { Layer, Shape } from './layer.ts';

/** One use of a layer in a functional model. */
export interface LayerCall {
  readonly layer: Layer;
  /** What went in: inputs, then initial states, then the mask. */
  readonly inputs: readonly SymbolicTensor[];
  /** Whether the layer is called with an array, even of one. */
  readonly listed: boolean;
  /** How many of them are initial states of a recurrent layer. */
  readonly states: number;
  /** Whether the last of them is a mask. */
  readonly masked: boolean;
  /** What the call was told besides its inputs. */
  readonly training: boolean | undefined;
  readonly outputs: readonly SymbolicTensor[];
  /** Which use of its layer it is, from 0. */
  readonly index: number;
}

/**
 * The place of a tensor in a functional model: its shape (null where it varies) and where it comes from.
 *
 * ```js
 * const x = Input({ shape: [4] });
 * const y = new layers.Dense(2).apply(x);
 * y.shape; // [null, 2]
 * ```
 */
export class SymbolicTensor {
  readonly shape: Shape;
  readonly dtype: 'float32' | 'int32' | 'string';
  readonly name: string;
  /** @internal The call that gives it. */
  call: LayerCall | undefined;
  /** @internal Which of the call's outputs it is. */
  readonly index: number;

  constructor(shape: Shape, dtype: 'float32' | 'int32' | 'string', name: string, index = 0) {
    this.shape = shape;
    this.dtype = dtype;
    this.name = name;
    this.index = index;
  }

  /** Number of axes. */
  get rank(): number {
    return this.shape.length;
  }
}
