// Ops that update a variable in place: optimizer steps, running means, constraints.
import { add1, addNode, currentTrace } from '../graph/trace.ts';
import type { CallSite, Node, Op, Value } from '../graph/value.ts';
import type { Variable } from '../graph/variable.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { gradientsFrom } from './arithmetic.ts';

type Lower = (inputs: readonly number[]) => readonly KernelCall[];

/** An op that rewrites its first `variables` inputs. */
const updateOp = (name: string, variables: number): Op<Lower> => ({
  name,
  inferTypes: (inputs) => inputs.slice(0, variables).map(({ shape, dtype }) => ({ shape, dtype })),
  aliases: Array.from({ length: variables }, (_, i) => [i, i] as const),
  flops: (node) => node.inputs[0].size * 2,
  lower: ({ node, inputs }) => node.attributes(inputs),
});

/** Rewrites `variables` with the instructions that `lower` gives for the addresses of the variables and the other inputs. */
export function update(name: string, variables: readonly Variable[], others: readonly Value[], lower: Lower): void {
  const trace = currentTrace();
  const inputs = [...variables.map((variable) => trace.read(variable)), ...others];
  const outputs = addNode(updateOp(name, variables.length), inputs, lower);
  for (const [i, variable] of variables.entries()) trace.assigned(variable, outputs[i]);
}

/** What is made of an operand: by a kernel that rewrites what lies at an address, and as a formula, for gradients. */
interface Rewriting {
  readonly kernel: (address: number) => KernelCall;
  readonly formula: (x: Value) => Value;
}

const copy = (x: number, y: number, n: number): KernelCall => ['copyStrided', x, y, 1, 1, 1, n, 0, 0, 0, 1, 0, 0, 0, 1];

/** An op that rewrites a copy of its operand. */
class RewriteOp implements Op<Rewriting> {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  inferTypes = ([x]: readonly Value[]) => [{ shape: x.shape, dtype: x.dtype }];

  lower = ({ node, inputs: [x], outputs: [y] }: CallSite<Rewriting>): readonly KernelCall[] => [
    copy(x, y, node.outputs[0].size),
    node.attributes.kernel(y),
  ];

  gradient = ({ inputs: [x], attributes: { formula } }: Node<Rewriting>, [dy]: readonly (Value | undefined)[]) =>
    dy ? gradientsFrom([formula(x)], [dy], [x]) : [];
}

/** What the kernel makes of `x`. Assigned to the variable that `x` is, it is computed in the variable's own memory. */
export const rewrite = (name: string, x: Value, kernel: Rewriting['kernel'], formula: Rewriting['formula']): Value =>
  add1(new RewriteOp(name), [x], { kernel, formula });

/** variable = value */
export function assign(variable: Variable, value: Value): void {
  const { node } = value;
  if (node?.op instanceof RewriteOp && node.inputs[0] === currentTrace().read(variable)) {
    update(node.op.name, [variable], [], ([address]) => [node.attributes.kernel(address)]);
    return;
  }
  const n = variable.size;
  update('assign', [variable], [value], ([y, x]) => [copy(x, y, n)]);
}

/** variable += value */
export function assignAdd(variable: Variable, value: Value): void {
  update('assignAdd', [variable], [value], ([y, x]) => [['addInto', x, y, variable.size]]);
}

/**
 * variable = variable * momentum + value * rest: a moving average. `rest` is 1 - momentum, which is another number in float32 than in
 * float64 rounded: 0.00999999 or 0.01 for 0.99.
 */
export function assignMoving(variable: Variable, value: Value, momentum: number, rest = 1 - momentum): void {
  update('assignMoving', [variable], [value], ([y, x]) => [['lerpInto', x, y, variable.size, momentum, rest]]);
}

/** state[0] += sum(values * weights), state[1] += sum(weights), or the number of values without weights. */
export function accumulateMean(state: Variable, values: Value, weights?: Value): void {
  const others = weights ? [values, weights] : [values];
  update('accumulateMean', [state], others, ([y, x, w = 0]) => [['accumulateMean', x, w, y, values.size]]);
}
