import { describe, expect, it } from 'vitest';
import { currentTrace, Trace, tracing } from '../../src/graph/trace.ts';
import type { Value } from '../../src/graph/value.ts';
import { Variable } from '../../src/graph/variable.ts';
import { gradientsOf } from '../../src/ops/arithmetic.ts';
import { add, multiply, subtract } from '../../src/ops/binary.ts';
import { reshape, transpose } from '../../src/ops/layout.ts';
import { dense, matmul } from '../../src/ops/matmul.ts';
import { sum } from '../../src/ops/reduce.ts';
import { affine, exp, relu, square, tanh } from '../../src/ops/unary.ts';
import { assignAdd, update } from '../../src/ops/update.ts';
import { type Lifetime, placeInArena } from '../../src/plan/arena.ts';
import { ARENA, buildPlan, inArena, type Plan } from '../../src/plan/plan.ts';
import { printPlan, summarizePlan } from '../../src/plan/print.ts';
import { compileTrace } from '../../src/runtime/compile.ts';
import { allocate, free, uint32At } from '../../src/runtime/memory.ts';
import { random, randoms } from '../kernels/harness.ts';
import { interpret, play } from './interpret.ts';
import { randomGraph } from './random-graph.ts';

interface Traced {
  readonly trace: Trace;
  readonly outputs: readonly Value[];
}

function traced(shapes: readonly (readonly number[])[], body: (...inputs: Value[]) => readonly Value[]): Traced {
  const trace = new Trace({ training: true });
  const outputs = tracing(trace, () => body(...shapes.map((shape) => trace.input({ shape, dtype: 'float32' }))));
  return { trace, outputs };
}

const planOf = ({ trace, outputs }: Traced): Plan => buildPlan(trace, outputs);
const kernelsOf = (plan: Plan): string[] => plan.instructions.map(({ kernel }) => kernel);
const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.buffer, values.byteOffset, values.length);

/** Runs a traced graph through a plan, and demands the bits that the graph gives without one. */
function runLikeGraph({ trace, outputs }: Traced, inputs: readonly Float32Array[]): Float32Array[] {
  const expected = interpret(trace, outputs, inputs);
  const program = compileTrace(trace, outputs);
  for (const [i, values] of inputs.entries()) program.input(i).set(values);
  program.run();
  const actual = outputs.map((_, i) => program.output(i).slice() as Float32Array);
  for (const [i, values] of actual.entries()) expect(bits(values), `output ${i}\n${printPlan(program.plan)}`).toEqual(bits(expected[i]));
  return actual;
}

describe('random graphs', () => {
  it('give the same bits through a plan as without one', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const graph = randomGraph(seed);
      const expected = interpret(graph.trace, graph.outputs, graph.inputs);
      const program = compileTrace(graph.trace, graph.outputs);
      for (const [i, values] of graph.inputs.entries()) program.input(i).set(values);
      program.run();
      for (const [i, values] of expected.entries()) {
        expect(bits(program.output(i) as Float32Array), `graph ${seed}, output ${i}\n${printPlan(program.plan)}`).toEqual(bits(values));
      }
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
      expect(() => planOf(graph)).toThrow('internal: an output is overwritten by assignAdd');
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
    expect(() => planOf(graph)).toThrow('internal: assignAdd () both reads and is read after an overwrite');
  });
});

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
      program.input(0).set(randoms(rows * 8, rows));
      program.run();
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
        const y = trace.own('dense', () => relu(dense(x, trace.read(w))));
        assignAdd(
          w,
          trace.own('scale', () => affine(trace.read(w), 0.5, 0)),
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
         2  matmulTiles(arena+0, arena+64, 0, arena+256, 1, 2, 4, 3, 1, 1, 1)  # matmul (dense)
         3  affine(w, arena+0, 12, 0.5, 0)  # affine (scale)
         4  addInto(arena+0, w, 12)  # assignAdd"
    `);
    expect(summarizePlan(small())).toBe(text.split('\n')[0]);
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
