// KERATIN_CHECK and KERATIN_DEBUG, read when a program is made.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Trace, tracing } from '../../src/graph/trace.ts';
import type { Value } from '../../src/graph/value.ts';
import { uint32At } from '../../src/kernels/memory.ts';
import { Dense } from '../../src/layers/index.ts';
import { ARENA } from '../../src/plan/plan.ts';
import { add } from '../../src/primitives/binary.ts';
import { reshape } from '../../src/primitives/layout.ts';
import { exp, log, relu, tanh } from '../../src/primitives/unary.ts';
import { compileTrace } from '../../src/runtime/compile.ts';
import { Profile } from '../../src/runtime/profile.ts';
import type { Program } from '../../src/runtime/program.ts';
import { interpret } from '../plan/interpret.ts';
import { randomGraph } from '../plan/random-graph.ts';

const settings = globalThis as { KERATIN_CHECK?: string; KERATIN_DEBUG?: string };

afterEach(() => {
  delete settings.KERATIN_CHECK;
  delete settings.KERATIN_DEBUG;
  vi.restoreAllMocks();
});

function programOf(shape: readonly number[], body: (x: Value) => readonly Value[]): Program {
  const trace = new Trace();
  return compileTrace(
    trace,
    tracing(trace, () => body(trace.input({ shape, dtype: 'float32' }))),
  );
}

function run(program: Program, values: ArrayLike<number>): Float32Array {
  program.run((memory) => memory.set(values));
  return program.output(0).slice() as Float32Array;
}

describe('KERATIN_CHECK', () => {
  it('names the op and layer where NaN first appears', () => {
    settings.KERATIN_CHECK = '1';
    const layer = new Dense(3, { name: 'dense_1' });
    layer.apply([[1, 2]]);
    layer.setWeights([
      [
        [1, 2, 3],
        [4, NaN, 6],
      ],
      [0, 0, 0],
    ]);
    expect(() => layer.apply([[1, 2]])).toThrow(
      /^NaN first appears in the output of matmul \(dense_1\), instruction \d+ \(matmul\w+\), at position 1 of \[1, 3\]$/,
    );
  });

  it('names infinities too, and ops without a layer', () => {
    settings.KERATIN_CHECK = '1';
    const program = programOf([2, 2], (x) => [exp(log(reshape(x, [4])))]);
    expect(() => run(program, [1, 2, 0, 3])).toThrow(
      '-Infinity first appears in the output of log, instruction 0 (log), at position 2 of [4]',
    );
    expect(run(program, [1, 1, 1, 1])[3]).toBe(1);
  });

  it.each([
    ['KERATIN_CHECK', 'yes', "KERATIN_CHECK: expected 1 or 0, got 'yes'. Change it or leave it out."],
    ['KERATIN_CHECK', '2', "KERATIN_CHECK: expected 1 or 0, got '2'. Change it or leave it out."],
    ['KERATIN_DEBUG', 'true', "KERATIN_DEBUG: expected 0, 1, 2 or 3, got 'true'. Change it or leave it out."],
    ['KERATIN_DEBUG', '4', "KERATIN_DEBUG: expected 0, 1, 2 or 3, got '4'. Change it or leave it out."],
  ] as const)('%s=%s is refused', (name, value, message) => {
    settings[name] = value;
    expect(() => programOf([2], (x) => [log(x)])).toThrow(message);
  });

  it.each(['1', 'true', true])('%j turns it on', (value) => {
    settings.KERATIN_CHECK = value as string;
    const program = programOf([2], (x) => [log(x)]);
    expect(() => run(program, [1, 0])).toThrow('-Infinity first appears');
  });

  it.each(['0', 'false', '', false])('%j says nothing', (value) => {
    settings.KERATIN_CHECK = value as string;
    const program = programOf([2], (x) => [log(x)]);
    expect([...run(program, [1, 0])]).toEqual([0, -Infinity]);
  });

  it('says nothing when it is off', () => {
    expect([
      ...run(
        programOf([2], (x) => [log(x)]),
        [0, -1],
      ),
    ]).toEqual([-Infinity, NaN]);
  });

  it('changes no number and finds nothing wrong in graphs that are right', () => {
    settings.KERATIN_CHECK = '1';
    for (let seed = 1; seed <= 60; seed++) {
      const { trace, outputs, inputs } = randomGraph(seed);
      const expected = interpret(trace, outputs, inputs);
      const program = compileTrace(trace, outputs);
      program.run((memory, i) => memory.set(inputs[i]));
      for (const [i, values] of expected.entries()) expect([...program.output(i)]).toEqual([...values]);
    }
  });

  it('finds what is written outside a buffer', () => {
    settings.KERATIN_CHECK = '1';
    const program = programOf([5], (x) => [add(tanh(x), relu(x))]);
    const { plan } = program;
    let base = 0;
    program.run((memory) => {
      base = memory.byteOffset - (plan.inputs[0].address - ARENA);
      memory.fill(1);
    });
    expect(plan.guards.length).toBeGreaterThan(1);
    for (const guard of plan.guards) {
      const spoil = (memory: Float32Array | Int32Array) => {
        memory.fill(1);
        uint32At(base + guard - ARENA, 1)[0] = 0;
      };
      expect(() => program.run(spoil)).toThrow(`internal: a kernel wrote outside its buffers, at arena+${guard - ARENA}`);
    }
  });

  it('fills the arena with NaN, so that what nobody wrote is seen', () => {
    settings.KERATIN_CHECK = '1';
    const program = programOf([4], (x) => [exp(x)]);
    const look = (memory: Float32Array | Int32Array) => expect([...memory]).toEqual([NaN, NaN, NaN, NaN]);
    expect(() => program.run(look)).toThrow('NaN first appears in the output of exp');
  });
});

