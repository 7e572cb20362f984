import { describe, expect, it } from 'vitest';
import { currentTrace, type Trace } from '../../src/graph/trace.ts';
import type { Value } from '../../src/graph/value.ts';
import { Variable } from '../../src/graph/variable.ts';
import { allocate, free, uint32At } from '../../src/kernels/memory.ts';
import { ARENA, buildPlan, inArena, type Plan } from '../../src/plan/plan.ts';
import { printPlan, summarizePlan } from '../../src/plan/print.ts';
import { gradientsOf } from '../../src/primitives/arithmetic.ts';
import { add, subtract } from '../../src/primitives/binary.ts';
import { reshape } from '../../src/primitives/layout.ts';
import { dense, matmul } from '../../src/primitives/matmul.ts';
import { sum } from '../../src/primitives/reduce.ts';
import { affine, exp, relu, square, tanh, toInt } from '../../src/primitives/unary.ts';
import { assignAdd, update } from '../../src/primitives/update.ts';
import { randoms } from '../kernels/harness.ts';
import { play } from './interpret.ts';
import { randomGraph } from './random-graph.ts';
import { bits, kernelsOf, planOf, runLikeGraph, traced } from './traced.ts';

describe('random graphs', () => {
  it('give the same bits through a plan as without one', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const graph = randomGraph(seed);
      runLikeGraph(graph, graph.inputs, `graph ${seed}, `);
    }
  });

  it('share memory, except with guards', () => {
    let [shared, apart] = [0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const { trace, outputs } = randomGraph(seed);
      const plan = buildPlan(trace, outputs);
      expect(plan.arenaBytes).toBeGreaterThan(0);
      shared += plan.arenaBytes;
      apart += plan.bytesWithoutReuse;
      expect(buildPlan(trace, outputs, { guarded: true }).arenaBytes).toBeGreaterThan(plan.bytesWithoutReuse);
    }
    expect(shared).toBeLessThan(apart / 1.5);
  });

  it('give the same bits on 1 to 7 threads', () => {
    for (let seed = 200; seed < 215; seed++) {
      const { trace, outputs, inputs, variables } = randomGraph(seed);
      expectSameOnThreads(buildPlan(trace, outputs), trace, inputs, variables);
    }
  });
});

/** Plays the plan's instructions thread after thread, for 1 to 7 threads, and compares the whole arena and the variables. */
function expectSameOnThreads(plan: Plan, trace: Trace, inputs: readonly Float32Array[], variables: readonly Variable[]): void {
  const base = allocate(plan.arenaBytes);
  const place = (number: number) => (inArena(number) ? number - ARENA + base : number);
  const words = Math.ceil(plan.arenaBytes / 4);
  const start = variables.map((variable) => variable.view().slice());
  let first: Uint32Array[] | undefined;
  for (let threads = 1; threads <= 7; threads++) {
    uint32At(base, words).fill(0x7fc00000);
    for (const [i, variable] of variables.entries()) variable.view().set(start[i]);
    for (const [i, values] of inputs.entries()) uint32At(place(plan.inputs[i].address), values.length).set(bits(values));
    for (const [i, { write }] of trace.feeds.entries()) write(place(plan.feeds[i].address));
    for (const { kernel, numbers } of plan.instructions) {
      for (let thread = threads - 1; thread >= 0; thread--) play([kernel, ...numbers.map(place)], thread, threads);
    }
    const state = [uint32At(base, words), ...variables.map(({ address, size }) => uint32At(address, size))].map((part) => part.slice());
    first ??= state;
    expect(state, `${threads} threads\n${printPlan(plan)}`).toEqual(first);
  }
  for (const [i, variable] of variables.entries()) variable.view().set(start[i]);
  free(base);
}

