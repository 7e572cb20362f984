// Tensors without numbers: what a functional model is drawn with.
import type { Layer, Settings, Shape } from './layer.ts';

/** One use of a layer in a functional model. */
export interface LayerCall {
  readonly layer: Layer;
  /** What went in: inputs, then initial states, then masks. */
  readonly inputs: readonly SymbolicTensor[];
  /** Whether the layer is called with an array, even of one. */
  readonly listed: boolean;
  /** How many of them are initial states of a recurrent layer. */
  readonly states: number;
  /** For each input whether it was given a mask of its own; may be shorter than the inputs. */
  readonly masked: readonly boolean[];
  readonly training: boolean | undefined;
  /** What else the call was told: the layer's `callFields`. */
  readonly settings: Settings;
  readonly outputs: readonly SymbolicTensor[];
  /** Which use of its layer it is, from 0. */
  readonly index: number;
}

/** `values`, one for each of the call's `inputs`, told apart. */
export function argumentsOf<T>({ states, masked }: Pick<LayerCall, 'states' | 'masked'>, values: readonly T[]) {
  const count = values.length - states - masked.filter(Boolean).length;
  let next = count + states;
  return {
    inputs: values.slice(0, count),
    initialState: states > 0 ? values.slice(count, next) : undefined,
    masks: masked.map((given) => (given ? values[next++] : undefined)),
  };
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
  readonly dtype: 'float32' | 'int32';
  readonly name: string;
  /** @internal The call that gives it. */
  call: LayerCall | undefined;
  /** @internal Which of the call's outputs it is. */
  readonly index: number;

  constructor(shape: Shape, dtype: 'float32' | 'int32', name: string, index = 0) {
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
