// What a call of a layer takes besides its inputs.
import type { Value } from '../../graph/value.ts';
import type { TensorLike } from '../../tensor/index.ts';

/** What `call` gets besides the inputs; the layer's own options of a call (`callFields` and `callTensors`) stand beside these. */
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

/** Options of a call that are no tensors, by name. */
export type OptionValues = Readonly<Record<string, unknown>>;

/** What `apply` takes besides the inputs. A constant may stand wherever T may. */
export interface ApplyOptions<T> {
  /** Whether dropout and the like are on; in a functional model undefined leaves it to the model. */
  training?: boolean | null;
  /** A mask [batch, steps] for the input, instead of the one it carries; for a list of inputs a list, with null for none. */
  mask?: T | LayerData | readonly (T | LayerData | null)[] | null;
  /** States that a recurrent layer starts from. */
  initialState?: T | LayerData | readonly (T | LayerData)[] | null;
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

/** Data for one input. */
export type LayerData = TensorLike | readonly unknown[];
