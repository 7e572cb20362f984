// When callbacks are called outside of training, and how they may be made.
import { describe, expect, it } from 'vitest';
import { callbacks, layers, Sequential } from '../../src/index.ts';
import { printed } from './printed.ts';

const x = Array.from({ length: 20 }, (_, i) => [i, 1]);
const y = x.map(([value]) => 2 * value);

const compiled = () => {
  const model = new Sequential([new layers.Dense(1, { inputShape: [2], kernelInitializer: 'ones' })]);
  model.compile({ optimizer: 'sgd', loss: 'mse' });
  return model;
};

const moments = ['onTestBegin', 'onTestBatchBegin', 'onTestBatchEnd', 'onTestEnd', 'onPredictBegin', 'onPredictBatchBegin'];
const more = ['onPredictBatchEnd', 'onPredictEnd', 'onTrainBegin', 'onEpochBegin'];

/** A callback that notes its calls. */
function noting(): { calls: string[]; callback: callbacks.Callback } {
  const calls: string[] = [];
  const note = (name: string) => (first: unknown) => void calls.push(typeof first === 'number' ? `${name} ${first}` : name);
  return { calls, callback: new callbacks.LambdaCallback(Object.fromEntries([...moments, ...more].map((name) => [name, note(name)]))) };
}

describe('callbacks', () => {
  it('are called by evaluate', async () => {
    const { calls, callback } = noting();
    await compiled().evaluate(x, y, { batchSize: 10, verbose: 0, callbacks: [callback] });
    const batch = (i: number) => [`onTestBatchBegin ${i}`, `onTestBatchEnd ${i}`];
    expect(calls).toEqual(['onTestBegin', ...batch(0), ...batch(1), 'onTestEnd']);
  });

  it('are called by predict', () => {
    const { calls, callback } = noting();
    compiled().predict(x, { batchSize: 15, callbacks: [callback] });
    const batch = (i: number) => [`onPredictBatchBegin ${i}`, `onPredictBatchEnd ${i}`];
    expect(calls).toEqual(['onPredictBegin', ...batch(0), ...batch(1), 'onPredictEnd']);
    expect(() => compiled().predict(x, { callbacks: [callbacks.History as never] })).toThrow('expected callbacks that extend');
  });
});

describe('predict', () => {
  it('is silent unless it is told to speak', async () => {
    const model = compiled();
    expect(await printed(() => model.predict(x))).toBe('');
    expect(await printed(() => model.predict(x, { verbose: 0 }))).toBe('');
    expect(await printed(() => model.predict(x, { verbose: 2, batchSize: 10 }))).toMatch(/^2\/2 - 0s - \d+[mu]?s\/step\n$/);
  });

  it('takes as many batches as it is told', () => {
    expect(compiled().predict(x, { batchSize: 4, steps: 2 }).array()).toEqual(x.slice(0, 8).map(([value]) => [value + 1]));
    expect(compiled().predict(x, { steps: 9 }).shape).toEqual([20, 1]);
  });
});

describe('constructors', () => {
  const { EarlyStopping, ReduceLROnPlateau, TensorBoard, CSVLogger, ModelCheckpoint, BackupAndRestore, LearningRateScheduler } = callbacks;
  const files = { writer: { write() {}, append() {} }, store: { read: () => undefined, write() {}, remove() {} } };

  it('take what comes first in Keras by position', () => {
    expect(new EarlyStopping('acc', { patience: 3 })).toMatchObject({ monitor: 'acc', patience: 3 });
    expect(new ReduceLROnPlateau('acc', { patience: 3 })).toMatchObject({ monitor: 'acc', patience: 3 });
    expect(new TensorBoard('runs', { writer: files.writer }).logDir).toBe('runs');
  });

  it('take all of it in one object', () => {
    expect(new CSVLogger({ filename: 'a.csv', separator: ';', writer: files.writer }).filename).toBe('a.csv');
    expect(new ModelCheckpoint({ filepath: 'a.keras', monitor: 'acc', writer: files.writer })).toMatchObject({
      filepath: 'a.keras',
      monitor: 'acc',
    });
    expect(new BackupAndRestore({ backupDir: 'b', store: files.store }).backupDir).toBe('b');
    const scheduler = new LearningRateScheduler({ schedule: () => 0.5 });
    const model = compiled();
    scheduler.setModel(model);
    scheduler.onEpochBegin(0);
    expect(model.optimizer?.learningRate).toBe(0.5);
  });

  it('name what is wrong with either', () => {
    expect(() => new EarlyStopping('acc', { patienc: 3 } as object)).toThrow('Did you mean patience?');
    expect(() => new CSVLogger({ filenam: 'a.csv' } as never)).toThrow('Did you mean filename?');
    expect(() => new ModelCheckpoint('a.keras', 3 as never)).toThrow('ModelCheckpoint: expected an object of options, got 3.');
    expect(() => new BackupAndRestore({} as never)).toThrow('BackupAndRestore: expected the path of a folder, got undefined.');
  });
});
