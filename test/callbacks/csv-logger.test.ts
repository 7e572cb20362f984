import { describe, expect, it } from 'vitest';
import type { Logs } from '../../src/callbacks/callback.ts';
import { CSVLogger, type CSVLoggerOptions } from '../../src/callbacks/index.ts';
import { play } from './fake-model.ts';
import { Kept } from './kept.ts';

async function written(epochs: readonly Logs[], options: CSVLoggerOptions = {}): Promise<string> {
  const kept = new Kept();
  await play(new CSVLogger('a.csv', { ...options, writer: kept }), epochs);
  return kept.text('a.csv');
}

describe('CSVLogger', () => {
  it('writes the bytes of Keras', async () => {
    const loss = Math.fround(Math.LN2);
    expect(
      await written([
        { loss, acc: 0.5, val_loss: 1 },
        { loss: 1e-5, acc: 1, val_loss: 1e16 },
      ]),
    ).toBe('epoch,acc,loss,val_loss\r\n0,0.5,0.6931471824645996,1.0\r\n1,1.0,1e-05,1e+16\r\n');
  });

  it('has columns for validation that comes later', async () => {
    expect(
      await written([
        { loss: 2, acc: 0 },
        { loss: NaN, acc: -Infinity, val_loss: 3, val_acc: 0.25 },
      ]),
    ).toBe('epoch,acc,loss,val_acc,val_loss\r\n0,0.0,2.0,NA,NA\r\n1,-inf,nan,0.25,3.0\r\n');
  });

  it('takes another separator, and quotes names that need it', async () => {
    expect(await written([{ loss: 1, 'a;"b"': 2, val_loss: 3 }], { separator: ';' })).toBe(
      'epoch;"a;""b""";loss;val_loss\r\n0;2.0;1.0;3.0\r\n',
    );
  });

  it('starts anew with each run, and leaves out the header when it appends', async () => {
    const kept = new Kept();
    const logger = new CSVLogger('a.csv', { writer: kept });
    await play(logger, [{ val_loss: 1 }, { val_loss: 2 }]);
    await play(logger, [{ val_loss: 3 }]);
    expect(kept.text('a.csv')).toBe('epoch,val_loss\r\n0,3.0\r\n');
    expect(await written([{ val_loss: 1 }], { append: true })).toBe('0,1.0\r\n');
  });

  it('names wrong options', () => {
    const writer = new Kept();
    expect(() => new CSVLogger('', { writer })).toThrow("CSVLogger: expected the path of a file, got ''.");
    expect(() => new CSVLogger('a', { writer, separator: '::' })).toThrow(
      "expected separator to be one character such as ',' or ';', got '::'",
    );
    expect(() => new CSVLogger('a', { writer: {} as never })).toThrow(
      'CSVLogger: expected writer to have a method write(path, bytes), got an empty object.',
    );
  });
});
