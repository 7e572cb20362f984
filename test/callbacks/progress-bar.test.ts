import { describe, expect, test } from 'vitest';
import { ProgressBar } from '../../src/callbacks/progress-bar.ts';
import recorded from '../fixtures/progress_bar.json';

type Log = [name: string, value: number | string];
type Step = [time: number, current: number, logs: Log[], finalize: boolean | null];

/** Plays the steps and returns what was written at each. */
function play({ target, verbose, start, steps, retarget }: (typeof recorded)[number], tty: boolean): string[] {
  let time = start;
  let text = '';
  const bar = new ProgressBar({
    target,
    verbose: verbose as 1 | 2,
    tty,
    now: () => time,
    write: (written) => {
      text += written;
    },
  });
  return (steps as Step[]).map(([at, current, logs, finalize], i) => {
    time = at;
    text = '';
    if (retarget !== null && i === steps.length - 1) bar.target = retarget;
    bar.update(
      current,
      logs.map(([name, value]) => [name, Number(value)]),
      finalize ?? undefined,
    );
    return text;
  });
}

describe('in a terminal, the bytes of Keras', () => {
  test.each(recorded.map((entry) => [entry.name, entry] as const))('%s', (_, entry) => {
    expect(play(entry, true)).toEqual(entry.texts);
  });
});

describe('elsewhere', () => {
  const bar = (name: string): string => {
    const texts = play(recorded.find((entry) => entry.name === name)!, false);
    expect(texts.slice(0, -1).join('')).toBe('');
    return texts.at(-1)!;
  };

  test('one plain line at the end', () => {
    expect(bar('four steps, verbose 1')).toBe(
      '4/4 ━━━━━━━━━━━━━━━━━━━━ 0s 33ms/step - accuracy: 0.5600 - loss: 0.6902 - val_accuracy: 1.0000 - val_loss: 1.0000e-04\n',
    );
    expect(bar('four steps, verbose 2')).toBe(
      '4/4 - 0s - 33ms/step - accuracy: 0.5600 - loss: 0.6902 - val_accuracy: 1.0000 - val_loss: 1.0000e-04\n',
    );
  });

  test('no control characters but the end of the line', () => {
    for (const entry of recorded) {
      const codes = Array.from(play(entry, false).join('').replaceAll('\n', ''), (c) => c.charCodeAt(0));
      expect(Math.min(...codes)).toBeGreaterThanOrEqual(32);
    }
  });
});

test('without a clock it takes the time of the machine', () => {
  let text = '';
  const bar = new ProgressBar({
    target: 1,
    write: (written) => {
      text += written;
    },
  });
  bar.update(1, [['loss', 0.5]]);
  expect(text).toMatch(/^1\/1 ━{20} 0s \d+(us|ms|s)\/step - loss: 0\.5000\n$/);
});