describe('updates of weights', () => {
  const pair = () => [new Variable('a', [4, 4], randoms(16, 1)), new Variable('b', [4, 4], randoms(16, 2))] as const;

  it.each([
    ['a first', [0, 1]],
    ['b first', [1, 0]],
  ] as const)('wait for every reader of the old value, %s', (_, order) => {
    const variables = pair();
    const graph = traced([[3, 4]], (x) => {
      const trace = currentTrace();
      const [a, b] = variables.map((variable) => trace.read(variable));
      const loss = sum(square(matmul(tanh(matmul(x, a)), b)));
      // The gradient by a reads the old b: b's update may not come first, even where it is asked for first.
      for (const i of order) assignAdd(variables[i], affine(gradientsOf(loss, [[a, b][i]])[0] as Value, -0.1, 0));
      return [trace.read(variables[0]), trace.read(variables[1]), loss];
    });
    runLikeGraph(graph, [randoms(12, 5)]);
  });

  it('wait for readers through views, and through views of views', () => {
    const [a] = pair();
    const graph = traced([[4, 4]], (x) => {
      const trace = currentTrace();
      const flat = reshape(trace.read(a), [16]);
      const back = reshape(flat, [2, 8]);
      assignAdd(a, x);
      // Made after the update, of what was read before it.
      return [exp(back), tanh(flat), exp(trace.read(a))];
    });
    runLikeGraph(graph, [randoms(16, 6)]);
  });

  it('follow one another, each seeing the one before', () => {
    const [a] = pair();
    const graph = traced([[4, 4]], (x) => {
      const trace = currentTrace();
      const versions = [0, 1, 2].map(() => {
        const now = exp(trace.read(a));
        assignAdd(a, x);
        return now;
      });
      return [...versions, trace.read(a)];
    });
    runLikeGraph(graph, [randoms(16, 6)]);
  });

  it('of two variables by one op', () => {
    const [a, b] = pair();
    const graph = traced([[4, 4]], (x) => {
      const trace = currentTrace();
      const before = subtract(trace.read(a), trace.read(b));
      update('both', [a, b], [x], ([p, q, z]) => [
        ['addInto', z, p, 16],
        ['addInto', p, q, 16],
      ]);
      return [before, trace.read(a), trace.read(b)];
    });
    runLikeGraph(graph, [randoms(16, 6)]);
  });

  it('may not overwrite what is asked for as an output', () => {
    const [a] = pair();
    for (const view of [false, true]) {
      const graph = traced([[4, 4]], (x) => {
        const old = currentTrace().read(a);
        assignAdd(a, x);
        return [view ? reshape(old, [16]) : old];
      });
      expect(() => planOf(graph)).toThrow(
        'assignAdd: expected old contents of a weight that are read before it is assigned, got one that is given as a result',
      );
    }
  });

  it('may not wait for themselves', () => {
    const [a, b] = pair();
    const graph = traced([], () => {
      const trace = currentTrace();
      const [x, y] = [trace.read(a), trace.read(b)];
      assignAdd(a, y);
      assignAdd(b, x);
      return [];
    });
    expect(() => planOf(graph)).toThrow(
      'assignAdd: expected old contents of a weight that are read before it is assigned, got one that is read again',
    );
  });
});

