// Eager execution: traces, plans and runs a function of tensors at once.
import { Trace, tracing } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import { Tensor } from '../tensor/tensor.ts';
import { compileTrace } from './compile.ts';
import type { Program } from './program.ts';
import { checkIds } from './validate-ids.ts';

/** Applies `body`, which builds a graph, to tensors. */
export function eager(
  tensors: readonly Tensor[],
  body: (values: readonly Value[]) => readonly Value[],
  { training = false } = {},
): Tensor[] {
  const trace = new Trace({ training });
  const outputs = tracing(trace, () => body(tensors.map(({ shape, dtype }) => trace.input({ shape, dtype }))));
  for (const [i, tensor] of tensors.entries()) checkIds(trace.idChecks, trace.inputs[i], tensor.data, tensor.shape);
  const program = compileTrace(trace, outputs);
  program.run((memory, i) => memory.set(tensors[i].data));
  return outputs.map((_, i) => readOutput(program, i));
}

/** Output `i` as a tensor of its own. */
export function readOutput(program: Program, i: number): Tensor {
  const { shape, dtype } = program.plan.outputs[i];
  const data = program.output(i);
  return new Tensor(dtype === 'bool' ? Uint8Array.from(data) : data.slice(), shape) as Tensor;
}
