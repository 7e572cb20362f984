import { describe, expect, it } from 'vitest';
import { expectClose, randoms, Sandbox } from './harness.ts';
import * as reference from './reference/layout.ts';

const sizes = [0, 1, 2, 3, 4, 5, 7, 8, 31, 1000];
type Four = readonly [number, number, number, number];

describe('fill', () => {
  it.each(sizes)('writes %i values and nothing else', (n) => {
    const box = new Sandbox();
    const y = box.float32(n);
    box.run(['fill', y.address, n, 2.5]);
    expect([...y.read()]).toEqual(Array(n).fill(2.5));
  });
});

const moves: [name: string, dims: Four, x: Four, y: Four][] = [
  ['a plain copy', [1, 1, 1, 75], [0, 0, 0, 1], [0, 0, 0, 1]],
  ['nothing', [2, 0, 3, 4], [0, 12, 4, 1], [0, 12, 4, 1]],
  ['empty rows', [1, 2, 3, 0], [0, 0, 0, 1], [0, 0, 0, 1]],
  ['a slice of rows', [1, 1, 9, 5], [0, 0, 11, 1], [0, 0, 5, 1]],
  ['a concatenation', [1, 3, 4, 7], [0, 28, 7, 1], [0, 60, 15, 1]],
  ['few long rows', [1, 1, 2, 333], [0, 0, 333, 1], [0, 0, 350, 1]],
  ['a transposition', [1, 1, 13, 6], [0, 0, 1, 13], [0, 0, 6, 1]],
  ['a transposition written in columns', [1, 1, 6, 13], [0, 0, 13, 1], [0, 0, 1, 6]],
  ['heads', [2, 3, 5, 4], [60, 4, 12, 1], [60, 20, 4, 1]],
  ['every second element', [1, 1, 3, 17], [0, 0, 40, 2], [0, 0, 17, 1]],
  ['repeated rows', [2, 3, 5, 6], [6, 0, 0, 1], [90, 30, 6, 1]],
  ['repeated elements', [1, 2, 3, 18], [0, 3, 1, 0], [0, 54, 18, 1]],
  ['one element', [1, 1, 1, 1], [0, 0, 0, 0], [0, 0, 0, 1]],
];

describe('copyStrided', () => {
  it.each(moves)('moves %s', (_, dims, xs, ys) => {
    const box = new Sandbox();
    const x = box.float32(randoms(700, 1), 4);
    const y = box.float32(700, 8);
    const expected = reference.copyStrided(x.read(), y.read(), dims, xs, ys);
    box.run(['copyStrided', x.address, y.address, ...dims, ...xs, ...ys]);
    expect(y.read()).toEqual(expected);
  });

  it('reads backwards', () => {
    const box = new Sandbox();
    const x = box.float32(randoms(35, 1));
    const y = box.float32(35);
    box.run(['copyStrided', x.address + 4 * 30, y.address, 1, 1, 7, 5, 0, 0, -5, 1, 0, 0, 5, 1]);
    expect([...y.read()]).toEqual(Array.from({ length: 35 }, (_, i) => x.read()[30 - 5 * Math.floor(i / 5) + (i % 5)]));
    box.run(['copyStrided', x.address + 4 * 34, y.address, 1, 1, 1, 35, 0, 0, 0, -1, 0, 0, 0, 1]);
    expect([...y.read()]).toEqual([...x.read()].reverse());
  });

  it('keeps every bit, of integers too', () => {
    const bits = [0x7f800001, -0x400001, 1, -1, 0x7fc12345, 0, 0x80000000 | 0, 77, 3];
    for (const stride of [1, 2]) {
      const box = new Sandbox();
      const x = box.int32(bits.flatMap((b) => Array(stride).fill(b)));
      const y = box.int32(9);
      box.run(['copyStrided', x.address, y.address, 1, 1, 1, 9, 0, 0, 0, stride, 0, 0, 0, 1]);
      expect([...y.read()]).toEqual(bits);
    }
  });
});

describe('addStrided', () => {
  it.each(moves)('adds %s', (_, dims, xs, ys) => {
    const box = new Sandbox();
    const x = box.float32(randoms(700, 1), 4);
    const y = box.float32(randoms(700, 2), 12);
    const expected = reference.addStrided(x.read(), y.read(), dims, xs, ys);
    box.run(['addStrided', x.address, y.address, ...dims, ...xs, ...ys]);
    expect(y.read()).toEqual(expected);
  });
});

describe('addInto', () => {
  it.each(sizes)('adds %i elements', (n) => {
    const box = new Sandbox();
    const x = box.float32(randoms(n, 1), 4);
    const y = box.float32(randoms(n, 2));
    const expected = y.read().map((v, i) => v + x.read()[i]);
    box.run(['addInto', x.address, y.address, n]);
    expect(y.read()).toEqual(expected);
  });
});

describe('toFloat and toInt', () => {
  it.each(sizes)('convert %i elements', (n) => {
    const box = new Sandbox();
    const whole = box.int32(
      Array.from({ length: n }, (_, i) => [0, -7, 16777217, 2147483647, -2147483648][i % 5]),
      4,
    );
    const floats = box.float32(n);
    box.run(['toFloat', whole.address, floats.address, n]);
    expect(floats.read()).toEqual(Float32Array.from(whole.read()));
    const x = box.float32(randoms(n, 3, -1000, 1000));
    box.run(['toInt', x.address, whole.address, n]);
    expect(whole.read()).toEqual(Int32Array.from(x.read()));
  });

  it('cut numbers that are no i32', () => {
    const box = new Sandbox();
    const x = box.float32([NaN, Infinity, -Infinity, 3e9, -3e9, -0.9, 2.9]);
    const y = box.int32(7);
    box.run(['toInt', x.address, y.address, 7]);
    expect([...y.read()]).toEqual([0, 2147483647, -2147483648, 2147483647, -2147483648, 0, 2]);
  });

  it('work in place', () => {
    const box = new Sandbox();
    const x = box.int32([1, -2, 3, 4, 5]);
    box.run(['toFloat', x.address, x.address, 5], ['toInt', x.address, x.address, 5]);
    expect([...x.read()]).toEqual([1, -2, 3, 4, 5]);
  });
});

describe('accumulateMean', () => {
  it.each([...sizes, 9001])('adds up %i values, weighted or not', (n) => {
    const box = new Sandbox();
    const values = box.float32(randoms(n, 1, -1, 3), 4);
    const weights = box.float32(randoms(n, 2, 0, 2));
    const state = box.float32([1.5, 2]);
    box.run(['accumulateMean', values.address, 0, state.address, n]);
    const first = reference.accumulateMean(values.read(), undefined, [1.5, 2]);
    expectClose(state.read(), first, { relative: 1e-6 });
    box.run(['accumulateMean', values.address, weights.address, state.address, n]);
    expectClose(state.read(), reference.accumulateMean(values.read(), weights.read(), first), { relative: 1e-6 });
  });
});
