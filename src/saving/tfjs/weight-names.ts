// The names that TensorFlow.js gives to the weights of a model: the layer's, then the weight's (tfjs-layers/src/engine/topology.ts).
import type { Variable } from '../../graph/variable.ts';
import type { Layer } from '../../layers/base/layer.ts';
import { Bidirectional } from '../../layers/recurrent/bidirectional.ts';
import { TimeDistributed } from '../../layers/recurrent/time-distributed.ts';
import { BaseModel } from '../../models/base-model.ts';

/** Weights that have the start of their names in common. */
export interface NamedWeights {
  readonly prefix: string;
  readonly layer: Layer;
  readonly weights: readonly Variable[];
}

/** Each layer with weights, once. */
export function namedWeights(model: Layer): NamedWeights[] {
  const found: NamedWeights[] = [];
  visit(model, '', found, new Set());
  return found;
}

function visit(layer: Layer, prefix: string, found: NamedWeights[], seen: Set<Layer>): void {
  if (seen.has(layer)) return;
  seen.add(layer);
  if (layer instanceof BaseModel) {
    // Models within models leave no trace in the names.
    for (const one of layer.layers) visit(one, one.name, found, seen);
  } else if (layer instanceof TimeDistributed) visit(layer.layer, layer.layer instanceof BaseModel ? '' : prefix, found, seen);
  else if (layer instanceof Bidirectional) {
    // TensorFlow.js makes both names of one.
    const inner = layer.sublayers[0].name.replace(/^forward_/, '');
    for (const [i, one] of layer.sublayers.entries()) visit(one, `${prefix}/${i === 0 ? 'forward' : 'backward'}_${inner}`, found, seen);
  } else if (layer.weights.length > 0) found.push({ prefix, layer, weights: layer.weights });
}

/** Keras's order where nothing but the order says which weight it is: all that is trained, then the rest. */
export function inKerasOrder({ weights, layer }: NamedWeights): readonly Variable[] {
  const trained = new Set(layer.trainableWeights);
  return layer.trainable
    ? [...weights.filter((weight) => trained.has(weight)), ...weights.filter((weight) => !trained.has(weight))]
    : weights;
}
