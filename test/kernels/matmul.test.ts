import { describe, expect, it } from 'vitest';
import type { KernelCall } from '../../src/kernels/kernel-call.ts';
import { type MatmulShape, matmulCalls, matmulScratch } from '../../src/primitives/matmul-plan.ts';
import { expectClose, random, randoms, Sandbox } from './harness.ts';
import { matmul, matmulInOrder } from './reference/matmul.ts';

const FORMS = [
  { transposeA: false, transposeB: false },
  { transposeA: false, transposeB: true },
  { transposeA: true, transposeB: false },
  { transposeA: true, transposeB: true },
];

interface Case {
  shape: MatmulShape;
  a: Float32Array;
  b: Float32Array;
  bias: Float32Array | null;
  relu: boolean;
  offset: number;
}

function shapeOf(m: number, k: number, n: number, rest: Partial<MatmulShape> = {}): MatmulShape {
  return { batch: 1, m, k, n, strideA: m * k, strideB: k * n, transposeA: false, transposeB: false, ...rest };
}

function caseOf(shape: MatmulShape, rest: Partial<Case> = {}): Case {
  const count = (stride: number): number => (stride === 0 ? 1 : shape.batch);
  const a = randoms(count(shape.strideA) * shape.m * shape.k, 1);
  const b = randoms(count(shape.strideB) * shape.k * shape.n, 2);
  return { shape, a, b, bias: null, relu: false, offset: 0, ...rest };
}

/** The results of the plans of all cases, run in one sandbox for 1 to 7 threads. */
function results(cases: Case[]): Float32Array[] {
  const box = new Sandbox();
  const calls: KernelCall[] = [];
  const outs = cases.map(({ shape, a, b, bias, relu, offset }) => {
    const [left, right, out] = [box.float32(a, offset), box.float32(b, offset), box.float32(shape.batch * shape.m * shape.n, offset)];
    const rows = bias ? box.float32(bias, offset).address : 0;
    const scratch = box.float32(matmulScratch(shape) / 4);
    calls.push(...matmulCalls(shape, left.address, right.address, rows, out.address, scratch.address, relu ? 1 : 0));
    return out;
  });
  box.run(...calls);
  return outs.map((out) => out.read());
}

/** Every bit as the naive loop in the promised order gives it, and close to the sum in f64. */
function check(cases: Case[]): void {
  const outs = results(cases);
  cases.forEach(({ shape, a, b, bias, relu }, i) => {
    const { batch, m, k, n, transposeA, transposeB } = shape;
    const name = `${batch} x [${m},${k}${transposeA ? ' T' : ''}] x [${k},${n}${transposeB ? ' T' : ''}]`;
    const inOrder = matmulInOrder(shape, a, b, bias, relu);
    const at = outs[i].findIndex((v, j) => !Object.is(v, inOrder[j]));
    expect(at, `${name}: [${at}] is ${outs[i][at]}, in order ${inOrder[at]}`).toBe(-1);
    expectClose(outs[i], matmul(shape, a, b, bias, relu), { relative: 1e-5, absolute: 2e-7 * (k + 4), name });
  });
}

