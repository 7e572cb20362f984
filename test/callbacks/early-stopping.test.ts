import { describe, expect, it } from 'vitest';
import { EarlyStopping, type EarlyStoppingOptions } from '../../src/callbacks/index.ts';
import { curve, play } from './fake-model.ts';
import { printed, warned } from './printed.ts';

/** [epochs that ran, weight at the end, best epoch, epoch of the stop] */
async function course(options: EarlyStoppingOptions, values: readonly number[], name?: string) {
  const stop = new EarlyStopping(options);
  const { epochs, model } = await play(stop, curve(values, name));
  return [epochs, model.weight, stop.bestEpoch, stop.stoppedEpoch];
}

describe('EarlyStopping', () => {
  it('waits for patience epochs without progress', async () => {
    expect(await course({ patience: 2 }, [3, 2, 2, 2.5, 1])).toEqual([4, 4, 1, 3]);
    expect(await course({ patience: 3 }, [3, 2, 2, 2.5, 1])).toEqual([5, 5, 4, 0]);
    expect(await course({ patience: 2 }, [3, 4, 2, 4, 4])).toEqual([5, 5, 2, 4]);
  });

  it('acts alike with patience 0 and 1, and never stops after the first epoch', async () => {
    for (const patience of [0, 1]) expect(await course({ patience }, [1, 2, 3])).toEqual([2, 2, 0, 1]);
    expect(await course({ patience: 0, baseline: 0.5 }, [1])).toEqual([1, 1, 0, 0]);
  });

  it('restores the best weights, also when nothing stopped training', async () => {
    expect(await course({ patience: 2, restoreBestWeights: true }, [3, 1, 2, 2, 2])).toEqual([4, 2, 1, 3]);
    expect(await course({ patience: 9, restoreBestWeights: true }, [3, 1, 2])).toEqual([3, 2, 1, 0]);
    expect(await course({ patience: 9 }, [3, 1, 2])).toEqual([3, 3, 1, 0]);
  });

  it('takes a change up to minDelta for none, of either sign', async () => {
    for (const minDelta of [0.5, -0.5]) {
      expect(await course({ patience: 2, minDelta }, [3, 2.6, 2.5, 2])).toEqual([3, 3, 0, 2]);
      expect(await course({ patience: 2, minDelta, monitor: 'val_acc' }, [3, 3.4, 3.6, 2, 2], 'val_acc')).toEqual([5, 5, 2, 4]);
    }
  });

  it('knows directions by the name, and takes mode before it', async () => {
    expect(await course({ patience: 1, monitor: 'val_acc' }, [1, 2, 3, 2], 'val_acc')).toEqual([4, 4, 2, 3]);
    expect(await course({ patience: 1, monitor: 'out_auc_1' }, [1, 2, 1], 'out_auc_1')).toEqual([3, 3, 1, 2]);
    expect(await course({ patience: 1, monitor: 'mae' }, [2, 1, 2], 'mae')).toEqual([3, 3, 1, 2]);
    expect(await course({ patience: 1, monitor: 'foo', mode: 'max' }, [1, 2, 1], 'foo')).toEqual([3, 3, 1, 2]);
    expect(await course({ patience: 1, monitor: 'val_acc', mode: 'min' }, [1, 2, 1], 'val_acc')).toEqual([2, 2, 0, 1]);
    await expect(course({ monitor: 'foo' }, [1], 'bar')).rejects.toThrow(
      'EarlyStopping callback received monitor=foo, but cannot tell whether that metric should be maximized or minimized.',
    );
  });

  it('starts the patience anew only below the baseline, but keeps the best all the same', async () => {
    expect(await course({ patience: 3, baseline: 1, restoreBestWeights: true }, [5, 4, 3, 4, 0.5])).toEqual([4, 3, 2, 3]);
    expect(await course({ patience: 2, baseline: 2 }, [5, 1, 3, 3])).toEqual([4, 4, 1, 3]);
  });

  it('looks away before startFromEpoch', async () => {
    expect(await course({ patience: 1, startFromEpoch: 3 }, [1, 2, 3, 5, 4, 6])).toEqual([6, 6, 4, 5]);
  });

  it('keeps a first NaN as the best', async () => {
    expect(await course({ patience: 2, restoreBestWeights: true }, [NaN, 1, 0.5])).toEqual([3, 1, 0, 2]);
  });

  it('warns once of a missing log, and goes on', async () => {
    const stop = new EarlyStopping();
    const texts = await warned(async () =>
      expect(
        (
          await play(stop, [
            { loss: 1, mae: 2 },
            { loss: 1, mae: 2 },
          ])
        ).epochs,
      ).toBe(2),
    );
    expect(texts).toEqual(['Early stopping conditioned on metric `val_loss` which is not available. Available metrics are: loss,mae']);
  });

  it('says what it does', async () => {
    const text = await printed(() => course({ patience: 2, verbose: 1, restoreBestWeights: true }, [3, 1, 2, 2, 2]));
    expect(text).toBe('Epoch 4: early stopping\nRestoring model weights from the end of the best epoch: 2.\n');
  });

  it('forgets its last run', async () => {
    const stop = new EarlyStopping({ patience: 1 });
    expect((await play(stop, curve([1, 2, 3]))).epochs).toBe(2);
    expect((await play(stop, curve([5, 4, 3]))).epochs).toBe(3);
    expect(stop.stoppedEpoch).toBe(0);
  });

  it('names wrong options', () => {
    expect(() => new EarlyStopping({ patence: 3 } as object)).toThrow(
      "EarlyStopping: expected an option it has, got 'patence'. Did you mean patience?",
    );
    expect(() => new EarlyStopping({ restore_best_weights: true } as object)).toThrow(
      "Keras's restore_best_weights is written restoreBestWeights here.",
    );
    expect(() => new EarlyStopping({ mode: 'mx' as 'max' })).toThrow("Did you mean 'max'?");
    expect(() => new EarlyStopping({ patience: -1 })).toThrow('EarlyStopping: expected patience to be an integer of at least 0, got -1.');
    expect(() => new EarlyStopping({ monitor: 3 as never })).toThrow('EarlyStopping: expected monitor to be the name of a log, got 3.');
  });
});
