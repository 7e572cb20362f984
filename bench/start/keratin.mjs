// A program that makes one prediction, for start.mjs to time from outside. The package is imported as its users have it.
import { layers, Sequential, tensor } from 'keratin';
import { ids, weights } from './weights.mjs';

const model = new Sequential([
  new layers.Embedding(50, 8, { inputLength: 4 }),
  new layers.Flatten(),
  new layers.Dense(1, { activation: 'sigmoid' }),
]);
const shapes = [[50, 8], [32, 1], [1]];
model.setWeights(weights([400, 32, 1]).map((values, i) => tensor(values, shapes[i])));
console.log(model.predict([ids]).at(0, 0));
