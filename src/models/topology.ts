// The graph of layer calls of a functional model.
import { mismatch } from '../common/errors.ts';
import type { Layer, LayerCall } from '../layers/base/layer.ts';
import type { SymbolicTensor } from '../layers/base/symbolic.ts';

export interface Topology {
  /** Every call, inputs before their readers. */
  readonly calls: readonly LayerCall[];
  /** Calls by depth, largest first. */
  readonly levels: readonly (readonly LayerCall[])[];
}

/** Follows the outputs back to the inputs. */
export function topology(owner: string, inputs: readonly SymbolicTensor[], outputs: readonly SymbolicTensor[]): Topology {
  const calls: LayerCall[] = [];
  const met: LayerCall[] = [];
  const done = new Set<LayerCall>();
  const starts = new Set(inputs.map((input) => input.call as LayerCall | undefined));
  const visit = (call: LayerCall): void => {
    if (done.has(call)) return;
    done.add(call);
    met.push(call);
    if (!starts.has(call)) {
      if (call.inputs.length === 0) {
        throw mismatch(
          owner,
          'outputs that depend on the given inputs alone',
          `one that needs ${call.layer.name} too`,
          'Add it to inputs.',
        );
      }
      for (const input of call.inputs) visit(input.call as LayerCall);
    }
    calls.push(call);
  };
  for (const output of outputs) visit(output.call as LayerCall);
  for (const input of inputs) visit(input.call as LayerCall);

  const layers = [...new Set(met.map(({ layer }) => layer))];
  for (const layer of layers) {
    if (layers.every((other) => other === layer || other.name !== layer.name)) continue;
    throw mismatch(owner, 'layers with different names', `two named '${layer.name}'`, 'Pass another name to one of them.');
  }
  const depth = new Map<LayerCall, number>();
  const layerDepth = new Map<Layer, number>();
  for (const call of [...calls].reverse()) {
    // A layer that is shared lies as deep as the deepest of its calls so far, and so do the others: Keras's rule.
    const depthOfCall = Math.max(depth.get(call) ?? 0, layerDepth.get(call.layer) ?? 0);
    depth.set(call, depthOfCall);
    layerDepth.set(call.layer, depthOfCall);
    if (!starts.has(call))
      for (const { call: before } of call.inputs)
        depth.set(before as LayerCall, Math.max(depth.get(before as LayerCall) ?? 0, depthOfCall + 1));
  }
  const levels: LayerCall[][] = [];
  for (const call of met) {
    const d = depth.get(call) as number;
    levels[d] ??= [];
    levels[d].push(call);
  }
  return { calls, levels: levels.filter(Boolean).reverse() };
}
