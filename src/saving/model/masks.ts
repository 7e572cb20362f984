// Masks that ride on values here and are tensors of the graph in Keras's files.
import { specOf } from '../../common/spec.ts';
import type { Layer, LayerCall, LayerSpec } from '../../layers/base/layer.ts';
import { isSymbolic, type SymbolicTensor } from '../../layers/base/symbolic.ts';
import { any, notEqual } from '../../ops/index.ts';
import { isOperation } from './write-layer.ts';

/** The ops that make a layer's mask: made once, so that a model is written alike each time. */
const made = /* @__PURE__ */ new WeakMap<SymbolicTensor, SymbolicTensor>();

/** The implicit mask of each call, as the tensor that Keras would make for it; not explicit masks. */
export function impliedMasks(calls: readonly LayerCall[]): ReadonlyMap<LayerCall, SymbolicTensor> {
  const implied = new Map<LayerCall, SymbolicTensor>();
  const masks = new Map<SymbolicTensor, SymbolicTensor>();
  for (const call of calls) {
    const { layer, outputs } = call;
    const { inputs, listed, initialState, masks: callMasks } = call.arguments;
    const [input] = inputs;
    if (inputs.length !== 1 || isOperation(layer) || !isSymbolic(input)) continue;
    const carried = masks.get(input);
    const takesCarried = carried && !callMasks && !listed && !initialState && specOf<LayerSpec>(layer.constructor).takesMask;
    if (takesCarried) implied.set(call, carried);
    const mask = callMasks ? callMasks[0] : carried;
    const after = maskMadeBy(layer, input, outputs[0]) ?? (isSymbolic(mask) && layer.maskRules.passes ? mask : undefined);
    if (after) masks.set(outputs[0], after);
  }
  return implied;
}

function maskMadeBy(layer: Layer, input: SymbolicTensor, output: SymbolicTensor): SymbolicTensor | undefined {
  const known = made.get(output);
  if (known) return known;
  const { padding } = layer.maskRules;
  if (padding === undefined) return undefined;
  const differs = notEqual(input, padding.value);
  const mask = padding.of === 'steps' ? any(differs, { axis: -1 }) : differs;
  made.set(output, mask);
  return mask;
}
