// The order in which Keras lists the layers of a functional model.
import type { Layer, LayerCall } from '../../layers/base/layer.ts';
import type { SymbolicTensor } from '../../layers/base/symbolic.ts';

/** The calls of a model, by layer and in order. */
export type CallsOf = ReadonlyMap<Layer, readonly LayerCall[]>;

/**
 * The layers by depth (the longest way to an output, largest first), then as met from the outputs; and each layer's calls that
 * the model has. `inputsOf` gives what goes into a call.
 */
export function graphOrder(
  inputs: readonly SymbolicTensor[],
  outputs: readonly SymbolicTensor[],
  inputsOf: (call: LayerCall) => readonly SymbolicTensor[],
): { readonly layers: readonly Layer[]; readonly calls: CallsOf } {
  const starts = new Set(inputs.map(({ call }) => call as LayerCall));
  const before = (call: LayerCall): readonly SymbolicTensor[] => (starts.has(call) ? [] : inputsOf(call));
  const met = new Set<LayerCall>();
  const finished: LayerCall[] = [];
  // Not recursive: a stack of calls, each with how many of its inputs are done.
  for (const output of outputs) {
    const stack: [LayerCall, number][] = [];
    const enter = (call: LayerCall): void => {
      if (met.has(call)) return;
      met.add(call);
      stack.push([call, 0]);
    };
    enter(output.call as LayerCall);
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const next = before(top[0])[top[1]++];
      if (next) enter(next.call as LayerCall);
      else finished.push((stack.pop() as [LayerCall, number])[0]);
    }
  }
  const callDepth = new Map<LayerCall, number>();
  const layerDepth = new Map<Layer, number>();
  for (const call of finished.reverse()) {
    const depth = Math.max(callDepth.get(call) ?? 0, layerDepth.get(call.layer) ?? 0);
    layerDepth.set(call.layer, depth);
    for (const { call: source } of before(call))
      callDepth.set(source as LayerCall, Math.max(depth + 1, callDepth.get(source as LayerCall) ?? 0));
  }
  const unused = [...starts].filter((call) => !met.has(call));
  const rank = new Map<Layer, number>(unused.map(({ layer }) => [layer, -1]));
  for (const call of met) if (!rank.has(call.layer)) rank.set(call.layer, rank.size);
  const depthOf = (layer: Layer): number => layerDepth.get(layer) ?? 0;
  const layers = [...rank.keys()].sort((a, b) => depthOf(b) - depthOf(a) || (rank.get(a) as number) - (rank.get(b) as number));
  const calls = new Map<Layer, LayerCall[]>(layers.map((layer) => [layer, []]));
  for (const call of [...met, ...unused]) calls.get(call.layer)?.push(call);
  for (const list of calls.values()) list.sort((a, b) => a.index - b.index);
  return { layers, calls };
}
