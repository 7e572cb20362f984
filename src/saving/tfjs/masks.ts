// Finds masks that mean something else in TensorFlow.js 4.22. There each layer that gets no mask of its own is given the last one that
// any layer before it got (tfjs-layers/src/engine/executor.ts), and some layers do not look at theirs.

import { Softmax } from '../../layers/activation/softmax.ts';
import type { Layer, LayerCall } from '../../layers/base/layer.ts';
import type { SymbolicTensor } from '../../layers/base/symbolic.ts';
import { Embedding } from '../../layers/core/embedding.ts';
import { Masking } from '../../layers/core/masking.ts';
import { Concatenate } from '../../layers/merging/concatenate.ts';
import { Dot } from '../../layers/merging/dot.ts';
import { GlobalAveragePooling1D } from '../../layers/pooling/global-pooling.ts';
import { Bidirectional } from '../../layers/recurrent/bidirectional.ts';
import { RecurrentLayer } from '../../layers/recurrent/recurrent.ts';
import { TimeDistributed } from '../../layers/recurrent/time-distributed.ts';
import type { BaseModel } from '../../models/base-model.ts';
import { Model } from '../../models/model.ts';
import { Sequential } from '../../models/sequential.ts';

/** A tensor's mask here, and the one in TensorFlow.js; 'unclear' where the order of layers decides. */
interface Masks {
  readonly here: Layer | undefined;
  readonly there: Layer | 'unclear' | undefined;
}

const none: Masks = { here: undefined, there: undefined };

/** Describes the first layer whose mask differs; undefined when none does. */
export function differingMask(model: BaseModel): string | undefined {
  const chain = chainOf(model);
  return chain ? ofChain(chain) : ofGraph(model as Model);
}

/** The layers of a model that run one after the other, those of models inside too; undefined for another graph. */
function chainOf(model: Layer): Layer[] | undefined {
  if (!(model instanceof Model || model instanceof Sequential)) return [model];
  const { layers } = model;
  if (model instanceof Model && !isChain(model)) return undefined;
  const chains = layers.map(chainOf);
  return chains.every((chain) => chain !== undefined) ? (chains as Layer[][]).flat() : undefined;
}

function isChain({ inputs, outputs, layers, topology: { calls } }: Model): boolean {
  const isNext = ({ inputs: tensors }: LayerCall, i: number): boolean =>
    i === 0 || (tensors.length === 1 && tensors[0] === calls[i - 1].outputs[0]);
  const oneEach = new Set(calls.map(({ layer }) => layer)).size === calls.length && layers.length <= calls.length + 1;
  return inputs.length === 1 && outputs.length === 1 && oneEach && calls.every(isNext);
}

function ofChain(layers: readonly Layer[]): string | undefined {
  let masks = none;
  for (const layer of layers) {
    const problem = problemOf(layer, masks);
    if (problem) return problem;
    const here = maskAfter(layer, masks.here);
    masks = { here, there: here ?? masks.there };
  }
  return undefined;
}

function ofGraph({ topology: { calls } }: Model): string | undefined {
  const masks = new Map<SymbolicTensor, Masks>();
  const isAny = calls.some(({ layer }) => makesMask(layer));
  const start: Masks = isAny ? { here: undefined, there: 'unclear' } : none;
  for (const { layer, inputs, outputs } of calls) {
    const before = inputs.map((input) => masks.get(input) ?? start);
    const first = before.find(({ here }) => here) ?? before[0] ?? start;
    const isMerged = before.length > 1 && !(layer instanceof RecurrentLayer || layer instanceof Bidirectional);
    const problem = (isMerged && first.here ? problemOfMerge(layer, inputs[0].shape.length) : undefined) ?? problemOf(layer, first);
    if (problem) return problem;
    const here = isMerged ? undefined : maskAfter(layer, first.here);
    // Layers that do not say that they pass a mask on leave it to the order.
    masks.set(outputs[0], here && passing.test(layer.className) ? { here, there: here } : { here, there: start.there });
  }
  return undefined;
}

/** Layers that pass their mask on there (supportsMasking in tfjs-layers/src/layers). */
const passing =
  /^(Embedding|Masking|InputLayer|Dense|Activation|Identity|Dropout|SpatialDropout1D|GaussianNoise|GaussianDropout|AlphaDropout|BatchNormalization|LayerNormalization|TimeDistributed|ReLU|LSTM|GRU|SimpleRNN|Bidirectional)$/;

function makesMask(layer: Layer): boolean {
  if (layer instanceof Model || layer instanceof Sequential) return layer.layers.some(makesMask);
  return layer instanceof Masking || (layer instanceof Embedding && layer.maskZero);
}

const recurrentIn = (layer: Layer): RecurrentLayer | undefined =>
  layer instanceof RecurrentLayer ? layer : layer instanceof Bidirectional ? layer.layer : undefined;

/** The layer whose mask comes out. */
function maskAfter(layer: Layer, before: Layer | undefined): Layer | undefined {
  if (layer instanceof Embedding) return layer.maskZero ? layer : undefined;
  if (layer instanceof Masking) return layer;
  const recurrent = recurrentIn(layer);
  if (recurrent) return recurrent.returnSequences ? before : undefined;
  return layer.supportsMasking && !(layer instanceof GlobalAveragePooling1D) ? before : undefined;
}

function problemOf(layer: Layer, { here, there }: Masks): string | undefined {
  const says = (what: string): string => `'${layer.name}' ${what}`;
  if (layer instanceof Model || layer instanceof Sequential) {
    return here || there || makesMask(layer) ? says('is a model beside masks, which get lost there.') : undefined;
  }
  if (layer instanceof GlobalAveragePooling1D) {
    return here && says('takes the mean of the steps of its mask, and of all steps in TensorFlow.js.');
  }
  if (layer instanceof TimeDistributed) return problemOf(layer.layer, { here, there });
  const recurrent = recurrentIn(layer);
  if (!recurrent && !(layer instanceof Softmax)) return undefined;
  if (layer instanceof Softmax && (here || there)) return says('comes after a mask, which TensorFlow.js adds to its inputs.');
  if (here !== there) return says(here ? 'may get no mask in TensorFlow.js.' : 'gets a mask of layers before it in TensorFlow.js.');
  const zeros = recurrent?.returnSequences && (layer instanceof Bidirectional || recurrent.zeroOutputForMask);
  return here && zeros ? says('gives zeros for masked steps, and the output before in TensorFlow.js.') : undefined;
}

/** Merging layers fail there on masks, but for one. */
function problemOfMerge(layer: Layer, rank: number): string | undefined {
  if (layer instanceof Dot || (layer instanceof Concatenate && (layer.axis === -1 || layer.axis === rank - 1))) return undefined;
  return `'${layer.name}' merges tensors that have masks, which TensorFlow.js fails at.`;
}
