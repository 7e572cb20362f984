// Random graphs with everything that makes a plan share or order buffers: views, ops that work in place, fused ones, scratch,
// several outputs, weights that are read, updated and read again.
import { Trace, tracing } from '../../src/graph/trace.ts';
import type { Value } from '../../src/graph/value.ts';
import { Variable } from '../../src/graph/variable.ts';
import { add, multiply, select, subtract } from '../../src/primitives/binary.ts';
import { concatenate, reshape, slice, transpose } from '../../src/primitives/layout.ts';
import { dense, matmul } from '../../src/primitives/matmul.ts';
import { drawKey, dropout } from '../../src/primitives/random.ts';
import { max, mean } from '../../src/primitives/reduce.ts';
import { softmax } from '../../src/primitives/softmax.ts';
import { affine, relu, sigmoid, tanh } from '../../src/primitives/unary.ts';
import { assignAdd, assignMoving } from '../../src/primitives/update.ts';
import { random, randoms } from '../kernels/harness.ts';

export interface RandomGraph {
  readonly trace: Trace;
  readonly outputs: readonly Value[];
  readonly inputs: readonly Float32Array[];
  readonly variables: readonly Variable[];
}

export function randomGraph(seed: number, size = 25): RandomGraph {
  const next = random(seed * 7919 + 1);
  const below = (n: number) => Math.floor(next() * n);
  const trace = new Trace({ training: true });
  const variables = [0, 1].map((i) => new Variable(`w${i}`, [4, 4], randoms(16, seed * 31 + i)));
  const inputs = [0, 1].map((i) => randoms(16, seed * 17 + i));
  const outputs = tracing(trace, () => {
    const pool: Value[] = inputs.map(() => trace.input({ shape: [4, 4], dtype: 'float32' }));
    const pick = (): Value => pool[next() < 0.6 ? Math.max(0, pool.length - 1 - below(4)) : below(pool.length)];
    const square = (): Value => reshape(pick(), [4, 4]);
    const weight = (): Value => trace.read(variables[below(2)]);
    const rootOf = (value: Value): Value => (value.node && !value.node.op.lower ? rootOf(value.node.inputs[0]) : value);
    /** Updates a weight. Views of the old value leave the pool: what reads them later could not come before the update. */
    const change = (by: (variable: Variable) => void): undefined => {
      const variable = variables[below(2)];
      const old = trace.read(variable);
      by(variable);
      pool.splice(0, pool.length, ...pool.filter((value) => rootOf(value) !== old));
    };
    const makers: (() => Value | undefined)[] = [
      () => tanh(pick()),
      () => relu(pick()),
      () => sigmoid(pick()),
      () => affine(pick(), 0.5, 0.25),
      () => add(square(), square()),
      () => tanh(multiply(square(), square())),
      () => subtract(square(), mean(square(), 1, true)),
      () => add(max(square(), 0), square()),
      () => reshape(pick(), [[16], [4, 4], [2, 8], [1, 16]][below(4)]),
      () => transpose(square(), [1, 0]),
      () => tanh(matmul(square(), square(), next() < 0.5, next() < 0.5)),
      () => relu(matmul(square(), weight())),
      () => relu(dense(square(), weight(), slice(reshape(square(), [16]), [4], [4]))),
      () => add(square(), weight()),
      () => reshape(weight(), [2, 8]),
      () => softmax(square(), below(2)),
      () => slice(concatenate([square(), square()], 0), [2, 0], [4, 4]),
      () => select(relu(square()), square(), square()),
      () => dropout(pick(), 0.4, drawKey({ next: () => [seed, 1, 2, 3] })),
      () => change((variable) => assignAdd(variable, affine(square(), 0.125, 0))),
      () => change((variable) => assignMoving(variable, square(), 0.75)),
    ];
    for (let i = 0; i < size; i++) {
      const made = makers[below(makers.length)]();
      if (made) pool.push(made);
    }
    return [...variables.map((variable) => trace.read(variable)), pick(), pick(), pick(), pool[below(pool.length)]];
  });
  return { trace, outputs, inputs, variables };
}