describe.each(FORMS)('matmul, transposeA $transposeA, transposeB $transposeB', (form) => {
  it.each([1, 2, 3, 4, 5, 7, 8, 9])('computes every small shape of %i rows', (m) => {
    const sizes = [1, 2, 3, 4, 5, 7, 8, 9];
    check(sizes.flatMap((n) => sizes.map((k) => caseOf(shapeOf(m, k, n, form)))));
  });

  it('computes sizes around the widths of tiles, groups of rows and blocks of k', () => {
    const next = random(7);
    const sizes = [1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 68, 129];
    const pick = (): number => sizes[Math.floor(next() * sizes.length)];
    check(Array.from({ length: 30 }, () => caseOf(shapeOf(pick(), pick(), pick(), form))));
    for (const k of [255, 256, 257, 513]) {
      check(
        [
          [5, 9],
          [8, 16],
          [1, 17],
          [33, 1],
          [18, 20],
        ].map(([m, n]) => caseOf(shapeOf(m, k, n, form))),
      );
    }
  });

  it('computes the shapes of small models', () => {
    check(
      [
        [32, 32, 1],
        [64, 16, 16],
        [10, 32, 1],
        [32, 1, 10],
        [1, 32, 10],
      ].map(([m, k, n]) => caseOf(shapeOf(m, k, n, form))),
    );
  });

  it('adds the bias to every row and applies relu', () => {
    for (const [m, k, n] of [
      [1, 5, 1],
      [1, 300, 21],
      [6, 3, 1],
      [4, 8, 8],
      [7, 300, 11],
      [70, 6, 19],
    ]) {
      const [shape, bias] = [shapeOf(m, k, n, form), randoms(n, 9)];
      check([{ bias }, { bias, offset: 4 }, { bias, relu: true }, { relu: true }].map((rest) => caseOf(shape, rest)));
    }
  });

  it('multiplies a batch, each operand shared or its own', () => {
    for (const [m, k, n] of [
      [1, 6, 7],
      [7, 6, 1],
      [1, 5, 1],
      [5, 7, 9],
      [8, 4, 8],
      [12, 260, 16],
    ]) {
      const strides = [0, m * k].flatMap((strideA) => [0, k * n].map((strideB) => ({ strideA, strideB })));
      check(strides.map((stride) => caseOf(shapeOf(m, k, n, { ...form, batch: 3, ...stride }), { bias: randoms(n, 5) })));
    }
  });

  it('gives the bias, or 0, when there is nothing to sum', () => {
    for (const [m, n] of [
      [1, 1],
      [1, 9],
      [9, 1],
      [6, 11],
    ]) {
      const [shape, bias] = [shapeOf(m, 0, n, form), randoms(n, 3)];
      const rows = Float32Array.from({ length: m * n }, (_, i) => bias[i % n]);
      expect(results([caseOf(shape), caseOf(shape, { bias })])).toEqual([new Float32Array(m * n), rows]);
    }
  });

  it('passes NaN and infinities on, 0 * Infinity too', () => {
    for (const [m, k, n] of [
      [1, 9, 17],
      [17, 9, 1],
      [9, 6, 13],
    ]) {
      for (const value of [NaN, Infinity, -Infinity]) {
        const a = new Float32Array(m * k);
        const b = randoms(k * n, 4);
        b[0] = value;
        const shape = shapeOf(m, k, n, form);
        expect(results([caseOf(shape, { a, b })])[0][0]).toBeNaN();
        check([caseOf(shape, { a, b }), caseOf(shape, { a, b, relu: true }), caseOf(shape, { b, relu: true })]);
      }
    }
  });
});

describe('matmul', () => {
  it('plans nothing for an empty result', () => {
    for (const shape of [shapeOf(0, 3, 4), shapeOf(3, 3, 0), shapeOf(2, 3, 4, { batch: 0 })]) {
      expect(matmulCalls(shape, 64, 64, 0, 64, 64, 0)).toEqual([]);
      expect(matmulScratch(shape)).toBe(0);
    }
  });

  it('packs nothing for a vector', () => {
    for (const form of FORMS)
      for (const [m, n] of [
        [1, 100],
        [100, 1],
      ])
        expect(matmulScratch(shapeOf(m, 50, n, form))).toBe(0);
  });

  it('only ever adds to the addresses it is given', () => {
    const far = 2 ** 40;
    for (const [m, n] of [
      [33, 17],
      [1, 17],
      [33, 1],
    ]) {
      const shape = shapeOf(m, 20, n, { batch: 2, transposeB: true });
      const near = matmulCalls(shape, 1000, 2000, 3000, 4000, 5000, 0);
      const moved = matmulCalls(shape, far + 1000, far + 2000, far + 3000, far + 4000, far + 5000, 0);
      const back = moved.map((call) => call.map((v) => (typeof v === 'number' && v >= far ? v - far : v)));
      expect(back).toEqual(near);
    }
  });

  it('gives an element the same bits in every product that it is part of', () => {
    const [m, k, n] = [70, 300, 37];
    const { shape, a, b } = caseOf(shapeOf(m, k, n));
    const [whole] = results([caseOf(shape)]);
    for (const row of [0, 3, 69]) {
      const [alone] = results([caseOf(shapeOf(1, k, n), { a: a.slice(row * k, (row + 1) * k), b })]);
      expect(alone).toEqual(whole.slice(row * n, (row + 1) * n));
    }
    const column = Float32Array.from({ length: k }, (_, p) => b[p * n + 36]);
    const [alone] = results([caseOf(shapeOf(m, k, 1), { a, b: column })]);
    expect(alone).toEqual(Float32Array.from({ length: m }, (_, i) => whole[i * n + 36]));
  });
});
