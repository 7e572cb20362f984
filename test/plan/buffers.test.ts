// Which values share memory.
import { describe, expect, it } from 'vitest';
import { currentTrace } from '../../src/graph/trace.ts';
import type { Value } from '../../src/graph/value.ts';
import { Variable } from '../../src/graph/variable.ts';
import { type Lifetime, placeInArena } from '../../src/plan/memory-planner.ts';
import { add, multiply } from '../../src/primitives/binary.ts';
import { reshape, transpose } from '../../src/primitives/layout.ts';
import { matmul } from '../../src/primitives/matmul.ts';
import { exp, relu, tanh } from '../../src/primitives/unary.ts';
import { compileTrace } from '../../src/runtime/compile.ts';
import { random, randoms } from '../kernels/harness.ts';
import { planOf, runLikeGraph, traced } from './traced.ts';

describe('sharing of buffers', () => {
  it('an op takes over its input when nobody reads it later', () => {
    const plan = planOf(traced([[4]], (x) => [tanh(exp(x))]));
    expect(plan.outputs[0].address).toBe(plan.inputs[0].address);
    expect(plan.arenaBytes).toBe(64);
  });

  it.each<[string, (x: Value, y: Value) => readonly Value[]]>([
    ['itself', (x) => [add(exp(x), x)]],
    [
      'through a view made before',
      (x) => {
        const view = reshape(x, [2, 2]);
        const y = exp(x);
        return [add(reshape(y, [2, 2]), view)];
      },
    ],
    [
      'through a view made afterwards',
      (x) => {
        const y = exp(x);
        return [add(reshape(y, [2, 2]), reshape(x, [2, 2]))];
      },
    ],
    ['as an output', (x) => [exp(x), x]],
    ['as an output through a view', (x) => [exp(x), reshape(x, [2, 2])]],
  ])('an op leaves alone an input that is read later: %s', (_, body) => {
    const graph = traced([[4]], body);
    const plan = planOf(graph);
    expect(plan.instructions[0].writes[0].address).not.toBe(plan.inputs[0].address);
    runLikeGraph(graph, [randoms(4, 3)]);
  });

  it('a variable is never taken over', () => {
    const variable = new Variable('v', [4], [1, 2, 3, 4]);
    const graph = traced([], () => [exp(currentTrace().read(variable)), exp(reshape(currentTrace().read(variable), [2, 2]))]);
    runLikeGraph(graph, []);
    expect([...variable.view()]).toEqual([1, 2, 3, 4]);
  });

  it('an input of another size is not taken over', () => {
    const graph = traced([[4], [3, 4]], (x, y) => [add(x, y)]);
    const plan = planOf(graph);
    expect(plan.outputs[0].address).toBe(plan.inputs[1].address);
    runLikeGraph(graph, [randoms(4, 1), randoms(12, 2)]);
  });

  it.each<[string, (x: Value) => readonly Value[]]>([
    ['added', (x) => [add(x, x)]],
    ['multiplied by a view of itself', (x) => [multiply(x, reshape(reshape(x, [16]), [4, 4]))]],
    ['times itself', (x) => [matmul(x, x)]],
    ['times itself transposed', (x) => [matmul(x, x, false, true), matmul(x, transpose(x, [1, 0]))]],
    ['asked for twice', (x) => [x, x, exp(x)]],
    ['asked for as a view', (x) => [reshape(x, [16]), x]],
  ])('a value that is both inputs: %s', (_, body) => {
    runLikeGraph(traced([[4, 4]], body), [randoms(16, 8)]);
  });

  it('a variable that two layers read, and that is an output', () => {
    const w = new Variable('w', [4, 4], randoms(16, 4));
    const graph = traced([[4, 4]], (x) => {
      const kernel = currentTrace().read(w);
      return [matmul(relu(matmul(x, kernel)), kernel), kernel, reshape(kernel, [16])];
    });
    const plan = planOf(graph);
    expect(plan.outputs.slice(1).map((slot) => slot.address)).toEqual([w.address, w.address]);
    runLikeGraph(graph, [randoms(16, 8)]);
  });

  it('inputs that nobody reads keep their own bytes until the run', () => {
    const graph = traced([[4], [4], [4]], (_a, b) => [exp(b)]);
    const plan = planOf(graph);
    expect(new Set(plan.inputs.map((slot) => slot.address)).size).toBe(3);
    runLikeGraph(graph, [randoms(4, 1), randoms(4, 2), randoms(4, 3)]);
  });
});

describe('the arena', () => {
  it('never gives bytes to two buffers that live at once, and puts guards behind each', () => {
    const next = random(99);
    const below = (n: number) => Math.floor(next() * n);
    for (let round = 0; round < 200; round++) {
      const gap = round % 2 ? 64 : 0;
      const lifetimes: Lifetime[] = Array.from({ length: 1 + below(30) }, () => {
        const first = below(20) - 1;
        return { bytes: below(5) ? 4 * below(200) : 0, first, last: first + below(10), offset: -1 };
      });
      const total = placeInArena(lifetimes, gap);
      for (const [i, a] of lifetimes.entries()) {
        expect(a.offset % 64).toBe(0);
        expect(a.offset + a.bytes + gap).toBeLessThanOrEqual(total);
        for (const b of lifetimes.slice(i + 1)) {
          const together = a.first <= b.last && b.first <= a.last;
          const overlap = a.offset < b.offset + b.bytes + gap && b.offset < a.offset + a.bytes + gap;
          expect(together && overlap && a.bytes + gap > 0 && b.bytes + gap > 0, JSON.stringify([a, b])).toBe(false);
        }
      }
    }
  });

  it('moves when a larger plan needs more, and earlier programs follow', () => {
    const graphOf = (rows: number) => traced([[rows, 8]], (x) => [tanh(matmul(x, x, true)), relu(x)]);
    const [small, large] = [graphOf(2), graphOf(3000)].map(({ trace, outputs }) => compileTrace(trace, outputs));
    const run = (program: typeof small, rows: number) => {
      program.run((memory) => memory.set(randoms(rows * 8, rows)));
      return [program.output(0).slice(), program.output(1).slice()];
    };
    const first = run(small, 2);
    const big = run(large, 3000);
    // Something of another owner may lie where the arena was.
    const other = new Variable('other', [4096], randoms(4096, 7));
    expect(run(small, 2)).toEqual(first);
    expect(run(large, 3000)).toEqual(big);
    expect([...other.view()]).toEqual([...randoms(4096, 7)]);
  });

  it('refuses a plan that does not fit in 2 GiB', () => {
    const graph = traced([[70000, 70000]], (x) => [exp(x)]);
    expect(() => planOf(graph)).toThrow(/keratin: expected a plan of at most 2147483584 bytes, got 19600000000. Use a smaller batch./);
  });
});
