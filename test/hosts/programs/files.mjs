// Opens a model that Keras saved and compares what it predicts with what Keras predicted.
import { loadModel } from 'keratin';
import { file, predictions, x } from './model.mjs';

const model = await loadModel(Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0)));
const { data } = model.predict(x);
const differences = predictions.map((value, i) => Math.abs(value - data[i]));
console.log(`${data.length} predictions, off by at most ${Math.max(...differences).toExponential(1)}`);
