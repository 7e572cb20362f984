import { describe, expect, it } from 'vitest';
import { Trace, tracing } from '../../src/graph/trace.ts';
import * as ops from '../../src/primitives/layout.ts';
import { block, joined, placed, reshaped, transposed } from './layout-reference.ts';
import { at, type Index, nd, sizeOf, zip } from './nd.ts';
import { check, compute, expectSamples, floats, type Input, ints, type Sample } from './samples.ts';

const permutations: [Index, Index][] = [
  [[], []],
  [[4], [0]],
  [
    [3, 4],
    [1, 0],
  ],
  [
    [3, 4],
    [0, 1],
  ],
  [
    [2, 3, 4],
    [2, 0, 1],
  ],
  [
    [2, 3, 4],
    [1, 2, 0],
  ],
  [
    [2, 3, 4],
    [0, 2, 1],
  ],
  [
    [2, 1, 3, 1],
    [3, 2, 1, 0],
  ],
  [
    [2, 3, 2, 2],
    [2, 0, 3, 1],
  ],
  [
    [2, 3, 2, 3, 2],
    [4, 3, 2, 1, 0],
  ],
  [
    [2, 3, 2, 3, 2, 2],
    [5, 2, 4, 0, 3, 1],
  ],
  [
    [0, 3],
    [1, 0],
  ],
];

const windows: [shape: Index, begin: Index, size: Index][] = [
  [[7], [2], [3]],
  [
    [3, 5],
    [1, 0],
    [2, 5],
  ],
  [
    [3, 5],
    [0, 2],
    [3, 2],
  ],
  [
    [3, 5],
    [0, 0],
    [3, 5],
  ],
  [
    [3, 5],
    [2, 4],
    [1, 1],
  ],
  [
    [3, 5],
    [1, 1],
    [0, 2],
  ],
  [
    [2, 3, 4, 3, 4],
    [1, 0, 1, 1, 2],
    [1, 2, 2, 2, 2],
  ],
];

const parts: [Index[], number][] = [
  [[[3], [2], [1]], 0],
  [
    [
      [2, 3],
      [4, 3],
    ],
    0,
  ],
  [
    [
      [2, 3],
      [2, 1],
      [2, 2],
    ],
    1,
  ],
  [
    [
      [2, 3],
      [2, 2],
    ],
    -1,
  ],
  [
    [
      [2, 2, 3],
      [2, 1, 3],
    ],
    1,
  ],
  [[[2, 3]], 0],
  [
    [
      [2, 0],
      [2, 3],
    ],
    1,
  ],
  [
    [
      [2, 1, 2, 3, 2],
      [2, 2, 2, 3, 2],
    ],
    1,
  ],
];

const stretched: [Index, Index][] = [
  [[], [3]],
  [[1], [3]],
  [
    [2, 1],
    [2, 3],
  ],
  [[3], [2, 3]],
  [
    [2, 1, 3, 1, 2],
    [2, 2, 3, 2, 2],
  ],
  [
    [1, 3, 1, 2, 1],
    [2, 3, 2, 2, 2],
  ],
];

const both = (shape: Index): Input[] => [
  floats(shape),
  ints(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, i) => i * 7 - 20),
  ),
];

/** A sample for floats, with its gradient, and one for ints. */
const moves = (name: string, shape: Index, rest: Pick<Sample, 'graph' | 'reference'>): Sample[] =>
  both(shape).map((input) => {
    const dtype = input.data instanceof Int32Array ? 'int32' : 'float32';
    return { ...rest, name: `${name} of ${dtype}`, inputs: [input], dtype };
  });

