import { describe, expect, it } from 'vitest';
import { Trace, tracing } from '../../src/graph/trace.ts';
import { Variable } from '../../src/graph/variable.ts';
import { affine } from '../../src/primitives/unary.ts';
import * as ops from '../../src/primitives/update.ts';
import { compileTrace } from '../../src/runtime/compile.ts';
import { randoms } from '../kernels/harness.ts';
import { expectSamples } from './samples.ts';
import { checkUpdates, type Update } from './updates.ts';

const x = randoms(15, 3);
const w = randoms(15, 4, 0, 1);
const sum = (v: ArrayLike<number>) => Array.from(v).reduce((a, b) => a + b, 0);

const samples: Record<string, readonly Update[]> = {
  assign: [{ shape: [3, 5], values: [x], apply: (v, [a]) => ops.assign(v, a), expected: (_, i) => x[i] }],
  assignAdd: [{ shape: [3, 5], values: [x], apply: (v, [a]) => ops.assignAdd(v, a), expected: (s, i) => s + x[i] }],
  assignMoving: [
    { shape: [3, 5], values: [x], apply: (v, [a]) => ops.assignMoving(v, a, 0.75), expected: (s, i) => s * 0.75 + x[i] * 0.25 },
  ],
  accumulateMean: [
    { shape: [2], values: [x], apply: (v, [a]) => ops.accumulateMean(v, a), expected: (s, i) => s + [sum(x), 15][i] },
    {
      shape: [2],
      values: [x, w],
      apply: (v, [a, b]) => ops.accumulateMean(v, a, b),
      expected: (s, i) => s + [sum(x.map((e, k) => e * w[k])), sum(w)][i],
    },
  ],
  update: [
    {
      shape: [3, 5],
      values: [x],
      apply: (v, [a]) =>
        ops.update('twice', [v], [a], ([y, z]) => [
          ['addInto', z, y, 15],
          ['addInto', z, y, 15],
        ]),
      expected: (s, i) => s + 2 * x[i],
    },
  ],
};

describe('updates', () => {
  expectSamples(ops, { ...samples, rewrite: 'constraints.test.ts' });

  checkUpdates(samples);

  it('a value read before an update is the old one, after it the new one', () => {
    const variable = new Variable('v', [3], [1, 2, 3]);
    const trace = new Trace();
    const outputs = tracing(trace, () => {
      const old = affine(trace.read(variable), 10, 0);
      ops.assignAdd(variable, trace.read(variable));
      return [old, affine(trace.read(variable), 10, 0)];
    });
    const program = compileTrace(trace, outputs);
    program.run();
    expect([...program.output(0)]).toEqual([10, 20, 30]);
    expect([...program.output(1)]).toEqual([20, 40, 60]);
    expect([...variable.view()]).toEqual([2, 4, 6]);
  });
});
