// The text models as a program that uses the package has them.
import { layers, losses, optimizers, Sequential, setRandomSeed, tensor } from '../../build/modules/index.js';

/** A compiled model of specs.mjs, always with the same weights. */
export function keratinModel({ vocabulary, dim, length, core, hidden, units, lazy, sigmoid }) {
  setRandomSeed(42);
  const cores = {
    flatten: () => new layers.Flatten(),
    mean: () => new layers.GlobalAveragePooling1D(),
    lstm: () => new layers.LSTM(units),
  };
  const model = new Sequential([
    new layers.Embedding(vocabulary, dim, { inputLength: length }),
    cores[core](),
    ...(hidden ? [new layers.Dense(hidden, { activation: 'relu' })] : []),
    new layers.Dense(1, sigmoid ? { activation: 'sigmoid' } : {}),
  ]);
  model.compile({
    optimizer: lazy ? new optimizers.LazyAdam() : new optimizers.Adam(),
    loss: sigmoid ? 'binary_crossentropy' : new losses.BinaryCrossentropy({ fromLogits: true }),
    metrics: sigmoid ? ['acc'] : [],
  });
  return model;
}

/** Ids [n, length] and labels [n, 1] as tensors. */
export const keratinData = ({ length }, { x, y }) => ({
  x: tensor(x, [x.length / length, length]),
  y: tensor(y, [y.length, 1]),
});

/** The weights as plain arrays, in Keras's order. */
export const weightsOf = (model) => model.getWeights().map(({ data }) => Float32Array.from(data));
