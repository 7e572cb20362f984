// Opens a model that Keras saved, compares what it predicts with what Keras predicted, and saves and opens it again.
import { loadModel, toKeras } from 'keratin';
import { file, predictions, x } from './model.mjs';

const model = await loadModel(Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0)));
const { data } = model.predict(x);
const again = (await loadModel(toKeras(model))).predict(x).data;
const differences = predictions.map((value, i) => Math.abs(value - data[i]));
console.log(`the copy predicts ${again.every((value, i) => value === data[i]) ? 'the same' : 'something else'}`);
console.log(`${data.length} predictions, off by at most ${Math.max(...differences).toExponential(1)}`);
