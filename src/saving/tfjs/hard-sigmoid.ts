// hard_sigmoid is clip(x / 6 + 1 / 2, 0, 1) in Keras 3 and here, and clip(x / 5 + 1 / 2, 0, 1) in Keras 2 and TensorFlow.js
// (tfjs-layers/src/backend/tfjs_backend.ts). What goes into it is linear in the weights: 6 / 5 of them give the same outputs.
import { hardSigmoid } from '../../activations/index.ts';
import type { Value } from '../../graph/value.ts';
import type { Variable } from '../../graph/variable.ts';
import type { Layer } from '../../layers/base/layer.ts';
import { Conv1D } from '../../layers/convolution/conv1d.ts';
import { Dense } from '../../layers/core/dense.ts';
import { GRU } from '../../layers/recurrent/gru.ts';
import { LSTM } from '../../layers/recurrent/lstm.ts';
import { SimpleRNN } from '../../layers/recurrent/simple-rnn.ts';
import { affine } from '../../primitives/unary.ts';

const NAME = 'hard_sigmoid';
const STEEPER = 6 / 5;

/** TensorFlow.js's function, for layers without weights. */
export function hardSigmoid2(x: Value): Value {
  return hardSigmoid(affine(x, STEEPER, 0));
}

/** Which of the parts of a layer's kernel lead into hard_sigmoid, if any; 'never' where weights cannot make up for it. */
function steepParts(layer: Layer): readonly boolean[] | 'never' | undefined {
  if (layer instanceof Dense || layer instanceof Conv1D) return layer.activation === hardSigmoid ? [true] : undefined;
  const gates = layer instanceof LSTM || layer instanceof GRU ? layer.recurrentActivation === NAME : false;
  if (layer instanceof LSTM) {
    // The activation is applied to the cell's state as well.
    if (layer.activation === NAME) return 'never';
    return gates ? [true, true, false, true] : undefined;
  }
  const isOutput = (layer instanceof GRU || layer instanceof SimpleRNN) && layer.activation === NAME;
  if (!gates && !isOutput) return undefined;
  return layer instanceof GRU ? [gates, gates, isOutput] : [isOutput];
}

/** Whether no weights make the layer's hard_sigmoid that of TensorFlow.js. */
export const hasFixedHardSigmoid = (layer: Layer): boolean => steepParts(layer) === 'never';

/** The numbers of a weight in TensorFlow.js's model as they are here; with `back` the other way. All but hard_sigmoid's stay. */
export function steepened(layer: Layer, weight: Variable, values: Float32Array, back = false): Float32Array {
  const parts = steepParts(layer);
  if (!parts || parts === 'never') return values;
  const columns = weight.shape.at(-1) ?? 1;
  const width = columns / parts.length;
  return values.map((value, i) => (parts[Math.floor((i % columns) / width)] ? (back ? value / STEEPER : value * STEEPER) : value));
}
