// Types of a call: what `call` gets and what `apply` takes besides the inputs.
import type { Value } from '../../graph/value.ts';
import type { Variable } from '../../graph/variable.ts';
import type { Tensor, TensorLike } from '../../tensor/index.ts';
import type { OptionValues } from './call-arguments.ts';
import type { SymbolicTensor } from './symbolic.ts';

/** The options of `call`; `callOptions` and `callTensors` of the layer's spec stand beside these. */
export interface CallOptions {
  /** Whether the model is being trained. */
  readonly training: boolean;
  /** 1 for the steps of the first input that are real, 0 for padding; undefined when nothing is masked. */
  readonly mask: Value | undefined;
  /** The masks of all inputs. */
  readonly masks: readonly (Value | undefined)[];
  /** States that a recurrent layer starts from. */
  readonly initialState: readonly Value[] | undefined;
}

/** Data for one input. */
export type LayerData = TensorLike | readonly unknown[];

/** A tensor of any kind: symbolic in a functional model, a value or a weight inside a call, data everywhere. */
export type LayerInput = SymbolicTensor | Value | Variable | LayerData;

/** A layer's output for inputs of type T: a symbolic tensor when one of them is symbolic, a value inside a call, else a tensor. */
export type LayerOutput<T> = [Extract<T, SymbolicTensor>] extends [never]
  ? [Extract<T, Value | Variable>] extends [never]
    ? Tensor
    : Value
  : SymbolicTensor;

/** The options of `apply`. */
export interface ApplyOptions {
  /** Whether dropout and the like are on; in a functional model undefined leaves it to the model. */
  training?: boolean | null;
  /** A mask [batch, steps] for the input, instead of the one it carries; for a list of inputs a list, with null for none. */
  mask?: LayerInput | readonly (LayerInput | null)[] | null;
  /** States that a recurrent layer starts from. */
  initialState?: LayerInput | readonly LayerInput[] | null;
}

/** How a layer is called within a trace. */
export interface Invocation {
  readonly listed?: boolean;
  readonly initialState?: readonly Value[] | undefined;
  /** Masks in place of those that the inputs carry. */
  readonly masks?: readonly (Value | undefined)[] | undefined;
  readonly tensors?: Readonly<Record<string, Value>>;
  readonly options?: OptionValues;
}
