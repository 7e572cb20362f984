// The tensors and options of one call of a layer.

/** Options of a call that are no tensors, by name. */
export type OptionValues = Readonly<Record<string, unknown>>;

/** The tensors of a call: values in a trace, symbolic tensors and constants in a functional model, tensors elsewhere. */
export interface CallArguments<T> {
  readonly inputs: readonly T[];
  /** Whether the inputs are a list, of one too. */
  readonly listed: boolean;
  /** States that a recurrent layer starts from. */
  readonly initialState: readonly T[] | undefined;
  /** Masks in place of those that the inputs carry, one for each input; undefined when the call brings none. */
  readonly masks: readonly (T | undefined)[] | undefined;
  /** Other tensors by name: the layer's `callTensors`. */
  readonly tensors: Readonly<Record<string, T>>;
}

/** The same arguments with each tensor replaced. */
export function mapArguments<T, U>(
  { inputs, listed, initialState, masks, tensors }: CallArguments<T>,
  map: (tensor: T) => U,
): CallArguments<U> {
  return {
    inputs: inputs.map(map),
    listed,
    initialState: initialState?.map(map),
    masks: masks?.map((mask) => (mask === undefined ? undefined : map(mask))),
    tensors: Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, map(tensor)])),
  };
}

/** All tensors of a call: inputs, initial states, masks, others. */
export const tensorsOf = <T>({ inputs, initialState = [], masks = [], tensors }: CallArguments<T>): readonly T[] => [
  ...inputs,
  ...initialState,
  ...masks.filter((mask) => mask !== undefined),
  ...Object.values(tensors),
];
