import { describe, expect, it } from 'vitest';
import { Trace, tracing } from '../../src/graph/trace.ts';
import type { Value } from '../../src/graph/value.ts';
import { Variable } from '../../src/graph/variable.ts';
import { buildPlan, type Plan } from '../../src/plan/plan.ts';
import { costs, repeatable, threadsFor } from '../../src/plan/threads.ts';
import { gather } from '../../src/primitives/embedding.ts';
import { matmul } from '../../src/primitives/matmul.ts';
import { exp } from '../../src/primitives/unary.ts';
import { assignAdd } from '../../src/primitives/update.ts';

function planOf(body: (trace: Trace) => Value[]): Plan {
  const trace = new Trace();
  return buildPlan(
    trace,
    tracing(trace, () => body(trace)),
  );
}

const input = (trace: Trace, ...shape: number[]) => trace.input({ shape, dtype: 'float32' });
const product = (n: number) => planOf((trace) => [matmul(input(trace, n, n), input(trace, n, n))]);
const kernelsOf = ({ instructions }: Plan) => instructions.map(({ kernel }) => kernel);

describe('threadsFor', () => {
  it('gives small instructions one thread and large ones as many as there are', () => {
    expect(threadsFor(costs(product(16)), 8)).toEqual([1, 1, 1]);
    expect(threadsFor(costs(product(1024)), 8)).toEqual([8, 8, 8]);
  });

  it('gives no thread less than its chunk of work', () => {
    const plan = product(512);
    expect(kernelsOf(plan)).toEqual(['matmulPack', 'matmulPack', 'matmulTiles']);
    const [packA, packB, tiles] = threadsFor(costs(plan), 128);
    expect(packA).toBe(packB);
    expect(packA).toBeGreaterThan(1);
    expect(packA).toBeLessThan(10);
    expect(tiles).toBeGreaterThan(20);
  });

  it('looks at the rows that are picked from a table, not at the table', () => {
    const rows = (count: number) =>
      planOf((trace) => [gather(trace.read(new Variable('table', [20_000, 64])), trace.input({ shape: [count], dtype: 'int32' }))]);
    expect(threadsFor(costs(rows(10)), 8)).toEqual([1]);
    expect(threadsFor(costs(rows(20_000)), 8)).toEqual([8]);
  });
});

describe('repeatable', () => {
  it('is what reads nothing that it writes', () => {
    const plan = product(64);
    expect(plan.instructions.map((_, i) => repeatable(plan, i))).toEqual([true, true, true]);
    const variable = new Variable('v', [4]);
    const fresh = planOf((trace) => [exp(trace.read(variable))]);
    expect(kernelsOf(fresh).map((_, i) => repeatable(fresh, i))).toEqual([true]);
  });

  it('is not what overwrites its input', () => {
    const chain = planOf((trace) => [exp(exp(input(trace, 100)))]);
    expect(chain.instructions.map(({ inPlace }) => inPlace)).toContain(true);
    for (const [i, { inPlace }] of chain.instructions.entries()) expect(repeatable(chain, i)).toBe(!inPlace);
    const variable = new Variable('v', [4]);
    const update = planOf((trace) => {
      assignAdd(variable, input(trace, 4));
      return [];
    });
    expect(kernelsOf(update)).toEqual(['addInto']);
    expect(repeatable(update, 0)).toBe(false);
  });
});
