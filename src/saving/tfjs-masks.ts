// Where a mask means something else in TensorFlow.js 4.22: layers lose it there that pass it on here, or do not look at it.
import { Bidirectional } from '../layers/bidirectional.ts';
import { Embedding } from '../layers/embedding.ts';
import { GlobalAveragePooling1D } from '../layers/global-pooling.ts';
import type { Layer } from '../layers/layer.ts';
import { Masking } from '../layers/masking.ts';
import { RecurrentLayer } from '../layers/recurrent.ts';
import { Softmax } from '../layers/softmax.ts';
import type { SymbolicTensor } from '../layers/symbolic.ts';
import type { BaseModel } from '../models/base-model.ts';
import { Model } from '../models/model.ts';
import { Sequential } from '../models/sequential.ts';

/** A mask that both have, or one that TensorFlow.js lost. */
type State = 'same' | 'lost' | undefined;

/** Layers that pass a mask on in TensorFlow.js (supportsMasking in tfjs-layers/src/layers). */
const passing =
  /^(InputLayer|Dense|Activation|Dropout|SpatialDropout1D|Masking|GaussianNoise|GaussianDropout|AlphaDropout|BatchNormalization|LayerNormalization|TimeDistributed|Add|Average|Maximum|Minimum|Multiply|Concatenate|ReLU|Softmax|Identity)$/;

/** What is wrong with the first layer whose mask differs, undefined when none does. */
export function differingMask(model: BaseModel): string | undefined {
  return modelMasks(model).problem;
}

interface Outcome {
  readonly state: State;
  readonly problem?: string;
}

function modelMasks(model: Layer): Outcome {
  if (model instanceof Sequential) {
    let state: State;
    for (const layer of model.layers) {
      const after = layerMask(layer, state);
      if (after.problem) return after;
      state = after.state;
    }
    return { state };
  }
  if (!(model instanceof Model)) return { state: undefined };
  const states = new Map<SymbolicTensor, State>();
  for (const { layer, inputs, outputs } of model.topology.calls) {
    const before = inputs.map((input) => states.get(input));
    const state = before.includes('lost') ? 'lost' : before.includes('same') ? 'same' : undefined;
    const after = layerMask(layer, state);
    if (after.problem) return after;
    states.set(outputs[0], after.state);
  }
  return { state: model.outputs.map((output) => states.get(output)).find(Boolean) };
}

/** What becomes of a mask that comes into a layer. */
function layerMask(layer: Layer, before: State): Outcome {
  if (layer instanceof Embedding) return { state: layer.maskZero ? 'same' : undefined };
  if (layer instanceof Masking) return { state: 'same' };
  if (layer instanceof Model || layer instanceof Sequential) {
    const inside = modelMasks(layer);
    if (inside.problem || before === undefined) return { ...inside, state: inside.state && 'lost' };
    return problem(layer, 'is a model, and no mask comes into models in TensorFlow.js.');
  }
  if (before === undefined || !layer.supportsMasking) return { state: undefined };
  const recurrent = layer instanceof RecurrentLayer ? layer : layer instanceof Bidirectional ? layer.layer : undefined;
  if (layer instanceof GlobalAveragePooling1D)
    return problem(layer, 'takes the mean of the steps of its mask, and of all steps in TensorFlow.js.');
  if ((recurrent || layer instanceof Softmax) && before === 'lost')
    return problem(layer, 'gets a mask that layers before it lose in TensorFlow.js.');
  if (recurrent) {
    const zeros = recurrent.returnSequences && (layer instanceof Bidirectional || recurrent.zeroOutputForMask);
    if (zeros) return problem(layer, 'gives zeros for masked steps, and the output before in TensorFlow.js.');
    return { state: recurrent.returnSequences ? before : undefined };
  }
  return { state: passing.test(layer.className) ? before : 'lost' };
}

const problem = (layer: Layer, what: string): Outcome => ({ state: undefined, problem: `'${layer.name}' ${what}` });