describe('fusion', () => {
  const kernel = new Variable('kernel', [4, 5], randoms(20, 1));
  const bias = new Variable('bias', [5], randoms(5, 2));
  const layer = (x: Value) => dense(x, currentTrace().read(kernel), currentTrace().read(bias));

  it('of matmul and relu, when nobody else reads what lies between', () => {
    const graph = traced([[3, 4]], (x) => [relu(layer(x))]);
    expect(kernelsOf(planOf(graph))).toEqual(['matmulPack', 'matmulPack', 'matmulTiles']);
    runLikeGraph(graph, [randoms(12, 4)]);
  });

  it('in a training step, since the gradient of relu needs its output alone', () => {
    const graph = traced([[3, 4]], (x) => gradientsOf(sum(relu(layer(x))), [currentTrace().read(kernel)]) as Value[]);
    expect(kernelsOf(planOf(graph))).not.toContain('relu');
    runLikeGraph(graph, [randoms(12, 4)]);
  });

  it.each<[string, (y: Value) => readonly Value[]]>([
    ['is an output', (y) => [relu(y), y]],
    ['is read by another op', (y) => [relu(y), tanh(y)]],
    ['is read by the same kind of op twice', (y) => [add(relu(y), relu(y))]],
    ['is read through a view', (y) => [relu(y), exp(reshape(y, [15]))]],
    ['is an output through a view', (y) => [relu(y), reshape(y, [15])]],
  ])('does not happen when the pre-activation %s', (_, body) => {
    const graph = traced([[3, 4]], (x) => body(layer(x)));
    expect(kernelsOf(planOf(graph))).toContain('relu');
    runLikeGraph(graph, [randoms(12, 4)]);
  });

  it('does not happen with other activations', () => {
    const graph = traced([[3, 4]], (x) => [tanh(layer(x))]);
    expect(kernelsOf(planOf(graph))).toContain('tanh');
  });
});

describe('a plan', () => {
  const w = new Variable('w', [4, 3], randoms(12, 1));
  const small = () =>
    planOf(
      traced([[2, 4]], (x) => {
        const trace = currentTrace();
        const y = trace.withOwner('dense', () => relu(dense(x, trace.read(w))));
        assignAdd(
          w,
          trace.withOwner('scale', () => affine(trace.read(w), 0.5, 0)),
        );
        return [y];
      }),
    );

  it('prints', () => {
    const text = printPlan(small()).replaceAll(String(w.address), 'w');
    expect(text).toMatchInlineSnapshot(`
      "plan for [2, 4]: 5 instructions, arena 320 bytes (296 without reuse)
         0  matmulPack(arena+192, arena+0, 1, 0, 2, 4, 1, 4)  # matmul (dense)
         1  matmulPack(w, arena+64, 1, 0, 3, 4, 0, 8)  # matmul (dense)
         2  matmulTiles(arena+0, arena+64, 0, arena+256, 1, 2, 4, 3, 1, 1, 1)  # matmul (dense): arena+192 [2, 4], w@w [4, 3] -> arena+256 [2, 3]
         3  affine(w, arena+0, 12, 0.5, 0)  # affine (scale): w@w [4, 3] -> arena+0 [4, 3]
         4  addInto(arena+0, w, 12)  # assignAdd: w@w [4, 3], arena+0 [4, 3] -> w [4, 3]"
    `);
    expect(summarizePlan(small())).toBe(text.split('\n')[0]);
  });

  it('prints the name of a variable under another shape, and dtypes that are not float32', () => {
    const plan = planOf(traced([[3]], (x) => [toInt(add(x, reshape(currentTrace().read(w), [2, 2, 3])))]));
    const text = printPlan(plan).replaceAll(String(w.address), 'here');
    expect(text).toContain('# add: arena+64 [3], w@here [2, 2, 3] -> arena+0 [2, 2, 3]\n');
    expect(text).toMatch(/# toInt: arena\+0 \[2, 2, 3\] -> arena\+\d+ int32\[2, 2, 3\]$/);
  });

  it('is plain data', () => {
    const plan = small();
    expect(structuredClone(plan)).toEqual(plan);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(small()).toEqual(plan);
  });

  it('says of each instruction what it is for and what it costs', () => {
    const { instructions } = small();
    const tiles = instructions.find(({ kernel }) => kernel === 'matmulTiles');
    expect(tiles).toMatchObject({ op: 'matmul', owner: 'dense', flops: 2 * 2 * 4 * 3, bytes: 4 * (8 + 12 + 6) });
    expect(tiles?.writes.map((slot) => slot.shape)).toEqual([[2, 3]]);
    expect(instructions.filter(({ op }) => op === 'matmul').map(({ flops }) => flops)).toEqual([0, 0, 48]);
  });
});
