// Epochs of fewer steps than there are batches, and who is told of the batches of evaluate and predict.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { callbacks, Dataset, layers, optimizers, Sequential, tensor } from '../../src/index.ts';

afterEach(() => vi.restoreAllMocks());

/** A model whose loss on a sample is the sample: one weight of 1 that never moves, targets 0. */
function echo() {
  const model = new Sequential([new layers.Dense(1, { inputShape: [1], useBias: false, kernelInitializer: 'ones' })]);
  model.compile({ optimizer: new optimizers.SGD(0), loss: 'mae' });
  return model;
}

const x = [[1], [2], [3], [4], [5], [6], [7], [8]];
const y = x.map(() => 0);
const losses = async (options: object): Promise<number[]> => {
  const { history } = await echo().fit(x, y, { batchSize: 2, shuffle: false, verbose: 0, ...options });
  return history.loss;
};

describe('stepsPerEpoch', () => {
  it('lets an epoch go on where the last one ended', async () => {
    expect(await losses({ stepsPerEpoch: 1, epochs: 5 })).toEqual([1.5, 3.5, 5.5, 7.5, 1.5]);
    expect(await losses({ stepsPerEpoch: 2, epochs: 3 })).toEqual([2.5, 6.5, 2.5]);
  });

  it('ends an epoch with the data, as Keras does', async () => {
    expect(await losses({ stepsPerEpoch: 3, epochs: 3 })).toEqual([3.5, 7.5, 3.5]);
    expect(await losses({ stepsPerEpoch: 9, epochs: 2 })).toEqual([4.5, 4.5]);
  });

  it('shuffles once for all epochs that share the data', async () => {
    const first = await losses({ stepsPerEpoch: 2, epochs: 2, shuffle: true });
    expect(first[0] + first[1]).toBe(9);
  });

  it('begins each validation anew', async () => {
    const { history } = await echo().fit(x, y, {
      epochs: 2,
      verbose: 0,
      validationData: [x, y],
      validationSteps: 1,
      validationBatchSize: 2,
    });
    expect(history.val_loss).toEqual([1.5, 1.5]);
  });

  it('does the same with a dataset, also when the epochs share it out exactly', async () => {
    const dataset = Dataset.from(x.map((row): [number[], number] => [row, 0])).batch(2);
    const run = async (stepsPerEpoch: number, epochs: number) =>
      (await echo().fit(dataset, { stepsPerEpoch, epochs, verbose: 0 })).history.loss;
    expect(await run(1, 5)).toEqual([1.5, 3.5, 5.5, 7.5, 1.5]);
    expect(await run(2, 5)).toEqual([2.5, 6.5, 2.5, 6.5, 2.5]);
    expect(await run(3, 3)).toEqual([3.5, 7.5, 3.5]);
    expect(await run(4, 2)).toEqual([4.5, 4.5]);
  });

  it('says when a dataset has no batches at all', async () => {
    const dataset = Dataset.from<[number[], number]>([]).batch(2);
    await expect(echo().fit(dataset, { stepsPerEpoch: 2, verbose: 0 })).rejects.toThrow('expected batches from the dataset, got none');
  });
});

describe('history', () => {
  it('is kept by the model too', async () => {
    const model = echo();
    expect(model.history).toBeUndefined();
    const history = await model.fit(x, y, { epochs: 2, verbose: 0 });
    expect(model.history).toBe(history);
  });
});

describe('callbacks of evaluate', () => {
  it('hear of each batch', async () => {
    const heard: unknown[] = [];
    class Listener extends callbacks.Callback {
      override onTestBegin() {
        heard.push(['begin', this.params?.steps]);
      }
      override onTestBatchEnd(batch: number, logs: callbacks.Logs = {}) {
        heard.push([batch, logs.loss]);
      }
      override onTestEnd(logs: callbacks.Logs = {}) {
        heard.push(['end', logs.loss]);
      }
    }
    const model = echo();
    const [loss] = await model.evaluate(x, y, { batchSize: 4, verbose: 0, callbacks: [new Listener()] });
    expect(loss).toBe(4.5);
    expect(heard).toEqual([
      ['begin', 2],
      [0, 2.5],
      [1, 4.5],
      ['end', 4.5],
    ]);
  });
});

describe('options of predict', () => {
  it('steps: so many batches', () => {
    const model = echo();
    expect(model.predict(x, { batchSize: 3, steps: 2 }).data).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    expect(model.predict(x, { batchSize: 3, steps: 9 }).shape).toEqual([8, 1]);
    expect(model.predict(x, { batchSize: Infinity, steps: 1 }).shape).toEqual([8, 1]);
    expect(model.predict(tensor(new Float32Array(0), [0, 1]), { verbose: 0 }).shape).toEqual([0, 1]);
  });

  it('verbose: silent unless asked', () => {
    const model = echo();
    let printed = '';
    // A page prints by console.log, Node by the stream.
    vi.spyOn(console, 'log').mockImplementation((line) => {
      printed += `${line}\n`;
    });
    const { process } = globalThis as { process?: { stdout?: { write(text: string): boolean } } };
    if (process?.stdout) {
      vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
        printed += text;
        return true;
      });
    }
    model.predict(x, { batchSize: 3 });
    model.predict(x, { batchSize: 3, verbose: 0 });
    const silent = printed;
    model.predict(x, { batchSize: 3, verbose: 2 });
    vi.restoreAllMocks();
    expect(silent).toBe('');
    expect(printed).toMatch(/^3\/3 - 0s - \d+[mu]?s\/step\n$/);
  });
});
