import { describe, expect, it } from 'vitest';
import { callbacks, layers, optimizers, Sequential, setRandomSeed, Tensor, tensor } from '../../src/index.ts';
import { randoms } from '../kernels/harness.ts';

const x = Array.from({ length: 50 }, (_, i) => [...randoms(4, i + 1)]);
const y = x.map((row) => [row[0] * 2 - row[1] + 0.5]);

function regression() {
  setRandomSeed(7);
  const model = new Sequential([new layers.Dense(8, { activation: 'relu', inputShape: [4] }), new layers.Dense(1)]);
  model.compile({ optimizer: new optimizers.Adam({ learningRate: 0.01 }), loss: 'mse', metrics: ['mae'] });
  return model;
}

describe('fit', () => {
  it('learns and records every epoch, loss first', async () => {
    const model = regression();
    const history = await model.fit(x, y, { epochs: 60, batchSize: 16, verbose: 0 });
    expect(Object.keys(history.history)).toEqual(['loss', 'mae']);
    expect(history.epoch).toEqual(Array.from({ length: 60 }, (_, i) => i));
    expect(history.history.loss.at(-1)).toBeLessThan(history.history.loss[0] / 20);
    expect(history.params).toEqual({ verbose: 0, epochs: 60, steps: 4 });
  });

  it('gives the same run for nested arrays, typed arrays, tensors and either shape of targets', async () => {
    const forms = [
      [x, y],
      [tensor(x), tensor(y)],
      [tensor(Float32Array.from(x.flat()), [50, 4]), Float32Array.from(y.flat())],
      [tensor(Float32Array.from(x.flat()), [50, 4]), y.map(([v]) => v)],
    ] as const;
    const runs = [];
    for (const [a, b] of forms) runs.push((await regression().fit(a, b, { epochs: 3, verbose: 0 })).history.loss);
    for (const run of runs) expect(run).toEqual(runs[0]);
  });

  it('weighs the last partial batch by its size', async () => {
    const model = regression();
    model.compile({ optimizer: new optimizers.SGD({ learningRate: 0 }), loss: 'mse', metrics: ['mae'] });
    const [whole] = await model.evaluate(x, y, { verbose: 0, batchSize: 50 });
    const history = await model.fit(x, y, { epochs: 1, batchSize: 16, verbose: 0 });
    expect(history.history.loss[0]).toBeCloseTo(whole, 6);
    expect((await model.evaluate(x, y, { verbose: 0, batchSize: 7 }))[0]).toBeCloseTo(whole, 6);
  });

  it('validates on the last rows, taken before shuffling', async () => {
    const model = regression();
    const history = await model.fit(x, y, { epochs: 2, validationSplit: 0.2, verbose: 0 });
    expect(Object.keys(history.history)).toEqual(['loss', 'mae', 'val_loss', 'val_mae']);
    const [loss, mae] = await model.evaluate(x.slice(40), y.slice(40), { verbose: 0 });
    expect(history.history.val_loss[1]).toBe(loss);
    expect(history.history.val_mae[1]).toBe(mae);
  });

  it('takes validationData with weights, and validationFreq', async () => {
    const model = regression();
    const weights = x.map((_, i) => i % 3);
    const history = await model.fit(x, y, { epochs: 4, validationData: [x, y, weights], validationFreq: 2, verbose: 0 });
    expect(history.history.loss.length).toBe(4);
    expect(history.history.val_loss.length).toBe(2);
    const [loss] = await model.evaluate(x, y, { sampleWeight: weights, verbose: 0 });
    expect(history.history.val_loss[1]).toBe(loss);
    const listed = await model.fit(x, y, { epochs: 4, validationData: [x, y], validationFreq: [1, 4], verbose: 0 });
    expect(listed.history.val_loss.length).toBe(2);
  });

  it('counts a sample with weight 2 as that sample twice', async () => {
    const model = regression();
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    const [weighted] = await model.evaluate(x.slice(0, 2), y.slice(0, 2), { sampleWeight: [2, 1], verbose: 0 });
    const [doubled] = await model.evaluate([x[0], x[0], x[1]], [y[0], y[0], y[1]], { verbose: 0 });
    expect(weighted).toBeCloseTo((doubled * 3) / 2, 5);
  });

  it('turns classWeight into weights of the samples', async () => {
    const labels = x.map((_, i) => i % 2);
    const [byClass, bySample] = [regression(), regression()];
    for (const model of [byClass, bySample]) model.compile({ optimizer: 'sgd', loss: 'mse' });
    const a = await byClass.fit(x, labels, { epochs: 3, classWeight: { 1: 3 }, verbose: 0 });
    const b = await bySample.fit(x, labels, { epochs: 3, sampleWeight: labels.map((label) => (label ? 3 : 1)), verbose: 0 });
    expect(a.history.loss).toEqual(b.history.loss);
  });

  it('shuffles by the seed, not at all, or inside batches', async () => {
    const losses: number[][] = [];
    for (const shuffle of [true, true, false, 'batch'] as const) {
      losses.push((await regression().fit(x, y, { epochs: 3, batchSize: 8, shuffle, verbose: 0 })).history.loss);
    }
    expect(losses[0]).toEqual(losses[1]);
    expect(losses[2]).not.toEqual(losses[0]);
    expect(losses[3]).not.toEqual(losses[0]);
    expect(losses[3][0]).toBeCloseTo(losses[2][0], 5);
  });

  it('goes on from initialEpoch as if it had never stopped', async () => {
    const [whole, parts] = [regression(), regression()];
    await whole.fit(x, y, { epochs: 6, verbose: 0 });
    await parts.fit(x, y, { epochs: 2, verbose: 0 });
    const rest = await parts.fit(x, y, { epochs: 6, initialEpoch: 2, verbose: 0 });
    expect(rest.epoch).toEqual([2, 3, 4, 5]);
    expect(parts.getWeights().map(String)).toEqual(whole.getWeights().map(String));
  });

  it('calls callbacks in Keras order and lets them stop training and add to the logs', async () => {
    const calls: string[] = [];
    class Recorder extends callbacks.Callback {
      override onTrainBegin() {
        calls.push('train begin');
      }
      override onEpochBegin(epoch: number) {
        calls.push(`epoch ${epoch} begin`);
      }
      override onTrainBatchEnd(batch: number, logs: callbacks.Logs) {
        calls.push(`batch ${batch} ${Object.keys(logs)}`);
      }
      override onTestBegin() {
        calls.push('test begin');
      }
      override async onEpochEnd(epoch: number, logs: callbacks.Logs) {
        await Promise.resolve();
        calls.push(`epoch ${epoch} end`);
        logs.extra = epoch * 10;
        if (epoch === 1 && this.model) this.model.stopTraining = true;
      }
      override onTrainEnd() {
        calls.push('train end');
      }
    }
    const history = await regression().fit(x, y, {
      epochs: 5,
      batchSize: 25,
      validationSplit: 0.5,
      callbacks: [new Recorder()],
      verbose: 0,
    });
    const epoch = (n: number) => [`epoch ${n} begin`, 'batch 0 loss,mae', 'test begin', `epoch ${n} end`];
    expect(calls).toEqual(['train begin', ...epoch(0), ...epoch(1), 'train end']);
    expect(history.history.extra).toEqual([0, 10]);
  });

  it('stops at the signal and can be trained again', async () => {
    const model = regression();
    const controller = new AbortController();
    class Stop extends callbacks.Callback {
      override onEpochEnd(epoch: number) {
        if (epoch === 2) controller.abort(new Error('enough'));
      }
    }
    await expect(model.fit(x, y, { epochs: 50, callbacks: [new Stop()], signal: controller.signal, verbose: 0 })).rejects.toThrow('enough');
    await expect(model.fit(x, y, { signal: controller.signal, verbose: 0 })).rejects.toThrow('enough');
    expect((await model.fit(x, y, { epochs: 1, verbose: 0 })).epoch).toEqual([0]);
  });

  it('lets the event loop turn while it trains', async () => {
    const model = regression();
    let last = performance.now();
    let turns = 0;
    const timer = setInterval(() => {
      turns++;
      last = performance.now();
    }, 1);
    const started = performance.now();
    let done = false;
    const training = model.fit(x, y, { epochs: 4000, batchSize: 4, verbose: 0 }).then(() => {
      done = true;
    });
    while (!done && performance.now() - started < 200) await new Promise((resolve) => setTimeout(resolve, 5));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
    expect(last).toBeGreaterThan(started);
    await training;
  });

  it('refuses a second fit while one runs', async () => {
    const model = regression();
    const first = model.fit(x, y, { epochs: 2, verbose: 0 });
    await expect(model.fit(x, y, { verbose: 0 })).rejects.toThrow('sequential');
    await first;
  });

  it('predicts, trains and tests on a batch without await', () => {
    const model = regression();
    const [before] = model.testOnBatch(x, y);
    const [loss, mae] = model.trainOnBatch(x, y);
    expect(loss).toBe(before);
    expect(mae).toBeGreaterThan(0);
    expect(model.testOnBatch(x, y, { returnDict: true }).loss).toBeLessThan(before);
    const out = model.predict(x);
    expect(out).toBeInstanceOf(Tensor);
    expect(out.shape).toEqual([50, 1]);
    expect([...model.predict(x, { batchSize: 7 }).data]).toEqual([...out.data]);
    expect(model.predict(tensor(new Float32Array(0), [0, 4])).shape).toEqual([0, 1]);
  });
});

