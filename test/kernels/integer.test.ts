import { describe, expect, it } from 'vitest';
import type { KernelCall } from '../../src/kernels/kernel-call.ts';
import { random, Sandbox } from './harness.ts';
import { broadcast } from './reference/binary.ts';
import { functions, product, reduced, reductionNames } from './reference/integer.ts';

const special = [0, 1, -1, 2, -2, 3, 7, -7, 65535, 65536, 16777217, -16777217, 2147483647, -2147483647, -2147483648];
const pairs = special.flatMap((a) => special.map((b) => [a, b]));
/** Exponents that a reference of repeated products can follow. */
const small = pairs.filter(([, b]) => Math.abs(b) < 100000);

const integers = (n: number, seed: number, size = 1000): number[] => {
  const next = random(seed);
  return Array.from({ length: n }, () => Math.floor((next() - 0.5) * 2 * size));
};

const call = (name: string, ...numbers: number[]): KernelCall => [name, ...numbers] as unknown as KernelCall;

describe.each(Object.keys(functions))('%s', (name) => {
  const f = functions[name];
  const gives = (box: Sandbox, n: number) => (name.startsWith('less') ? box.float32(n) : box.int32(n));

  it('agrees with the reference on special numbers', () => {
    const box = new Sandbox();
    const cases = name === 'powerInt' ? small : pairs;
    const a = box.int32(cases.map(([x]) => x));
    const b = box.int32(cases.map(([, y]) => y));
    const y = gives(box, cases.length);
    box.run(call(name, a.address, b.address, y.address, 1, cases.length, 0, 1, 0, 1));
    expect([...y.read()]).toEqual(broadcast(f, a.read(), b.read(), 1, cases.length, 0, 1, 0, 1));
  });

  it('takes every kind of broadcasting', () => {
    for (const columns of [1, 3, 4, 31]) {
      for (const rows of [1, 3, 17]) {
        const box = new Sandbox();
        const a = box.int32(integers(rows * columns, 3), 4);
        const b = box.int32(integers(rows * columns, 4, 9));
        const y = gives(box, rows * columns);
        for (const [aRow, aColumn, bRow, bColumn] of [
          [columns, 1, columns, 1],
          [columns, 1, 0, 1],
          [columns, 1, 0, 0],
          [0, 0, columns, 1],
          [1, 0, 0, 1],
        ]) {
          box.run(call(name, a.address, b.address, y.address, rows, columns, aRow, aColumn, bRow, bColumn));
          expect([...y.read()]).toEqual(broadcast(f, a.read(), b.read(), rows, columns, aRow, aColumn, bRow, bColumn));
        }
      }
    }
  });

  it('works in place', () => {
    const box = new Sandbox();
    const x = box.int32(integers(37 * 19, 5));
    const bias = box.int32(integers(19, 6, 9));
    const before = x.read();
    box.run(call(name, x.address, bias.address, x.address, 37, 19, 19, 1, 0, 1));
    const expected = broadcast(f, before, bias.read(), 37, 19, 19, 1, 0, 1);
    expect([...(name.startsWith('less') ? new Float32Array(x.read().buffer) : x.read())]).toEqual(expected);
  });
});

describe.each(reductionNames)('%s', (name) => {
  it('agrees with the reference for every cut of an array', () => {
    for (const [outer, n, inner] of [
      [1, 1, 1],
      [3, 5, 1],
      [2, 33, 1],
      [1, 7, 2],
      [3, 4, 5],
      [2, 9, 16],
      [5, 1, 3],
      [0, 3, 2],
    ]) {
      const box = new Sandbox();
      const x = box.int32(integers(outer * n * inner, 7, 2 ** 31 - 1));
      const y = box.int32(outer * inner);
      box.run(call(name, x.address, y.address, outer, n, inner));
      expect([...y.read()]).toEqual(reduced(name, x.read(), outer, n, inner));
    }
  });

  it('of nothing is neutral', () => {
    if (name === 'argMaxInt') return;
    const box = new Sandbox();
    const y = box.int32(2);
    box.run(call(name, 0, y.address, 2, 0, 1));
    expect([...y.read()]).toEqual(reduced(name, [], 2, 0, 1));
  });
});

describe('matmulInt', () => {
  it('agrees with the reference, one matrix for a stack or a stack for a stack', () => {
    for (const [batch, m, k, n] of [
      [1, 1, 1, 1],
      [1, 3, 4, 5],
      [2, 3, 7, 4],
      [3, 2, 0, 3],
    ]) {
      for (const strideB of [0, k * n]) {
        const box = new Sandbox();
        const a = box.int32(integers(batch * m * k, 8, 100000));
        const b = box.int32(integers(batch * k * n, 9, 100000));
        const y = box.int32(batch * m * n);
        box.run(call('matmulInt', a.address, b.address, y.address, batch, m, k, n, m * k, strideB));
        expect([...y.read()]).toEqual(product(a.read(), b.read(), batch, m, k, n, strideB));
      }
    }
  });
});

describe('modulo of float32', () => {
  const specials = [0, 1, -1, 2, -2, 5, -5, 7.5, -7.5, 0.3, -0.3, 1e8, Infinity, -Infinity, NaN];
  const divisors = [3, -3, 0.5, -0.5, 1e-3, 1e30, 0, Infinity, -Infinity, NaN];
  const operands = specials.flatMap((a) => divisors.map((b) => [a, b].map(Math.fround)));
  // JavaScript's remainder is exact, as C's is.
  const f = (a: number, b: number): number => {
    const r = a % b;
    return Math.fround(r !== 0 && r < 0 !== b < 0 ? r + b : r);
  };

  it('is exact, and has the sign of the divisor', () => {
    const box = new Sandbox();
    const a = box.float32(operands.map(([x]) => x));
    const b = box.float32(operands.map(([, y]) => y));
    const y = box.float32(operands.length);
    box.run(call('modulo', a.address, b.address, y.address, 1, operands.length, 0, 1, 0, 1));
    expect([...y.read()]).toEqual(broadcast(f, a.read(), b.read(), 1, operands.length, 0, 1, 0, 1));
  });
});
