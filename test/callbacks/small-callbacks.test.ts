import { describe, expect, it } from 'vitest';
import { CallbackList } from '../../src/callbacks/callback.ts';
import { Callback, History, LambdaCallback, TerminateOnNaN } from '../../src/callbacks/index.ts';
import { curve, play } from './fake-model.ts';
import { printed } from './printed.ts';

describe('TerminateOnNaN', () => {
  it.each([NaN, Infinity, -Infinity])('stops at a loss of %d', async (loss) => {
    let epochs = 0;
    const text = await printed(async () => {
      ({ epochs } = await play(new TerminateOnNaN(), [{ loss: 1 }, { loss }, { loss: 1 }]));
    });
    expect(epochs).toBe(2);
    expect(text).toBe('Batch 0: Invalid loss, terminating training\n');
  });
});

describe('LambdaCallback', () => {
  it('calls the functions at their moments, and waits for promises', async () => {
    const calls: unknown[] = [];
    const callback = new LambdaCallback({
      onTrainBegin: () => void calls.push('begin'),
      onEpochEnd: async (epoch, logs) => {
        await null;
        calls.push([epoch, logs?.loss]);
      },
      onTrainEnd: () => void calls.push('end'),
    });
    await play(callback, [{ loss: 2 }, { loss: 1 }]);
    expect(calls).toEqual(['begin', [0, 2], [1, 1], 'end']);
  });

  it('listens to nothing else', () => {
    const list = new CallbackList([new LambdaCallback({ onEpochEnd: () => {} })], {} as never, { verbose: 0, epochs: 1, steps: 1 });
    expect([list.has('onEpochEnd'), list.has('onTrainBatchEnd')]).toEqual([true, false]);
  });

  it('names a misspelt moment, and what is no function', () => {
    expect(() => new LambdaCallback({ onEpocEnd: () => {} } as object)).toThrow('Did you mean onEpochEnd?');
    expect(() => new LambdaCallback({ onEpochEnd: 3 } as object)).toThrow('LambdaCallback: expected onEpochEnd to be a function, got 3.');
  });
});

describe('Callback', () => {
  it('knows the moments of batches by their short names too', async () => {
    const calls: string[] = [];
    class Short extends Callback {
      override onBatchBegin(batch: number) {
        calls.push(`begin ${batch}`);
      }
      override onBatchEnd(batch: number, logs?: object) {
        calls.push(`end ${batch} ${Object.keys(logs ?? {})}`);
      }
    }
    const list = new CallbackList([new Short()], {} as never, { verbose: 0, epochs: 1, steps: 1 });
    expect([list.has('onTrainBatchEnd'), list.has('onTestBatchEnd'), list.has('onTrainBegin')]).toEqual([true, false, false]);
    await list.call('onTrainBatchBegin', 0, {});
    await list.call('onTrainBatchEnd', 0, { loss: 1 });
    expect(calls).toEqual(['begin 0', 'end 0 loss']);
  });

  it('shares the logs with those after it', async () => {
    class Adds extends Callback {
      override onEpochEnd(_epoch: number, logs: Record<string, number> = {}) {
        logs.extra = 7;
      }
    }
    const history = new History();
    await play([new Adds(), history], [{ loss: 1 }]);
    expect(history.history).toEqual({ loss: [1], extra: [7] });
  });
});

describe('History', () => {
  it('shows itself in the console as a table and the course of each log', async () => {
    const history = new History();
    await play(history, [
      { loss: 2, acc: 0.25 },
      { loss: 1, acc: 0.75 },
    ]);
    const shown = (history as unknown as Record<symbol, () => string>)[Symbol.for('nodejs.util.inspect.custom')]();
    expect(shown).toBe('epoch    loss     acc\n    1  2.0000  0.2500\n    2  1.0000  0.7500\nloss █▁\nacc ▁█');
  });

  it('prints a table, with gaps where a log is missing', async () => {
    const history = new History();
    await play(history, [
      { loss: 0.6532, acc: 0.5 },
      { loss: 12.5, acc: 1, val_loss: 0.00012345 },
      { loss: NaN, acc: 0 },
    ]);
    const table = [
      'epoch     loss     acc    val_loss',
      '    1   0.6532  0.5000            ',
      '    2  12.5000  1.0000  1.2345e-04',
      '    3      nan  0.0000            ',
    ];
    expect(`${history}`).toBe(table.join('\n'));
    expect(await printed(() => history.print())).toBe(`${table.join('\n')}\n`);
  });

  it('leaves out the middle of a long table', async () => {
    const history = new History();
    await play(history, curve(Array.from({ length: 50 }, (_, i) => i)));
    const lines = history.toString().split('\n');
    expect(lines.length).toBe(22);
    expect(lines[11].trim()).toBe('...');
    expect(lines.slice(9, 14).map((line) => line.trim().split(' ')[0])).toEqual(['9', '10', '...', '41', '42']);
  });

  it('draws a line of bars', async () => {
    const history = new History();
    await play(history, curve([8, 7, 6, 5, 4, 3, 2, 1]));
    expect(history.sparkline('val_loss')).toBe('█▇▆▅▄▃▂▁');
    expect(history.sparkline()).toBe('▁▁▁▁▁▁▁▁');
    expect(history.sparkline('val_loss', { width: 4 })).toBe('█▆▃▁');
    await play(history, curve([1, NaN, 3, Infinity]));
    expect(history.sparkline('val_loss')).toBe('▁×█×');
    expect(() => history.sparkline('acc')).toThrow("History.sparkline: expected one of loss, val_loss, got 'acc'.");
    expect(new History().toString()).toBe('epoch');
  });
});
