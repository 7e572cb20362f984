// Small graphs, their plans, and the comparison of the two.
import { expect } from 'vitest';
import { Trace, tracing } from '../../src/graph/trace.ts';
import type { Value } from '../../src/graph/value.ts';
import { buildPlan, type Plan } from '../../src/plan/plan.ts';
import { printPlan } from '../../src/plan/print.ts';
import { compileTrace } from '../../src/runtime/compile.ts';
import { interpret } from './interpret.ts';

export interface Traced {
  readonly trace: Trace;
  readonly outputs: readonly Value[];
}

export function traced(shapes: readonly (readonly number[])[], body: (...inputs: Value[]) => readonly Value[]): Traced {
  const trace = new Trace({ training: true });
  const outputs = tracing(trace, () => body(...shapes.map((shape) => trace.input({ shape, dtype: 'float32' }))));
  return { trace, outputs };
}

export const planOf = ({ trace, outputs }: Traced): Plan => buildPlan(trace, outputs);
export const kernelsOf = (plan: Plan): string[] => plan.instructions.map(({ kernel }) => kernel);
export const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.buffer, values.byteOffset, values.length);

/** Runs a traced graph through a plan, and demands the bits that the graph gives without one. */
export function runLikeGraph({ trace, outputs }: Traced, inputs: readonly Float32Array[], name = ''): Float32Array[] {
  const expected = interpret(trace, outputs, inputs);
  const program = compileTrace(trace, outputs);
  program.run((memory, i) => memory.set(inputs[i]));
  const actual = outputs.map((_, i) => program.output(i).slice() as Float32Array);
  for (const [i, values] of actual.entries())
    expect(bits(values), `${name}output ${i}\n${printPlan(program.plan)}`).toEqual(bits(expected[i]));
  return actual;
}
