// Datasets in training: how many batches an epoch takes, and what its elements may be.
import { describe, expect, it } from 'vitest';
import { Dataset, Input, layers, Model, ops, Sequential, type SymbolicTensor, type Tensor, tensor } from '../../src/index.ts';
import { printed, warned } from '../callbacks/printed.ts';

const x = Array.from({ length: 20 }, (_, i) => [i / 10, 1]);
const y = x.map(([value]) => 2 * value + 1);
const rows = Dataset.fromTensorSlices([tensor(x), y]);

const compiled = () => {
  const model = new Sequential([new layers.Dense(1, { inputShape: [2], kernelInitializer: 'zeros', name: 'dense' })], { name: 'm' });
  model.compile({ optimizer: 'sgd', loss: 'mse' });
  return model;
};

const losses = async (dataset: Dataset<unknown>, options: object) =>
  (await compiled().fit(dataset, { verbose: 0, ...options })).history.loss;

describe('stepsPerEpoch', () => {
  it('as long as the dataset takes all of it in each epoch', async () => {
    expect(await losses(rows.batch(4), { stepsPerEpoch: 5, epochs: 3 })).toEqual(await losses(rows.batch(4), { epochs: 3 }));
  });

  it('shorter than the dataset goes on where the last epoch ended, and says when that is short', async () => {
    const seen: number[] = [];
    const count = rows.batch(4).map((batch, i) => {
      seen.push(i);
      return batch;
    });
    const warnings = await warned(() => losses(count, { stepsPerEpoch: 3, epochs: 4 }));
    expect(seen).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
    expect(warnings).toEqual(['m.fit: the dataset ran out after 2 of 3 batches; the epoch ends there. Add repeat() to go on.']);
  });

  it('takes arrays as it takes datasets', async () => {
    const options = { stepsPerEpoch: 3, epochs: 5, verbose: 0 as const };
    const { history } = await compiled().fit(x, y, { batchSize: 4, shuffle: false, ...options });
    let ofDataset: number[] = [];
    await warned(async () => {
      ofDataset = await losses(rows.batch(4), options);
    });
    expect(history.loss).toEqual(ofDataset);
    expect(new Set(history.loss).size).toBe(5);
  });

  it('has to be said for a dataset without end', async () => {
    const endless = rows.repeat().batch(4);
    expect(await losses(endless, { stepsPerEpoch: 2, epochs: 2 })).toHaveLength(2);
    await expect(losses(endless, {})).rejects.toThrow('m.fit: expected stepsPerEpoch beside an endless dataset, got none.');
    await expect(compiled().evaluate(endless, { verbose: 0 })).rejects.toThrow('m.evaluate: expected a number of steps beside an endless');
    await expect(compiled().fit(x, y, { validationData: endless, verbose: 0 })).rejects.toThrow('a number of steps beside an endless');
    await expect(compiled().predictDataset(endless)).rejects.toThrow('m.predictDataset: expected steps beside an endless dataset');
  });
});

describe('elements', () => {
  const [a, b] = [Input({ shape: [1], name: 'a' }), Input({ shape: [1], name: 'b' })];
  const sum = layers.add([a, b]);
  const outputs = { p: new layers.Dense(1).apply(sum), q: new layers.Dense(1).apply(a) };

  it('may be objects by the names of inputs and outputs', async () => {
    const model = new Model({ inputs: { a, b }, outputs });
    model.compile({ loss: 'mse' });
    const columns = Dataset.fromTensorSlices([
      { a: [1, 2, 3], b: [4, 5, 6] },
      { p: [1, 2, 3], q: [0, 0, 0] },
    ]);
    expect(await columns.toArray()).toEqual([
      [
        { a: 1, b: 4 },
        { p: 1, q: 0 },
      ],
      [
        { a: 2, b: 5 },
        { p: 2, q: 0 },
      ],
      [
        { a: 3, b: 6 },
        { p: 3, q: 0 },
      ],
    ]);
    const batches = columns.batch(2);
    expect(Object.keys((await model.fit(batches, { verbose: 0 })).history)).toEqual(['loss', 'p_loss', 'q_loss']);
    const predicted = (await model.predictDataset(batches)) as unknown as Record<'p' | 'q', Tensor>;
    expect(predicted.p).toEqual((model.predict({ a: [1, 2, 3], b: [4, 5, 6] }) as unknown as typeof predicted).p);
  });

  it('may be an object beside a list', async () => {
    const pairs = Dataset.fromTensorSlices([{ a: [1, 2] }, [7, 8]]);
    expect(await pairs.toArray()).toEqual([
      [{ a: 1 }, 7],
      [{ a: 2 }, 8],
    ]);
  });
});

describe('predictDataset', () => {
  it.each<['float32' | 'int32' | 'bool', (x: SymbolicTensor) => SymbolicTensor]>([
    ['float32', (x) => ops.multiply(x, 0.5)],
    ['int32', (x) => ops.cast(x, 'int32')],
    ['bool', (x) => ops.greater(x, 2)],
  ])('gives %s outputs as predict does', async (dtype, draw) => {
    const input = Input({ shape: [1] });
    const model = new Model({ inputs: input, outputs: draw(input) });
    const data = tensor([[1], [2], [3]]);
    const predicted = await model.predictDataset(Dataset.fromTensorSlices(data).batch(2));
    expect(predicted.dtype).toBe(dtype);
    expect(predicted).toEqual(model.predict(data));
  });
});

describe('as in tf.data', () => {
  it('zip takes an array too, and -1 repeats without end', async () => {
    const [left, right] = [Dataset.range(2), Dataset.range(5, 7)];
    expect(await Dataset.zip([left, right]).toArray()).toEqual(await Dataset.zip(left, right).toArray());
    expect(Dataset.range(3).repeat(-1).cardinality()).toBe(Infinity);
    expect(() => Dataset.range(3).repeat(-2)).toThrow('Dataset.repeat: expected count to be an integer of at least 0, got -2.');
  });
});

describe('the line of an epoch', () => {
  it('tells how many batches there were, though nobody knew before', async () => {
    const unknown = rows.batch(4).filter(() => true);
    const text = await printed(() => compiled().fit(unknown, { epochs: 2, verbose: 2 }));
    expect(text.replace(/0s - \S+/g, 'time').replace(/loss: \S+/g, 'loss')).toBe(
      'Epoch 1/2\n5/5 - time - loss\nEpoch 2/2\n5/5 - time - loss\n',
    );
    expect(await printed(() => compiled().evaluate(unknown))).toMatch(/^5\/5 ━{20} 0s .*loss: \d/);
  });
});
