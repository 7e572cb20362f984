import { describe, expect, it } from 'vitest';
import { expectClose, randoms, Sandbox } from './harness.ts';
import * as reference from './reference/softmax.ts';

const shapes = [
  [0, 3],
  [3, 0],
  [1, 1],
  [2, 2],
  [5, 3],
  [3, 4],
  [7, 5],
  [2, 8],
  [3, 31],
  [1, 10007],
];

describe.each(['softmax', 'logSoftmax'] as const)('%s', (name) => {
  it.each(shapes)('agrees with the reference on %i x %i', (rows, columns) => {
    const box = new Sandbox();
    const x = box.float32(randoms(rows * columns, 3, -20, 20), 4);
    const y = box.float32(rows * columns);
    const expected = reference[name](x.read(), columns);
    box.run([name, x.address, y.address, rows, columns]);
    // x less the maximum is rounded at 40, and the sum of exponentials at 1.
    expectClose(y.read(), expected, { relative: 5e-6, absolute: name === 'softmax' ? 1e-30 : 5e-7, name });
    box.run([name, x.address, x.address, rows, columns]);
    expect(x.read()).toEqual(y.read());
  });

  it.each(shapes)('has the gradient of the reference on %i x %i', (rows, columns) => {
    const box = new Sandbox();
    const x = box.float32(randoms(rows * columns, 4, -3, 3));
    const y = box.float32(rows * columns);
    const dy = box.float32(randoms(rows * columns, 5), 4);
    const dx = box.float32(rows * columns, 8);
    box.run([name, x.address, y.address, rows, columns]);
    box.run([`${name}Gradient`, y.address, dy.address, dx.address, rows, columns]);
    expectClose(dx.read(), reference[`${name}Gradient`](y.read(), dy.read(), columns), { relative: 1e-5, absolute: 2e-6, name });
    box.run([`${name}Gradient`, y.address, dy.address, dy.address, rows, columns]);
    expect(dy.read()).toEqual(dx.read());
  });

  it('takes -Infinity, large numbers and NaN', () => {
    const box = new Sandbox();
    const rows = [
      [-Infinity, 0, 0],
      [1e30, -1e30, -Infinity],
      [NaN, 0, 1],
      [-Infinity, -Infinity, -Infinity],
      [-200, -200, -300],
    ];
    const x = box.float32(rows.flat());
    const y = box.float32(rows.length * 3);
    box.run([name, x.address, y.address, rows.length, 3]);
    expectClose(y.read(), reference[name](x.read(), 3), { relative: 1e-6, absolute: 1e-37, name });
    expect(y.read()[0]).toBe(name === 'softmax' ? 0 : -Infinity);
  });
});

describe('softmax', () => {
  it('gives rows that sum to 1', () => {
    const box = new Sandbox();
    const x = box.float32(randoms(50_000, 6, -1, 1));
    box.run(['softmax', x.address, x.address, 1, 50_000]);
    expectClose([reference.sum([...x.read()])], [1], { relative: 1e-6 });
  });
});
