// The text models in TensorFlow.js.
import { ADAM } from '../models/specs.mjs';

/**
 * Keras adds epsilon before the correction of the average square, TensorFlow.js behind it. In the first step, whose results are
 * compared, this one is Keras's.
 */
export const tfjsAdam = (tf) => tf.train.adam(ADAM.rate, ADAM.beta1, ADAM.beta2, ADAM.epsilon / Math.sqrt(1 - ADAM.beta2));

/** A compiled model of specs.mjs with the given weights, on the backend in use. */
export function tfjsModel({ tf, layers: tfl }, { vocabulary, dim, length, core, hidden, units, sigmoid }, weights) {
  const cores = {
    flatten: () => tfl.layers.flatten(),
    mean: () => tfl.layers.globalAveragePooling1d({}),
    lstm: () => tfl.layers.lstm({ units, recurrentActivation: 'sigmoid', recurrentInitializer: 'zeros' }),
  };
  const model = tfl.sequential({
    layers: [
      tfl.layers.embedding({ inputDim: vocabulary, outputDim: dim, inputLength: length }),
      cores[core](),
      ...(hidden ? [tfl.layers.dense({ units: hidden, activation: 'relu' })] : []),
      tfl.layers.dense({ units: 1, ...(sigmoid && { activation: 'sigmoid' }) }),
    ],
  });
  const optimizer = tfjsAdam(tf);
  const loss = sigmoid ? 'binaryCrossentropy' : (y, logits) => tf.losses.sigmoidCrossEntropy(y, logits);
  model.compile({ optimizer, loss, metrics: sigmoid ? ['acc'] : [] });
  const setWeights = () => {
    const tensors = model.getWeights().map(({ shape }, i) => tf.tensor(weights[i], shape));
    model.setWeights(tensors);
    tf.dispose(tensors);
  };
  setWeights();
  return {
    model,
    setWeights,
    release() {
      model.dispose();
      optimizer.dispose();
    },
  };
}

export const tfjsData = ({ tf }, { length }, { x, y }) => ({
  x: tf.tensor2d(x, [x.length / length, length], 'int32'),
  y: tf.tensor2d(y, [y.length, 1]),
});

export const tfjsWeights = (model) => model.getWeights().map((weight) => weight.dataSync().slice());
