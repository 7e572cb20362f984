import { describe, expect, it } from 'vitest';
import * as ops from '../../src/primitives/binary.ts';
import { broadcast, type Nd, nd, reduce, sizeOf, total, zip } from './nd.ts';
import { check, compute, expectSamples, floats, gradientsOfSum, ints, type Sample, values } from './samples.ts';

const byName = { ...ops };

/** Every way two shapes can meet: equal, scalars, rows, columns, both, and in the middle; one to five axes; nothing at all. */
const pairs: [number[], number[]][] = [
  [[], []],
  [[5], []],
  [[], [3, 4]],
  [
    [3, 4],
    [3, 4],
  ],
  [[3, 4], [4]],
  [[4], [3, 4]],
  [
    [3, 4],
    [3, 1],
  ],
  [
    [3, 1],
    [3, 4],
  ],
  [
    [3, 1],
    [1, 4],
  ],
  [
    [1, 4],
    [3, 1],
  ],
  [
    [2, 1, 4],
    [3, 1],
  ],
  [
    [2, 3, 4],
    [3, 1],
  ],
  [
    [2, 3, 4],
    [1, 3, 1],
  ],
  [
    [2, 3, 4],
    [2, 1, 4],
  ],
  [
    [2, 1, 4],
    [2, 3, 1],
  ],
  [
    [2, 3, 4],
    [2, 1, 1],
  ],
  [
    [1, 3, 1],
    [2, 1, 4],
  ],
  [[1, 1], [3]],
  [
    [1, 2, 1, 3],
    [2, 2, 1, 3],
  ],
  [
    [2, 1, 2, 1, 3],
    [1, 3, 1, 2, 1],
  ],
  [
    [2, 3, 2, 2, 3],
    [3, 1, 2, 1],
  ],
  [[0, 4], [4]],
  [
    [3, 0],
    [3, 1],
  ],
  [[2, 1], [0]],
];

type Function2 = (a: number, b: number) => number;

const sample = (name: string, f: Function2, [low, high] = [-2, 2], extra: Partial<Sample> = {}): Sample[] =>
  pairs.map(([a, b]) => ({
    name: `${name} [${a}] [${b}]`,
    inputs: [floats(a, low, high), floats(b, low, high, 1000)],
    graph: byName[name as 'add'],
    reference: (x: Nd, y: Nd) => zip([x, y], f),
    ...extra,
  }));

const comparison = (name: string, f: (a: number, b: number) => boolean): Sample[] => [
  ...sample(name, (a, b) => Number(f(a, b)), [-1, 1], { dtype: 'bool' }),
  {
    name: `${name} of equal and unequal`,
    inputs: [values([5], [1, 2, 3, NaN, -0]), values([5], [1, 3, 2, NaN, 0])],
    graph: byName[name as 'equal'],
    reference: (x: Nd, y: Nd) => zip([x, y], (a, b) => Number(f(a, b))),
    dtype: 'bool',
  },
];

const reductionShapes: [number[], number[]][] = [
  [
    [3, 4],
    [3, 4],
  ],
  [[3, 4], [4]],
  [[3, 4], []],
  [
    [3, 4],
    [3, 1],
  ],
  [
    [2, 3, 4],
    [3, 1],
  ],
  [
    [2, 3, 4],
    [2, 1, 4],
  ],
  [
    [2, 3, 2, 2, 3],
    [1, 1, 2, 1, 3],
  ],
  [[1, 3], [3]],
  [[0, 3], [3]],
];

/** x summed over the axes along which `shape` repeats. */
function reduceTo(x: Nd, shape: readonly number[]): Nd {
  const missing = x.shape.length - shape.length;
  const axes = x.shape.map((_, i) => i).filter((i) => i < missing || shape[i - missing] === 1);
  return { shape, data: reduce(x, axes, true, total).data };
}

const condition = (shape: number[]) =>
  values(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, i) => [0, 1, 1, 0, 1][i % 5]),
  );