describe('moving averages of the weights', () => {
  it('take the place of the weights when training ends', async () => {
    const model = regression();
    const optimizer = new optimizers.SGD(0.1, { useEma: true, emaMomentum: 0.5 });
    model.compile({ optimizer, loss: 'mse' });
    const seen: Float32Array[] = [];
    const record = new callbacks.LambdaCallback({
      onTrainBatchEnd: () => {
        seen.push(model.getWeights()[2].data as Float32Array);
      },
    });
    await model.fit(x, y, { batchSize: 25, epochs: 1, verbose: 0, shuffle: false, callbacks: [record] });
    // After the first step the average is the weight, after the second half of each.
    const expected = seen[0].map((first, i) => Math.fround(Math.fround(first * 0.5) + Math.fround(seen[1][i] * 0.5)));
    expect(seen).toHaveLength(2);
    expect(model.getWeights()[2].data).toEqual(expected);
  });
});

describe('debugNaN', () => {
  const poisoned = () => {
    const model = regression();
    const weights = model.getWeights();
    (weights[2].data as Float32Array)[3] = Number.NaN;
    model.setWeights(weights);
    return model;
  };

  it('names the layer that made the first NaN, and changes no weight', async () => {
    const model = poisoned();
    const before = model.getWeights().map((t) => t.data);
    await expect(model.fit(x, y, { epochs: 1, verbose: 0, debugNaN: true })).rejects.toThrow(
      /NaN first appears in the output of .*\(dense/,
    );
    expect(model.getWeights().map((t) => t.data)).toEqual(before);
  });

  it('is off again for the next run', async () => {
    const model = poisoned();
    await expect(model.fit(x, y, { epochs: 1, verbose: 0, debugNaN: true })).rejects.toThrow('NaN first appears');
    const { history } = await model.fit(x, y, { epochs: 1, verbose: 0 });
    expect(history.loss).toEqual([Number.NaN]);
  });

  it('lets a sound run be as it is', async () => {
    const run = async (debugNaN: boolean) => (await regression().fit(x, y, { epochs: 3, verbose: 0, debugNaN })).history.loss;
    expect(await run(true)).toEqual(await run(false));
  });
});
