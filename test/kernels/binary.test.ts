import { describe, expect, it } from 'vitest';
import { expectClose, randoms, Sandbox } from './harness.ts';
import { broadcast, functions, power, select } from './reference/binary.ts';

const sizes = [0, 1, 2, 3, 4, 5, 7, 8, 31];
const names = Object.keys(functions) as (keyof typeof functions)[];
const special = [0, -0, 1, -1, 0.5, -2.5, 1e-40, -1e-40, 3e38, -3e38, Infinity, -Infinity, NaN];
const pairs = special.flatMap((a) => special.map((b) => [a, b]));

describe.each(names)('%s', (name) => {
  const f = functions[name];

  it('agrees with the reference on special numbers', () => {
    const box = new Sandbox();
    const a = box.float32(pairs.map(([x]) => x));
    const b = box.float32(pairs.map(([, x]) => x));
    const y = box.float32(pairs.length);
    box.run([name, a.address, b.address, y.address, 1, pairs.length, 0, 1, 0, 1]);
    expect([...y.read()]).toEqual(broadcast(f, a.read(), b.read(), 1, pairs.length, 0, 1, 0, 1));
  });

  // One loop serves all the functions; in subtract the order of the operands shows.
  it('takes every kind of broadcasting', () => {
    for (const columns of name === 'subtract' ? [...sizes, 100] : [3, 31]) {
      for (const rows of [1, 3, 17]) {
        const box = new Sandbox();
        const a = box.float32(randoms(rows * (columns + 2), 3, -2, 2).map(Math.round), 4);
        const b = box.float32(randoms(rows * (columns + 1), 4, -2, 2).map(Math.round));
        const y = box.float32(rows * columns, 8);
        for (const [aRow, aColumn] of [
          [columns, 1],
          [0, 1],
          [1, 0],
          [columns + 2, 1],
        ]) {
          for (const [bRow, bColumn] of [
            [columns, 1],
            [0, 1],
            [0, 0],
          ]) {
            box.run([name, a.address, b.address, y.address, rows, columns, aRow, aColumn, bRow, bColumn]);
            expect(y.read()).toEqual(Float32Array.from(broadcast(f, a.read(), b.read(), rows, columns, aRow, aColumn, bRow, bColumn)));
          }
        }
      }
    }
  });

  it('works in place', () => {
    for (const rows of [1, 37]) {
      const box = new Sandbox();
      const x = box.float32(randoms(rows * 19, 5));
      const bias = box.float32(randoms(19, 6));
      const first = x.read();
      box.run([name, x.address, bias.address, x.address, rows, 19, 19, 1, 0, 1]);
      expect([...x.read()]).toEqual(broadcast(f, first, bias.read(), rows, 19, 19, 1, 0, 1));
      const second = x.read();
      box.run([name, bias.address, x.address, x.address, rows, 19, 0, 1, 19, 1]);
      expect([...x.read()]).toEqual(broadcast(f, bias.read(), second, rows, 19, 0, 1, 19, 1));
    }
  });
});

describe('power', () => {
  function run(bases: number[], exponents: number[]): [number[], number[]] {
    const box = new Sandbox();
    const x = box.float32(bases);
    const y = box.float32(exponents);
    const out = box.float32(bases.length);
    box.run(['power', x.address, y.address, out.address, 1, bases.length, 0, 1, 0, 1]);
    return [[...out.read()], broadcast(power, x.read(), y.read(), 1, bases.length, 0, 1, 0, 1)];
  }

  it('has the cases of IEEE pow', () => {
    const bases = [0, -0, 1, -1, 2, -2, 0.5, -0.5, Infinity, -Infinity, NaN];
    const exponents = [0, -0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, Infinity, -Infinity, NaN];
    const cases = bases.flatMap((x) => exponents.map((y) => [x, y]));
    const [actual, expected] = run(
      cases.map(([x]) => x),
      cases.map(([, y]) => y),
    );
    for (let i = 0; i < cases.length; i++) {
      if (Number.isFinite(expected[i]) && expected[i] !== 0) {
        expectClose([actual[i]], [expected[i]], { relative: 2e-6, name: `${cases[i][0]} ** ${cases[i][1]}` });
      } else expect(actual[i], `${cases[i][0]} ** ${cases[i][1]}`).toBe(expected[i]);
    }
  });

  it('is as precise as stated', () => {
    const exponents = [...randoms(400, 2, -3, 3)];
    const [actual, expected] = run([...randoms(400, 1, 0, 4)], exponents);
    expectClose(actual, expected, { relative: 5e-6, absolute: 1e-30 });
  });

  it('knows odd numbers from even ones', () => {
    const exponents = [-5, -4, 4, 5, 6, 7, 16777215, 16777216];
    const [actual, expected] = run(
      exponents.map(() => -1),
      exponents,
    );
    expect(actual).toEqual(expected);
  });
});

describe('select', () => {
  it.each(sizes)('chooses among %i elements', (n) => {
    const box = new Sandbox();
    const condition = box.float32(Array.from({ length: n }, (_, i) => [0, 1, -0, NaN, 2][i % 5]));
    const a = box.float32(randoms(n, 1));
    const b = box.float32(randoms(n, 2), 4);
    const y = box.float32(n, 12);
    box.run(['select', condition.address, a.address, b.address, y.address, n]);
    const expected = select(condition.read(), a.read(), b.read());
    expect([...y.read()]).toEqual(expected);
    box.run(['select', condition.address, a.address, b.address, b.address, n]);
    expect([...b.read()]).toEqual(expected);
  });
});

describe('equalInt and notEqualInt', () => {
  it.each(sizes)('compare %i integers', (n) => {
    const box = new Sandbox();
    const a = box.int32(Array.from({ length: n }, (_, i) => [0, 16777217, -1, 5][i % 4]));
    const b = box.int32(
      Array.from({ length: n }, (_, i) => [0, 16777216, -1][i % 3]),
      4,
    );
    const y = box.float32(n);
    box.run(['equalInt', a.address, b.address, y.address, n]);
    expect([...y.read()]).toEqual(Array.from(a.read(), (x, i) => Number(x === b.read()[i])));
    box.run(['notEqualInt', a.address, y.address, n, 16777217]);
    expect([...y.read()]).toEqual(Array.from(a.read(), (x) => Number(x !== 16777217)));
  });
});
