// Masks that ride on values here and are tensors of the graph in Keras's files.
import { Layer, type LayerCall } from '../../layers/base/layer.ts';
import { isSymbolic, type SymbolicTensor } from '../../layers/base/symbolic.ts';
import type { Embedding } from '../../layers/core/embedding.ts';
import type { Masking } from '../../layers/core/masking.ts';
import type { RecurrentLayer } from '../../layers/recurrent/recurrent.ts';
import { any, notEqual } from '../../ops/index.ts';
import { differenceOf } from './differences.ts';
import { is, isOperation, isRecurrent } from './write-layer.ts';

/** The ops that make a layer's mask: made once, so that a model is written alike each time. */
const made = /* @__PURE__ */ new WeakMap<SymbolicTensor, SymbolicTensor>();

/** The mask that each call takes from its input, as a tensor that Keras would make for it; not those that calls were given. */
export function impliedMasks(calls: readonly LayerCall[]): ReadonlyMap<LayerCall, SymbolicTensor> {
  const implied = new Map<LayerCall, SymbolicTensor>();
  const masks = new Map<SymbolicTensor, SymbolicTensor>();
  for (const call of calls) {
    const { layer, outputs } = call;
    const { inputs, listed, initialState, masks: callMasks } = call.arguments;
    const [input] = inputs;
    if (inputs.length !== 1 || isOperation(layer) || !isSymbolic(input)) continue;
    const carried = masks.get(input);
    const takesCarried = carried && !callMasks && !listed && !initialState && differenceOf('layer', layer.className).takesMask;
    if (takesCarried) implied.set(call, carried);
    const mask = callMasks ? callMasks[0] : carried;
    const after = maskMadeBy(layer, input, outputs[0]) ?? (isSymbolic(mask) && passesMask(layer) ? mask : undefined);
    if (after) masks.set(outputs[0], after);
  }
  return implied;
}

function maskMadeBy(layer: Layer, input: SymbolicTensor, output: SymbolicTensor): SymbolicTensor | undefined {
  const known = made.get(output);
  if (known) return known;
  const mask =
    is<Embedding>(layer, 'Embedding') && layer.maskZero
      ? notEqual(input, 0)
      : is<Masking>(layer, 'Masking')
        ? any(notEqual(input, layer.maskValue), { axis: -1 })
        : undefined;
  if (mask) made.set(output, mask);
  return mask;
}

/** Whether the mask that comes in goes out again; where that is not known here, Keras finds it by itself. */
function passesMask(layer: Layer): boolean {
  if (layer.className === 'TimeDistributed') return true;
  const steps = layer.className === 'Bidirectional' ? layer.sublayers[0] : layer;
  if (isRecurrent(steps)) return (steps as RecurrentLayer).returnSequences;
  return layer.supportsMasking && layer.computeMask === Layer.prototype.computeMask;
}
