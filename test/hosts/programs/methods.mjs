// Saves a model and reads its weights by its methods, which bring the code for files when they are called.
import { Dense, Sequential, tensor } from 'keratin';

const model = new Sequential([new Dense(2, { inputShape: [3] })]);
const x = tensor([[1, 2, 3]]);
const before = String(model.predict(x));

let weights = new Uint8Array();
const saved = {
  toKeras: () => model.toKeras(),
  toWeightsH5: async () => {
    weights = await model.toWeightsH5();
    return weights;
  },
  loadWeights: () => model.loadWeights(weights),
  save: () => model.save('model.keras'),
  saveWeights: () => model.saveWeights('model.weights.h5'),
};
for (const [name, save] of Object.entries(saved)) {
  try {
    const bytes = await save();
    console.log(
      `${name}: ${bytes instanceof Uint8Array ? `${bytes.length} bytes, ${String.fromCharCode(bytes[0], bytes[1], bytes[2])}` : 'done'}`,
    );
  } catch (error) {
    console.log(`${name}: ${error.name}: ${error.message}`);
  }
}
console.log(String(model.predict(x)) === before ? 'as before' : 'predicts something else');
