// Inputs without features are inputs: a Dense layer gives its bias, as in Keras.
import { expect, it } from 'vitest';
import { layers, Sequential } from '../../../src/index.ts';

it.each<[string, number[], unknown, unknown]>([
  ['rows', [0], [[], []], [[1], [1]]],
  ['steps', [2, 0], [[[], []]], [[[1], [1]]]],
])('Dense on %s of no numbers', async (_what, inputShape, x, y) => {
  const model = new Sequential([new layers.Dense(1, { inputShape, biasInitializer: 'ones' })]);
  expect(model.predict(x as never).array()).toEqual(y);
  model.compile({ optimizer: 'sgd', loss: 'mse' });
  await model.fit(x as never, y as never, { verbose: 0 });
  expect(model.predict(x as never).array()).toEqual(y);
});