describe('KERATIN_DEBUG', () => {
  const printed = (level: string, runs = 1): string[] => {
    settings.KERATIN_DEBUG = level;
    const lines: string[] = [];
    vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
    const program = programOf([2, 3], (x) => [tanh(exp(x))]);
    for (let i = 0; i < runs; i++) run(program, [1, 2, 3, 4, 5, 6]);
    return lines;
  };
  const summary = 'plan for [2, 3]: 2 instructions, arena 64 bytes (24 without reuse)';

  it('0 prints nothing', () => {
    expect(printed('0')).toEqual([]);
  });

  it('1 prints a summary of each plan', () => {
    expect(printed('1', 3)).toEqual([summary]);
  });

  it('2 prints times and rates of each instruction, then totals, after the first run and every hundredth', () => {
    const lines = printed('2', 100);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe(summary);
    for (const [i, runs] of [1, 100].entries()) {
      const [head, first, second, ...rest] = lines[i + 1].split('\n');
      expect(head).toBe(`${summary}, mean of ${runs}`);
      expect(first).toMatch(/^ +0 +[\d.]+ us +[\d.]+ GFLOP\/s +[\d.]+ GB\/s {2}exp {2}# exp$/);
      expect(second).toMatch(/^ +1 .* {2}tanh {2}# tanh$/);
      const totals = rest.map((line) => /^ *([\d.]+)% +([\d.]+) us +[\d.]+ GFLOP\/s +[\d.]+ GB\/s {2}(.*)$/.exec(line)?.slice(1) ?? [line]);
      const labels = totals.map((total) => total[2]);
      expect([labels[0], ...labels.slice(1).sort()]).toEqual(['total', 'exp  # exp', 'tanh  # tanh']);
      const [all, long, short] = totals.map(([share, time]) => ({ share: Number(share), time: Number(time) }));
      expect(long.time).toBeGreaterThanOrEqual(short.time);
      // Clocks of some engines see nothing of so short a run.
      if (all.time === 0) continue;
      expect(all.share).toBe(100);
      expect(long.share + short.share).toBeCloseTo(100, 0);
      expect(long.time + short.time).toBeCloseTo(all.time, 0);
    }
  });

  it('2 counts the instructions of a kernel and an op together', () => {
    const profile = new Profile(programOf([2, 3], (x) => [exp(exp(tanh(x)))]).plan);
    for (const [i, milliseconds] of [1, 2, 7].entries()) profile.add(i, milliseconds);
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    profile.endOfRun();
    const totals = `${log.mock.calls[0][0]}`.split('\n').slice(-3);
    expect(totals).toEqual([
      '100.0%    10000.0 us     0.00 GFLOP/s     0.00 GB/s  total',
      ' 90.0%     9000.0 us     0.00 GFLOP/s     0.00 GB/s  exp  # exp',
      ' 10.0%     1000.0 us     0.00 GFLOP/s     0.00 GB/s  tanh  # tanh',
    ]);
  });

  it('3 prints the plan as text', () => {
    const [plan] = printed('3');
    expect(plan).toBe(
      [
        summary,
        '   0  exp(arena+0, arena+0, 6)  # exp: arena+0 [2, 3] -> arena+0 [2, 3]',
        '   1  tanh(arena+0, arena+0, 6)  # tanh: arena+0 [2, 3] -> arena+0 [2, 3]',
      ].join('\n'),
    );
  });
});
