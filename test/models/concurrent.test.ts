// Runs of one model that take turns: each has the numbers that it has alone.
import { beforeEach, describe, expect, it } from 'vitest';
import { callbacks, clearSession, Dataset, layers, losses, optimizers, Sequential, tensor } from '../../src/index.ts';

beforeEach(clearSession);

function line(): Sequential {
  const model = new Sequential([layers.Input({ shape: [1] }), new layers.Dense(1, { kernelInitializer: 'ones' })]);
  model.compile({ optimizer: new optimizers.SGD(0), loss: 'mse', metrics: ['mae', 'mse'], weightedMetrics: ['mape'] });
  return model;
}

const near = { x: [[1], [2], [3]], y: [[1], [1], [2]] };
const far = { x: [[5], [2], [9], [4]], y: [[1], [1], [1], [1]] };
type Data = typeof near;
const quiet = { verbose: 0, batchSize: 1 } as const;

/** Batches that each wait a turn of the event loop, so that runs meet. */
const slow = ({ x, y }: Data) =>
  Dataset.from(async function* () {
    for (let i = 0; i < x.length; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      yield [tensor(x[i]), tensor(y[i])];
    }
  }).batch(1);

type Run = (model: Sequential, data: Data) => Promise<unknown>;
const runs: Record<string, Run> = {
  'evaluate of arrays': (model, { x, y }) => model.evaluate(x, y, quiet),
  'evaluate of a dataset': (model, data) => model.evaluate(slow(data), { verbose: 0 }),
  'fit of arrays': async (model, { x, y }) => (await model.fit(x, y, { ...quiet, epochs: 2 })).history,
  'fit of a dataset': async (model, data) => (await model.fit(slow(data), { verbose: 0, epochs: 2, validationData: slow(data) })).history,
};

describe('two runs at once', () => {
  for (const [first, one] of Object.entries(runs)) {
    for (const [second, other] of Object.entries(runs)) {
      if (first.startsWith('fit') && second.startsWith('fit')) continue;
      it(`${first} and ${second}`, async () => {
        const alone = [await one(line(), near), await other(line(), far)];
        const model = line();
        expect(await Promise.all([one(model, near), other(model, far)])).toEqual(alone);
      });
    }
  }

  it('evaluate, trainOnBatch and testOnBatch in the callbacks of fit', async () => {
    const alone = (await line().fit(near.x, near.y, { ...quiet, epochs: 2 })).history;
    const model = line();
    const between = new callbacks.LambdaCallback({
      onTrainBatchBegin: () => void model.testOnBatch(far.x, far.y),
      onTrainBatchEnd: async () => {
        expect(await model.evaluate(far.x, far.y, quiet)).toEqual(await line().evaluate(far.x, far.y, quiet));
        model.trainOnBatch(far.x, far.y);
      },
    });
    expect((await model.fit(near.x, near.y, { ...quiet, epochs: 2, callbacks: [between] })).history).toEqual(alone);
  });

  it('refuses compile while one is under way, and goes on', async () => {
    const model = line();
    const fit = model.fit(near.x, near.y, quiet);
    expect(() => model.compile({ loss: 'mae' })).toThrow('sequential.compile: expected no fit or evaluate under way');
    expect((await fit).history).toEqual((await line().fit(near.x, near.y, quiet)).history);
    model.compile({ loss: 'mae' });
    await expect(model.evaluate(near.x, [[1]], quiet)).rejects.toThrow();
    model.compile({ loss: 'mse' });
  });
});

describe('an optimizer', () => {
  it('serves one model', async () => {
    const shared = new optimizers.Adam();
    const [first, second] = [line(), line()];
    for (const model of [first, second]) model.compile({ optimizer: shared, loss: 'mse' });
    await first.fit(near.x, near.y, quiet);
    const before = second.getWeights().map(({ data }) => [...data]);
    await expect(second.fit(near.x, near.y, quiet)).rejects.toThrow("adam: expected the weights that it was first used with, got 'kernel");
    expect(second.getWeights().map(({ data }) => [...data])).toEqual(before);
    first.compile({ optimizer: shared, loss: 'mae' });
    await first.fit(near.x, near.y, quiet);
  });
});

describe('targets that are no numbers', () => {
  class Lenient extends losses.MeanSquaredError {}
  for (const wrong of [NaN, Infinity, -Infinity]) {
    for (const loss of ['mse', 'binary_crossentropy', 'huber', new losses.CosineSimilarity()] as const) {
      it(`${wrong} with ${typeof loss === 'string' ? loss : loss.name}`, async () => {
        const model = line();
        model.compile({ optimizer: 'sgd', loss });
        const before = model.getWeights().map(({ data }) => [...data]);
        const said = `expected finite targets dense, got ${wrong} in row 1`;
        await expect(model.fit(near.x, [[1], [wrong], [1]], quiet)).rejects.toThrow(said);
        await expect(model.fit(slow({ x: near.x, y: [[wrong], [1], [1]] }), { verbose: 0 })).rejects.toThrow('got');
        expect(() => model.trainOnBatch(near.x, [[1], [wrong], [1]])).toThrow(said);
        expect(model.getWeights().map(({ data }) => [...data])).toEqual(before);
        expect((await model.evaluate(near.x, [[1], [wrong], [1]], quiet))[0]).not.toBe(0);
      });
    }
  }

  it('reach losses of the user', async () => {
    const model = line();
    model.compile({ optimizer: 'sgd', loss: new Lenient() });
    expect((await model.fit(near.x, [[1], [NaN], [1]], quiet)).history.loss[0]).toBeNaN();
  });
});
