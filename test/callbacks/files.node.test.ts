// Callbacks that write files, on a real file system.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackupAndRestore, CSVLogger, LambdaCallback, ModelCheckpoint, TensorBoard } from '../../src/callbacks/index.ts';
import { layers, Sequential } from '../../src/index.ts';
import { readNpz } from '../../src/saving/arrays/npz.ts';
import { play } from './fake-model.ts';
import { events } from './tensorboard/decode.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callbacks-'));
});
afterEach(() => {
  vi.unstubAllGlobals();
  rmSync(folder, { recursive: true });
});

const x = Array.from({ length: 12 }, (_, i) => [i % 3, i % 4]);
const y = x.map(([a, b]) => [a + b]);

function small() {
  const model = new Sequential([new layers.Dense(2, { inputShape: [2] }), new layers.Dense(1)]);
  model.compile({ optimizer: 'adam', loss: 'mse' });
  return model;
}

describe('callbacks in Node', () => {
  it('CSVLogger appends to a file with one header', async () => {
    const path = join(folder, 'logs/a.csv');
    await play(new CSVLogger(path, { append: true }), [{ val_loss: 1 }]);
    await play(new CSVLogger(path, { append: true }), [{ val_loss: 2 }]);
    expect(readFileSync(path, 'utf8')).toBe('epoch,val_loss\r\n0,1.0\r\n0,2.0\r\n');
    await play(new CSVLogger(path), [{ val_loss: 3 }]);
    expect(readFileSync(path, 'utf8')).toBe('epoch,val_loss\r\n0,3.0\r\n');
    writeFileSync(path, '');
    await play(new CSVLogger(path, { append: true }), [{ val_loss: 4 }]);
    expect(readFileSync(path, 'utf8')).toBe('epoch,val_loss\r\n0,4.0\r\n');
  });

  it('ModelCheckpoint makes its folder', async () => {
    const model = small();
    await model.fit(x, y, { epochs: 2, verbose: 0, callbacks: [new ModelCheckpoint(join(folder, 'c/{epoch}-{loss:.1f}.weights.npz'))] });
    const names = readdirSync(join(folder, 'c')).sort();
    expect(names.map((name) => name.replace(/-.*?\.\d\./, '-x.'))).toEqual(['1-x.weights.npz', '2-x.weights.npz']);
    expect(Object.values(readNpz(readFileSync(join(folder, 'c', names[1])))).map((t) => t.array())).toEqual(
      model.getWeights().map((t) => t.array()),
    );
  });

  it('BackupAndRestore keeps its file until training ends', async () => {
    const dir = join(folder, 'backup');
    const path = join(dir, 'latest.backup');
    const cut = new LambdaCallback({
      onEpochBegin: (epoch) => {
        if (epoch === 2) throw new Error('cut');
      },
    });
    const options = { doubleCheckpoint: true };
    await expect(small().fit(x, y, { epochs: 4, verbose: 0, callbacks: [new BackupAndRestore(dir, options), cut] })).rejects.toThrow('cut');
    expect(readdirSync(dir).sort()).toEqual(['latest.backup', 'previous.backup']);
    const backup = new BackupAndRestore(dir, options);
    expect(await backup.load()).toBe(2);
    rmSync(path);
    expect(await backup.load()).toBe(1);
    const history = await small().fit(x, y, { epochs: 4, verbose: 0, callbacks: [backup] });
    expect(history.epoch).toEqual([1, 2, 3]);
    expect(readdirSync(dir)).toEqual([]);
    expect(await backup.load()).toBe(0);
  });

  it('TensorBoard writes files that grow, one pair for each run', async () => {
    const model = small();
    const board = new TensorBoard({ logDir: folder, updateFreq: 'batch' });
    for (let run = 1; run <= 2; run++) {
      await model.fit(x, y, { epochs: 2, validationSplit: 0.25, verbose: 0, callbacks: [board] });
      const names = readdirSync(join(folder, 'train'));
      expect(names.length).toBe(run);
      expect(readdirSync(join(folder, 'validation')).length).toBe(run);
      for (const name of names) expect(events(readFileSync(join(folder, 'train', name))).values.length).toBe(7);
    }
    expect(existsSync(join(folder, 'projector_config.pbtxt'))).toBe(false);
  });

  it('say at once that a page has no file system, and what to do', () => {
    vi.stubGlobal('process', undefined);
    expect(() => new TensorBoard()).toThrow(
      'TensorBoard: expected a file system, got an environment without one. Pass writer: { write(path, bytes) { ... } } to take the files.',
    );
    expect(() => new CSVLogger('a')).toThrow('CSVLogger: expected a file system');
    expect(() => new ModelCheckpoint('a.weights.npz')).toThrow('ModelCheckpoint: expected a file system');
    expect(() => new BackupAndRestore('a')).toThrow('Pass store: { read, write, remove } to keep the backup.');
  });
});