const samples: Record<string, readonly Sample[]> = {
  reshape: (
    [
      [
        [3, 4],
        [2, 6],
      ],
      [[3, 4], [12]],
      [[1], []],
      [
        [0, 3],
        [3, 0],
      ],
      [
        [3, 4],
        [3, 4],
      ],
    ] as [Index, Index][]
  ).flatMap(([from, to]) =>
    moves(`reshape [${from}] to [${to}]`, from, { graph: (x) => ops.reshape(x, to), reference: (x) => reshaped(x, to) }),
  ),
  expandDims: [0, 1, 2, -1, -3].flatMap((axis) =>
    moves(`expandDims at ${axis}`, [3, 4], {
      graph: (x) => ops.expandDims(x, axis),
      reference: (x) => reshaped(x, { 0: [1, 3, 4], 1: [3, 1, 4], 2: [3, 4, 1] }[(axis + 3) % 3] as number[]),
    }),
  ),
  view: permutations.flatMap(([shape]) => moves(`view of [${shape}]`, shape, { graph: ops.view, reference: (x) => x })),
  strides: permutations.flatMap(([shape]) =>
    moves(`strides of [${shape}]`, shape, {
      // A reader that steps by the strides sees the elements in their order.
      graph: (x) => {
        const step = ops.strides(x.shape);
        expect(sizeOf(x.shape) === 0 || x.shape.reduce((last, dim, i) => last + (dim - 1) * step[i], 0) === x.size - 1).toBe(true);
        return x;
      },
      reference: (x) => x,
    }),
  ),
  stridedCalls: permutations.flatMap(([shape, permutation]) =>
    moves(`stridedCalls through two transposes of [${shape}]`, shape, {
      graph: (x) => ops.transpose(ops.transpose(x, permutation), permutation),
      reference: (x) => transposed(transposed(x, permutation), permutation),
    }),
  ),
  broadcastWithoutGradient: stretched.map(([from, to]) => ({
    name: `broadcastWithoutGradient [${from}] to [${to}]`,
    inputs: [floats(from)],
    graph: (x) => ops.broadcastWithoutGradient(x, to),
    reference: (x) => zip([x, nd(to, () => 0)], (v) => v),
    wrt: [],
  })),
  transpose: permutations.flatMap(([shape, permutation]) =>
    moves(`transpose [${shape}] by [${permutation}]`, shape, {
      graph: (x) => ops.transpose(x, permutation),
      reference: (x) => transposed(x, permutation),
    }),
  ),
  flip: (
    [
      [[5], [0]],
      [[3, 4], [1]],
      [
        [2, 3, 5],
        [0, 2],
      ],
      [
        [2, 3, 5],
        [1, 2],
      ],
      [[0, 3], [0]],
      [
        [1, 3, 2, 2, 2],
        [0, 1, 2, 4],
      ],
    ] as [Index, Index][]
  ).flatMap(([shape, axes]) =>
    moves(`flip [${shape}] along [${axes}]`, shape, {
      graph: (x) => ops.flip(x, axes),
      reference: (x) =>
        nd(shape, (index) =>
          at(
            x,
            index.map((v, i) => (axes.includes(i) ? shape[i] - 1 - v : v)),
          ),
        ),
    }),
  ),
  slice: windows.flatMap(([shape, begin, size]) =>
    moves(`slice [${shape}] at [${begin}] of [${size}]`, shape, {
      graph: (x) => ops.slice(x, begin, size),
      reference: (x) => block(x, begin, size),
    }),
  ),
  place: windows.flatMap(([shape, begin, size]) =>
    moves(`place [${size}] at [${begin}] in [${shape}]`, size, {
      graph: (x) => ops.place(x, shape, begin),
      reference: (x) => placed(x, shape, begin),
    }),
  ),
  concatenate: parts.flatMap(([shapes, axis]) => [
    {
      name: `concatenate ${shapes.map((shape) => `[${shape}]`)} along ${axis}`,
      inputs: shapes.map((shape, i) => floats(shape, -2, 2, i * 100)),
      graph: (...given) => ops.concatenate(given, axis),
      reference: (...given) => joined(given, axis),
    },
    {
      name: `concatenate ids ${shapes.map((shape) => `[${shape}]`)} along ${axis}`,
      inputs: shapes.map((shape) => both(shape)[1]),
      graph: (...given) => ops.concatenate(given, axis),
      reference: (...given) => joined(given, axis),
      dtype: 'int32',
    },
  ]),
  fill: [[], [3, 5], [0], [4097]].map((shape) => ({
    name: `fill [${shape}]`,
    inputs: [],
    graph: () => ops.fill(shape, -2.5),
    reference: () => nd(shape, () => -2.5),
  })),
};

describe('layout ops', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());

  it('row-major strides', () => {
    expect(ops.strides([2, 3, 4])).toEqual([12, 4, 1]);
    expect(ops.strides([])).toEqual([]);
  });

  it('joins axes that follow each other, and cuts more than four into several instructions', () => {
    const dims = [2, 3, 4];
    expect(ops.stridedCalls('copyStrided', 100, 200, dims, ops.strides(dims), ops.strides(dims))).toEqual([
      ['copyStrided', 100, 200, 1, 1, 1, 24, 0, 0, 0, 1, 0, 0, 0, 1],
    ]);
    const shape = [3, 2, 2, 2, 2];
    expect(ops.stridedCalls('addStrided', 0, 0, shape, [1, 3, 6, 12, 24], ops.strides(shape)).length).toBe(3);
  });

  it('one value may be several parts of a concatenation', () => {
    const [y] = compute([floats([3])], (x) => ops.concatenate([x, x], 0));
    expect(y.data.slice(0, 3)).toEqual(y.data.slice(3));
  });

  it('what changes nothing adds no node', () => {
    const trace = new Trace();
    const x = trace.input({ shape: [2, 3], dtype: 'float32' });
    tracing(trace, () => {
      for (const same of [ops.reshape(x, [2, 3]), ops.transpose(x, [0, 1]), ops.slice(x, [0, 0], [2, 3]), ops.concatenate([x], 0)]) {
        expect(same).toBe(x);
      }
    });
  });
});
