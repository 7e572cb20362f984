import { describe, expect, it } from 'vitest';
import { BackupAndRestore, type BackupStore, EarlyStopping, LambdaCallback, ReduceLROnPlateau } from '../../src/callbacks/index.ts';
import { layers, optimizers, Sequential, setRandomSeed } from '../../src/index.ts';
import { randoms } from '../kernels/harness.ts';

const x = Array.from({ length: 40 }, (_, i) => [...randoms(4, i + 1)]);
const y = x.map((row) => [row[0] * 2 - row[1] + 0.5]);

class Memory implements BackupStore {
  bytes: Uint8Array | undefined;
  read = async () => this.bytes;
  write = async (bytes: Uint8Array) => {
    this.bytes = bytes;
  };
  remove = () => {
    this.bytes = undefined;
  };
}

function modelOf(optimizer: optimizers.Optimizer) {
  const model = new Sequential([
    new layers.Dense(8, { activation: 'relu', inputShape: [4] }),
    new layers.Dropout(0.3),
    new layers.Dense(1),
  ]);
  model.compile({ optimizer, loss: 'mse' });
  return model;
}

const watchers = () => [
  new ReduceLROnPlateau({ monitor: 'loss', patience: 1, factor: 0.5, minDelta: 0.05 }),
  new EarlyStopping({ monitor: 'loss', patience: 50, restoreBestWeights: true }),
];

const settings = { batchSize: 16, verbose: 0 as const, shuffle: false as const };

/** Trains 8 epochs: in one go, or cut by an error in one of them and gone on with by another model. */
async function trained(optimizer: () => optimizers.Optimizer, cut?: number) {
  setRandomSeed(5);
  const store = new Memory();
  const epochs = 8;
  let model = modelOf(optimizer());
  const all = (extra: LambdaCallback[] = []) => [...watchers(), new BackupAndRestore('unused', { store }), ...extra];
  if (cut !== undefined) {
    const crash = new LambdaCallback({
      onTrainBatchEnd: () => {
        if (epoch === cut) throw new Error('crash');
      },
      onEpochBegin: (e) => {
        epoch = e;
      },
    });
    let epoch = 0;
    await expect(model.fit(x, y, { ...settings, epochs, callbacks: all([crash]) })).rejects.toThrow('crash');
    expect(store.bytes === undefined).toBe(cut === 0);
    // Other weights, another seed of Dropout, another rate: all of it has to come from the backup.
    setRandomSeed(6);
    model = modelOf(optimizer());
  }
  const callbacks = all();
  const history = await model.fit(x, y, { ...settings, epochs, callbacks });
  expect(store.bytes).toBeUndefined();
  return {
    weights: model.getWeights().map((t) => t.data),
    losses: history.history.loss,
    initialEpoch: history.epoch[0],
    rate: model.optimizer?.learningRate,
  };
}

describe('BackupAndRestore', () => {
  it.each<[string, () => optimizers.Optimizer]>([
    ['Adam', () => new optimizers.Adam({ learningRate: 0.02 })],
    ['SGD with momentum', () => new optimizers.SGD({ learningRate: 0.02, momentum: 0.9 })],
    ['Adam with moving averages', () => new optimizers.Adam({ learningRate: 0.02, useEma: true, emaOverwriteFrequency: 5 })],
    ['RMSprop with accumulated gradients', () => new optimizers.RMSprop({ learningRate: 0.02, gradientAccumulationSteps: 2 })],
  ])('goes on to the same bits: %s', async (_, optimizer) => {
    const whole = await trained(optimizer);
    for (const cut of [1, 4, 7]) {
      const resumed = await trained(optimizer, cut);
      expect(resumed.initialEpoch).toBe(cut);
      expect(resumed.weights).toEqual(whole.weights);
      expect(resumed.losses).toEqual(whole.losses.slice(cut));
      expect(resumed.rate).toBe(whole.rate);
    }
  });

  it('runs a cut epoch again from its begin when it saves by batches', async () => {
    const store = new Memory();
    const model = modelOf(new optimizers.SGD());
    const stop = new LambdaCallback({
      onTrainBatchEnd: (batch) => {
        model.stopTraining = batch === 1;
      },
    });
    await model.fit(x, y, {
      ...settings,
      callbacks: [new BackupAndRestore('unused', { store, saveFreq: 2, deleteCheckpoint: false }), stop],
    });
    expect(await new BackupAndRestore('unused', { store }).load()).toBe(0);
  });

  it('gives back the weights of a run that had ended already', async () => {
    const store = new Memory();
    const backup = () => new BackupAndRestore('unused', { store, deleteCheckpoint: false });
    const ended = modelOf(new optimizers.SGD());
    await ended.fit(x, y, { ...settings, epochs: 2, callbacks: [backup()] });
    const model = modelOf(new optimizers.SGD());
    const history = await model.fit(x, y, { ...settings, epochs: 2, callbacks: [backup()] });
    expect(history.epoch).toEqual([]);
    expect(model.getWeights().map((t) => t.data)).toEqual(ended.getWeights().map((t) => t.data));
  });

  it('refuses to go on with another model, or from a damaged file', async () => {
    const store = new Memory();
    const backup = () => new BackupAndRestore('unused', { store, deleteCheckpoint: false });
    await modelOf(new optimizers.SGD()).fit(x, y, { ...settings, epochs: 2, callbacks: [backup()] });
    const again = (optimizer: optimizers.Optimizer, more: EarlyStopping[] = []) =>
      modelOf(optimizer).fit(x, y, { ...settings, epochs: 3, callbacks: [backup(), ...more] });
    await expect(again(new optimizers.Adam())).rejects.toThrow('BackupAndRestore: expected the optimizer of the backup (SGD), got Adam.');
    await expect(again(new optimizers.SGD({ momentum: 0.9 }))).rejects.toThrow("expected the optimizer's variables of the backup");
    await expect(again(new optimizers.SGD(), watchers().slice(1) as EarlyStopping[])).rejects.toThrow(
      'expected the number of callbacks with a state of the backup (0), got 1.',
    );
    const wider = new Sequential([new layers.Dense(1, { inputShape: [4] })]);
    wider.compile({ optimizer: new optimizers.SGD(), loss: 'mse' });
    const before = wider.getWeights()[0].array();
    await expect(wider.fit(x, y, { ...settings, epochs: 3, callbacks: [backup()] })).rejects.toThrow(
      'expected the weights of the backup ([4, 8] [8] [8, 1] [1]), got [4, 1] [1].',
    );
    expect(wider.getWeights()[0].array()).toEqual(before);
    const bytes = store.bytes as Uint8Array;
    bytes[bytes.length >> 1] ^= 1;
    await expect(backup().load()).rejects.toThrow(/^BackupAndRestore: expected/);
    store.bytes = bytes.subarray(0, 100);
    await expect(backup().load()).rejects.toThrow('ZIP archive');
  });
});
