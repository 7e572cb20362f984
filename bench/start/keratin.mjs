// A program that makes one prediction, for start.mjs to time from outside. The package is imported as its users have it.
import { Dense, Embedding, Flatten, Sequential, tensor } from 'keratin';
import { ids, weights } from './weights.mjs';

const model = new Sequential([new Embedding(50, 8, { inputLength: 4 }), new Flatten(), new Dense(1, { activation: 'sigmoid' })]);
const shapes = [[50, 8], [32, 1], [1]];
model.setWeights(weights([400, 32, 1]).map((values, i) => tensor(values, shapes[i])));
console.log(model.predict([ids]).at(0, 0));
