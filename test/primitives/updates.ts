// Holds ops that rewrite a variable against plain arithmetic on its numbers, run after run.
import { it } from 'vitest';
import { Trace, tracing } from '../../src/graph/trace.ts';
import type { Value } from '../../src/graph/value.ts';
import { Variable } from '../../src/graph/variable.ts';
import { compileTrace } from '../../src/runtime/compile.ts';
import { expectClose, randoms } from '../kernels/harness.ts';

export interface Update {
  readonly shape: readonly number[];
  readonly values: readonly Float32Array[];
  readonly apply: (variable: Variable, values: readonly Value[]) => void;
  /** Number `i` of the variable after a run. */
  readonly expected: (state: number, i: number) => number;
}

/** Registers a test per sample. */
export function checkUpdates(samples: Readonly<Record<string, readonly Update[]>>): void {
  it.each(Object.entries(samples).flatMap(([name, updates]) => updates.map((update, i) => ({ name: `${name} ${i}`, ...update }))))(
    '$name',
    ({ shape, values, apply, expected }) => {
      const start = randoms(
        shape.reduce((a, b) => a * b, 1),
        9,
      );
      const variable = new Variable('state', shape, start);
      const trace = new Trace();
      tracing(trace, () => {
        const inputs = values.map((v) => trace.input({ shape: [v.length], dtype: 'float32' }));
        apply(variable, inputs);
      });
      const program = compileTrace(trace, []);
      let state = Float64Array.from(start);
      for (let run = 0; run < 2; run++) {
        program.run((memory, i) => memory.set(values[i]));
        state = state.map(expected);
        expectClose(variable.view(), state, { relative: 1e-6 });
      }
    },
  );
}
