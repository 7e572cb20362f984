// What a call of a layer takes.
import type { Value } from '../../graph/value.ts';
import type { TensorLike } from '../../tensor/index.ts';
import type { SymbolicTensor } from './symbolic.ts';

/** What a call is told besides its inputs. */
export interface CallOptions {
  /** Whether the model is being trained. */
  readonly training: boolean;
  /** 1 for the steps of the first input that are real, 0 for padding; undefined when nothing is masked. */
  readonly mask: Value | undefined;
  /** The masks of all inputs. */
  readonly masks: readonly (Value | undefined)[];
  /** States that a recurrent layer starts from. */
  readonly initialState: readonly Value[] | undefined;
  /** What else the call was told: the layer's `callOptions`. */
  readonly settings: Settings;
}

/** Options of a call that one kind of layer has, defaults filled in. */
export type Settings = Readonly<Record<string, unknown>>;

/** What `apply` takes besides the inputs. */
export interface ApplyOptions<T> {
  /** Whether dropout and the like are on; in a functional model undefined leaves it to the model. */
  training?: boolean;
  /** A mask [batch, steps] for the first input, instead of the one it carries; for a list of inputs a list, with null for none. */
  mask?: T | readonly (T | null)[];
  /** States that a recurrent layer starts from. */
  initialState?: T | readonly T[];
}

/** How a layer is called within a trace. */
export interface Invocation {
  readonly listed?: boolean;
  readonly initialState?: readonly Value[] | undefined;
  /** Masks that take the place of those the inputs carry. */
  readonly masks?: readonly (Value | undefined)[];
  readonly settings?: Settings;
}

/** Data for one input. */
export type LayerData = TensorLike | readonly unknown[];

/** Symbols are known by what they can do, so that a stack of layers need not carry them. */
export const isSymbol = (value: unknown): value is SymbolicTensor =>
  typeof value === 'object' && value !== null && typeof (value as SymbolicTensor).apply === 'function';
