// Ids that are part of an input, or computed: a bad one is found before anything changes.
import { beforeEach, describe, expect, it } from 'vitest';
import { clearSession, Input, layers, Model, ops, type SymbolicTensor } from '../../src/index.ts';

beforeEach(clearSession);

const kinds: Record<string, (x: SymbolicTensor) => SymbolicTensor> = {
  'a slice': (x) => ops.getItem(x, ':, :1'),
  'a sum': (x) => ops.add(x, 1),
  'the largest': (x) => ops.expandDims(ops.max(x, -1), -1),
};

describe.each(Object.entries(kinds))('%s', (_, ids) => {
  it('with a bad id leaves the model as it was', async () => {
    const x = Input({ shape: [2], dtype: 'int32' });
    const table = new layers.Embedding(4, 2);
    const hidden = new layers.BatchNormalization().apply(new layers.Flatten().apply(table.apply(ids(x))));
    const model = new Model(x, new layers.Dense(1).apply(hidden));
    model.compile({ optimizer: 'adam', loss: 'mse', metrics: ['mae'] });
    await model.fit([[0, 1]], [[1]], { verbose: 0 });
    const state = () => [
      model.getWeights().map(({ data }) => [...data]),
      model.optimizer?.iterations,
      model.optimizer?.variables.map((slot) => [...slot.view()]),
    ];
    const before = state();
    const bad = [
      [0, 1],
      [7, 7],
    ];
    await expect(model.fit(bad, [[1], [2]], { verbose: 0 })).rejects.toThrow(/expected whole ids in \[0, 4\), got [78]/);
    expect(() => model.trainOnBatch(bad, [[1], [2]])).toThrow('expected whole ids');
    expect(() => model.predict(bad)).toThrow('expected whole ids');
    expect(state()).toEqual(before);
    await model.fit([[0, 1]], [[1]], { verbose: 0 });
    expect(state()).not.toEqual(before);
  });
});
