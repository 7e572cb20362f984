// The program of keratin.mjs with TensorFlow.js: `node tfjs.mjs cpu` or `wasm`, with that backend alone.
import tf from '@tensorflow/tfjs-core';
import { ids, weights } from './weights.mjs';

const backend = process.argv[2];
const { default: layers } = await import('@tensorflow/tfjs-layers');
await (backend === 'wasm' ? import('@tensorflow/tfjs-backend-wasm') : import('@tensorflow/tfjs-backend-cpu'));
tf.enableProdMode();
await tf.setBackend(backend);

const model = layers.sequential({
  layers: [
    layers.layers.embedding({ inputDim: 50, outputDim: 8, inputLength: 4 }),
    layers.layers.flatten(),
    layers.layers.dense({ units: 1, activation: 'sigmoid' }),
  ],
});
const shapes = [[50, 8], [32, 1], [1]];
model.setWeights(weights([400, 32, 1]).map((values, i) => tf.tensor(values, shapes[i])));
console.log(model.predict(tf.tensor2d([ids])).dataSync()[0]);