const samples: Record<string, readonly Sample[]> = {
  add: sample('add', (a, b) => a + b),
  subtract: sample('subtract', (a, b) => a - b),
  multiply: sample('multiply', (a, b) => a * b),
  divide: sample('divide', (a, b) => a / b, [0.5, 2]),
  maximum: sample('maximum', Math.max),
  minimum: sample('minimum', Math.min),
  squaredDifference: sample('squaredDifference', (a, b) => (a - b) ** 2),
  power: [
    ...sample('power', (a, b) => a ** b, [0.5, 2], { relative: 4e-6 }),
    {
      name: 'power of negative numbers by whole exponents',
      inputs: [floats([3, 7], -2, -0.5), values([3, 1], [2, 3, -1])],
      graph: ops.power,
      reference: (a, b) => zip([a, b], (x, y) => x ** y),
      wrt: [0],
    },
  ],
  equal: comparison('equal', (a, b) => a === b),
  notEqual: comparison('notEqual', (a, b) => a !== b),
  greater: comparison('greater', (a, b) => a > b),
  greaterEqual: comparison('greaterEqual', (a, b) => a >= b),
  less: comparison('less', (a, b) => a < b),
  lessEqual: comparison('lessEqual', (a, b) => a <= b),
  divideNoNan: [
    ...sample('divideNoNan', (a, b) => a / b, [0.5, 2]),
    {
      name: 'divideNoNan by 0',
      inputs: [values([2, 3], [1, 0, Infinity, NaN, -3, 4]), values([2, 3], [0, 0, 0, 0, 2, -0])],
      graph: ops.divideNoNan,
      reference: (a, b) => zip([a, b], (x, y) => (y === 0 ? 0 : x / y)),
      wrt: [],
    },
  ],
  broadcastShape: pairs.slice(1).map(([a, b]) => ({
    name: `broadcastShape [${a}] [${b}]`,
    inputs: [floats([1])],
    graph: (x) => ops.broadcastTo(x, ops.broadcastShape(a, b, 'test')),
    reference: (x) => nd(broadcast(a, b), () => x.data[0]),
  })),
  broadcastTo: [
    ...reductionShapes,
    [
      [2, 2, 3, 1, 2],
      [2, 1, 1, 2],
    ] as [number[], number[]],
  ].map(([to, from]) => ({
    name: `broadcastTo [${from}] to [${to}]`,
    inputs: [floats(from)],
    graph: (x) => ops.broadcastTo(x, to),
    reference: (x) => zip([x, nd(to, () => 0)], (v) => v),
  })),
  reduceTo: reductionShapes.map(([from, to]) => ({
    name: `reduceTo [${from}] to [${to}]`,
    inputs: [floats(from)],
    graph: (x) => ops.reduceTo(x, to),
    reference: (x) => reduceTo(x, to),
  })),
  select: (
    [
      [
        [3, 4],
        [3, 4],
        [3, 4],
      ],
      [[3, 1], [3, 4], []],
      [[4], [3, 1], [2, 1, 1]],
      [[], [2], [2]],
      [[2, 1, 2, 1, 3], [3, 1, 2, 1], [1]],
      [[0, 4], [4], []],
    ] as number[][][]
  ).map(([c, a, b]) => ({
    name: `select [${c}] [${a}] [${b}]`,
    inputs: [condition(c), floats(a), floats(b, -2, 2, 500)],
    graph: ops.select,
    reference: (p, x, y) => zip([p, x, y], (q, v, w) => (q !== 0 ? v : w)),
    wrt: [1, 2],
  })),
  equalInt: [
    {
      name: 'equalInt',
      inputs: [ints([2, 3], [1, -2, 3, 0, 7, 16777217]), ints([6], [1, 2, 3, 0, 8, 16777216])],
      graph: ops.equalInt,
      reference: (a, b) => nd([2, 3], ([i, j]) => Number(a.data[i * 3 + j] === b.data[i * 3 + j])),
      dtype: 'bool',
    },
  ],
};

describe('binary ops', () => {
  expectSamples(ops, { ...samples, binaryOp: 'integer.test.ts', applyBinary: 'integer.test.ts' });
  check(Object.values(samples).flat());

  it('refuse shapes that do not meet', () => {
    expect(() => compute([floats([2, 3]), floats([2])], ops.add)).toThrow(
      'add: expected shapes that broadcast together, got [2, 3] and [2]. Each pair of trailing dimensions must be equal or 1.',
    );
  });

  it.each(['add', 'subtract', 'multiply', 'divide', 'maximum', 'squaredDifference'] as const)('%s takes one value twice', (name) => {
    const x = floats([9], 0.5, 2);
    const expected = { add: 2, subtract: 0, multiply: NaN, divide: 0, maximum: 1, squaredDifference: 0 }[name];
    const [g] = gradientsOfSum([x], (v) => byName[name](v, v), values([9], Array(9).fill(1)));
    for (const [i, v] of g.data.entries()) expect(v).toBeCloseTo(name === 'multiply' ? 2 * x.data[i] : expected, 5);
  });

  it('power has no gradient by the exponent where the base is not positive', () => {
    const gradients = gradientsOfSum([values([4], [-2, 0, 0, 2]), values([4], [3, 0, 2, 3])], ops.power, values([4], [1, 1, 1, 1]));
    expect([...gradients[1].data.slice(0, 3)].map((v) => v + 0)).toEqual([0, 0, 0]);
    expect(gradients[1].data[3]).toBeCloseTo(8 * Math.log(2), 5);
    expect(gradients[0].data[0]).toBeCloseTo(12, 4);
  });

  it('divideNoNan has no gradient where it divides by 0', () => {
    const [a, b] = gradientsOfSum([values([3], [1, 0, 6]), values([3], [0, 0, 2])], ops.divideNoNan, values([3], [1, 1, 1]));
    expect([...a.data].map((v) => v + 0)).toEqual([0, 0, 0.5]);
    expect([...b.data].map((v) => v + 0)).toEqual([0, 0, -1.5]);
  });

  it('ties of maximum give their gradient to the first operand', () => {
    const [a, b] = gradientsOfSum([values([2], [1, 3]), values([2], [1, 2])], ops.maximum, values([2], [1, 1]));
    expect([[...a.data], [...b.data]]).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });
});
