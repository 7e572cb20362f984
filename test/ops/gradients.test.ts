// Gradients of what the public ops put together, against central differences of the same function at once.
import { expect, it } from 'vitest';
import type { Value } from '../../src/graph/value.ts';
import { ops, type Tensor, tensor } from '../../src/index.ts';
import { gradientsOf } from '../../src/primitives/arithmetic.ts';
import { densify } from '../../src/primitives/embedding.ts';
import { eager } from '../../src/runtime/eager.ts';

type Body = (x: Value) => Value;
const bodies: Record<string, Body> = {
  logaddexp: (x) => ops.logaddexp(x, 0.3),
  mod: (x) => ops.mod(x, 1.7),
  logsumexp: (x) => ops.logsumexp(x, { axis: -1 }),
  var: (x) => ops.var(x, 0),
  std: (x) => ops.std(x, { axis: 1, keepdims: true }),
  norm: (x) => ops.norm(x, { axis: 1 }),
  'norm of order 3': (x) => ops.norm(x, { ord: 3, axis: 1 }),
  'norm of a matrix': (x) => ops.norm(x, { ord: 1 }),
  normalize: (x) => ops.normalize(x),
  where: (x) => ops.where(ops.greater(x, 0.5), ops.square(x), ops.exp(x)),
  flip: (x) => ops.multiply(ops.flip(x, 1), x),
  take: (x) => ops.multiply(ops.take(x, [2, 0, 0], 1), ops.take(x, [2, 1, 0], { axis: 1 })),
  'take rows': (x) =>
    ops.square(
      ops.take(
        x,
        [
          [1, 1],
          [0, 1],
        ],
        0,
      ),
    ),
  'take of all': (x) => ops.square(ops.take(x, [5, 0, 5])),
  repeat: (x) => ops.square(ops.repeat(x, 2, 0)),
  tile: (x) => ops.square(ops.tile(x, [2, 3])),
  pad: (x) =>
    ops.exp(
      ops.pad(
        x,
        [
          [1, 0],
          [0, 2],
        ],
        { constantValues: 0.5 },
      ),
    ),
  stack: (x) => ops.multiply(ops.stack([x, ops.square(x)], 1), [[1, 2, 3]]),
  'split and concatenate': (x) => ops.multiply(ops.concatenate(ops.split(x, [1], 1).reverse(), 1), x),
  matmul: (x) => ops.matmul(x, ops.transpose(x)),
  'matmul of stacks': (x) => ops.matmul(ops.reshape(x, [2, 1, 1, 3]), ops.reshape(x, [1, 2, 3, 1])),
  dot: (x) => ops.dot(x, ops.reshape(ops.tile(x, [3, 1]), [2, 3, 3])),
  softmax: (x) => ops.square(ops.softmax(x, 0)),
  round: (x) => ops.multiply(x, ops.round(x)),
  stopGradient: (x) => ops.multiply(x, ops.cast(ops.greater(ops.stopGradient(x), 0), 'float32')),
};

const square = (x: Value): Value =>
  ops.add(ops.matmul(x, ops.transpose(x)), [
    [0.5, 0.25],
    [-0.25, 0.5],
  ]) as Value;

Object.assign(bodies, {
  cholesky: (x: Value) => ops.cholesky(ops.matmul(x, ops.transpose(x)), true),
  choleskyInverse: (x: Value) => ops.choleskyInverse(square(x)),
  det: (x: Value) => ops.det(square(x)),
  slogdet: (x: Value) => ops.multiply(...(ops.slogdet(square(x)) as [Value, Value])),
  logdet: (x: Value) => ops.logdet(ops.matmul(x, ops.transpose(x))),
  inv: (x: Value) => ops.square(ops.inv(square(x))),
  solve: (x: Value) => ops.square(ops.solve(square(x), x)),
  solveTriangular: (x: Value) => ops.square(ops.solveTriangular(square(x), x, { lower: true })),
  qr: (x: Value) => ops.matmul(...(ops.qr(ops.transpose(x)).map((one) => ops.square(one)) as [Value, Value])),
  eigh: (x: Value) => ops.square(ops.eigh(ops.matmul(x, ops.transpose(x)))[1]),
  svd: (x: Value) => ops.square(ops.svd(x, false)[2]),
  pinv: (x: Value) => ops.square(ops.pinv(x)),
  lstsq: (x: Value) => ops.square(ops.lstsq(ops.transpose(x), [1, 2, -1])),
  'nuclear norm': (x: Value) => ops.norm(x, 'nuc'),
  'spectral norm': (x: Value) => ops.norm(x, 2),
} as Record<string, Body>);

const at = [
  [0.9, -1.3, 0.2],
  [1.1, 0.7, -0.4],
];
const STEP = 1 / 256;

it.each(Object.entries(bodies))('%s', (_, body) => {
  const total = (x: number[][]): number => Number((ops.sum(body(x as never)) as unknown as Tensor).item());
  const [gradient] = eager([tensor(at)], ([x]) => {
    const [g] = gradientsOf(ops.sum(body(x)), [x]);
    return g ? [densify(g)] : [ops.zerosLike(x)];
  });
  for (const [i, row] of at.entries()) {
    for (const [j, value] of row.entries()) {
      const moved = (step: number): number => total(at.map((r, p) => r.map((v, q) => (p === i && q === j ? value + step : v))));
      const expected = (moved(STEP) - moved(-STEP)) / (2 * STEP);
      expect(Math.abs(gradient.at(i, j) - expected), `[${i}, ${j}]: ${gradient.at(i, j)} for ${expected}`).toBeLessThan(
        2e-3 * Math.max(1, Math.abs(expected)),
      );
    }
  }
});
