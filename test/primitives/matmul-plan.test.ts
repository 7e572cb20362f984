// matmulCalls and matmulScratch are tested with their kernels in test/kernels/matmul.test.ts; this file looks at what only
// a plan sees.
import { describe, expect, it } from 'vitest';
import * as ops from '../../src/primitives/matmul-plan.ts';

const shape = (more: Partial<ops.MatmulShape>): ops.MatmulShape => ({
  batch: 1,
  m: 4,
  k: 3,
  n: 8,
  strideA: 0,
  strideB: 0,
  transposeA: false,
  transposeB: false,
  ...more,
});

describe('matmul plan', () => {
  it('exports what is tested here', () => {
    expect(Object.keys(ops).sort()).toEqual(['matmulCalls', 'matmulScratch']);
  });

  it.each([{ m: 0 }, { n: 0 }, { batch: 0 }])('has nothing to do for %j', (more) => {
    expect(ops.matmulCalls(shape(more), 64, 128, 0, 256, 512, 0)).toEqual([]);
  });

  it.each([{ m: 1 }, { n: 1 }])('packs nothing for %j', (more) => {
    expect(ops.matmulScratch(shape(more))).toBe(0);
    expect(ops.matmulCalls(shape(more), 64, 128, 0, 256, 512, 0)).toHaveLength(1);
  });

  it('treats a stack times one matrix as one tall matrix', () => {
    const tall = ops.matmulCalls(shape({ batch: 5, strideA: 12 }), 64, 128, 0, 256, 512, 1);
    expect(tall).toEqual(ops.matmulCalls(shape({ m: 20, strideA: 12 }), 64, 128, 0, 256, 512, 1));
  });

  it('gives scratch for whole panels', () => {
    expect(ops.matmulScratch(shape({ m: 5, n: 9 }))).toBe((8 + 16) * 3 * 4);
  });
});
