import { describe, expect, it } from 'vitest';
import { expectClose, randoms, Sandbox } from './harness.ts';
import { ofOne, ofTwo, ofWhole } from './reference/mathematics.ts';

/** Where each function is asked, and numbers beyond which it has no result. */
const ranges: Record<string, [low: number, high: number]> = {
  sin: [-90, 90],
  cos: [-90, 90],
  tan: [-1.5, 1.5],
  arcsin: [-1, 1],
  arccos: [-1, 1],
  arctan: [-40, 40],
  sinh: [-20, 20],
  cosh: [-20, 20],
  arcsinh: [-1000, 1000],
  arccosh: [1, 1000],
  arctanh: [-0.999, 0.999],
  cbrt: [-1000, 1000],
  exp2: [-100, 100],
  erfc: [-3, 9],
  erfinv: [-0.999, 0.999],
  sinc: [-9, 9],
  i0: [-30, 30],
};

describe('mathematics', () => {
  it.each(Object.keys(ofOne).map((name, kind) => [name, kind] as const))('%s', (name, kind) => {
    const [low, high] = ranges[name];
    const special = [0, -0, low, high, 1e-4, -1e-4, 1e-30, Number.NaN].filter((x) => Number.isNaN(x) || (x >= low && x <= high));
    for (const n of [0, 1, 5, 1000]) {
      const x = Float32Array.from([...special.slice(0, n), ...randoms(n, 3, low, high)]);
      const box = new Sandbox();
      const [from, to] = [box.float32(x), box.float32(x.length)];
      box.run(['mathematics', from.address, to.address, x.length, kind]);
      const expected = Array.from(x, (v) => Math.fround(ofOne[name](v)));
      expectClose(to.read(), expected, {
        relative: name === 'erfc' || name === 'erfinv' ? 3e-7 : 1.3e-7,
        absolute: name === 'erfinv' ? 1e-20 : name === 'sin' || name === 'cos' || name === 'sinc' ? 1e-9 : 1e-38,
        name,
      });
    }
  });

  it('has no number outside of the domains, and limits at infinity', () => {
    const ask = (name: string, ...x: number[]) => {
      const box = new Sandbox();
      const [from, to] = [box.float32(x), box.float32(x.length)];
      box.run(['mathematics', from.address, to.address, x.length, Object.keys(ofOne).indexOf(name)]);
      return [...to.read()];
    };
    for (const name of ['arcsin', 'arccos', 'arctanh', 'erfinv']) expect(ask(name, 1.5, -1.5)).toEqual([Number.NaN, Number.NaN]);
    expect(ask('arccosh', 0.5, Infinity)).toEqual([Number.NaN, Infinity]);
    expect(ask('erfinv', 1, -1)).toEqual([Infinity, -Infinity]);
    expect(ask('arctanh', 1, -1)).toEqual([Infinity, -Infinity]);
    expect(ask('arctan', Infinity, -Infinity)).toEqual([Math.fround(Math.PI / 2), Math.fround(-Math.PI / 2)]);
    expect(ask('cbrt', Infinity, -Infinity)).toEqual([Infinity, -Infinity]);
    expect(ask('sinh', 1000, -1000)).toEqual([Infinity, -Infinity]);
    expect(ask('i0', 1000)).toEqual([Infinity]);
    expect(ask('sin', Infinity)).toEqual([Number.NaN]);
  });
});

describe('mathematicsOfTwo', () => {
  it.each(Object.keys(ofTwo).map((name, kind) => [name, kind] as const))('%s', (name, kind) => {
    const special: [number, number][] = [
      [0, 0],
      [0, -1],
      [-0, -1],
      [-0, 1],
      [1, 0],
      [-1, 0],
      [3, 4],
      [1, 1],
    ];
    const a = Float32Array.from([...special.map(([p]) => p), ...randoms(100, 1, -9, 9)]);
    const b = Float32Array.from([...special.map(([, q]) => q), ...randoms(100, 2, -9, 9)]);
    const box = new Sandbox();
    const [p, q, y] = [box.float32(a), box.float32(b), box.float32(a.length)];
    box.run(['mathematicsOfTwo', p.address, q.address, y.address, a.length, kind]);
    expectClose(
      y.read(),
      Array.from(a, (v, i) => Math.fround(ofTwo[name](v, b[i]))),
      { relative: 1.3e-7, absolute: 1e-45, name },
    );
  });

  it('of infinities', () => {
    const box = new Sandbox();
    const values: [number, number][] = [
      [Infinity, Infinity],
      [Infinity, -Infinity],
      [1, Infinity],
      [Infinity, 1],
    ];
    const [p, q, y] = [box.float32(values.map(([a]) => a)), box.float32(values.map(([, b]) => b)), box.float32(4)];
    box.run(['mathematicsOfTwo', p.address, q.address, y.address, 4, 0]);
    expectClose(
      y.read(),
      values.map(([a, b]) => Math.fround(Math.atan2(a, b))),
      { relative: 1e-7, absolute: 0 },
    );
    box.run(['mathematicsOfTwo', p.address, q.address, y.address, 4, 1]);
    expect([...y.read()]).toEqual([Infinity, Infinity, Infinity, Infinity]);
  });
});

describe('bitwise', () => {
  it.each(Object.keys(ofWhole).map((name, kind) => [name, kind] as const))('%s', (name, kind) => {
    const whole = (seed: number) => Int32Array.from(randoms(200, seed, -1000, 1000));
    const [a, b] = [whole(1), name.endsWith('Shift') ? whole(2).map((v) => Math.abs(v) % 40) : whole(2)];
    a[0] = 0;
    b[1] = 0;
    const box = new Sandbox();
    const [p, q, y] = [box.int32(a), box.int32(b), box.int32(a.length)];
    box.run(['bitwise', p.address, q.address, y.address, a.length, kind]);
    expect([...y.read()]).toEqual(Array.from(a, (v, i) => ofWhole[name](v, b[i])));
  });
});
