// What a call of a layer is given, told apart.
import type { LayerCall } from './symbolic.ts';

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
