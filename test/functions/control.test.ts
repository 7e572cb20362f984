// Functions of functions: what Keras gives, on data, on values with gradients, and drawn among symbolic tensors.
import { describe, expect, it } from 'vitest';
import { Input, layers, loadModel, Model, ops, type SymbolicTensor, type Tensor, tensor, toKeras, type Value } from '../../src/index.ts';
import { gradientsFrom } from '../../src/primitives/arithmetic.ts';
import { densify } from '../../src/primitives/embedding.ts';
import { eager } from '../../src/runtime/eager.ts';
import recorded from '../fixtures/control_flow.json';

// One source for all kinds of operands: what they give is looked at leaf by leaf.
// biome-ignore lint/suspicious/noExplicitAny: as above
type Any = any;
type Case = (x: Any) => unknown;

const positive = (x: Any) => ops.greater(ops.sum(x), 0);
const step = (c: Any, y: Any): [unknown, unknown] => [ops.add(ops.multiply(c, y), y), ops.add(c, y)];
const zero = (x: Any) => ops.cast(ops.multiply(ops.sum(x), 0), 'int32');

const cases: Record<string, Case> = {
  cond: (x) =>
    ops.cond(
      positive(x),
      () => ops.square(x),
      () => ops.negative(x),
    ),
  'cond of infinities': (x) =>
    ops.cond(
      ops.greater(ops.sum(x), 100),
      () => ops.log(ops.subtract(x, x)),
      () => ops.exp(x),
    ),
  switch: (x) => ops.switch(ops.cast(ops.sum(x), 'int32'), [ops.exp as Case, ops.square as Case, ops.negative as Case], x),
  'switch beyond': (x) => ops.switch(7, [ops.exp as Case, ops.square as Case], x),
  while_loop: (x) =>
    ops.whileLoop(
      (y: Any) => ops.less(ops.sum(y), 20),
      (y: Any, i: Any) => [ops.multiply(y, 1.5), ops.add(i, 1)],
      [x, zero(x)] as Any,
      20,
    ),
  'while_loop cut': (x) =>
    ops.whileLoop(
      (y: Any) => ops.less(ops.sum(y), 20),
      (y: Any) => ops.multiply(y, 1.5),
      x,
      { maximumIterations: 3 },
    ),
  fori_loop: (x) => ops.foriLoop(0, 4, (i, s: Any) => ops.add(ops.multiply(s, 1.25), i), x),
  scan: (x) => ops.scan(step, ops.ones([3]), x),
  'scan in reverse': (x) => ops.scan(step, ops.ones([3]), x, { reverse: true }),
  'scan without elements': (x) => ops.scan((c: Any) => [ops.multiply(c, 1.5), c], x, null, 3),
  associative_scan: (x) => ops.associativeScan((a: Any, b: Any) => ops.add(ops.multiply(a, b), b), x, false, 1),
  'associative_scan of five': (x) =>
    ops.associativeScan(
      (a: Any, b: Any) => ops.maximum(a, b),
      ops.getItem(ops.reshape(ops.concatenate([x, ops.multiply(x, 2)]), [-1]), '1:6'),
    ),
  'associative_scan in reverse': (x) =>
    ops.associativeScan((a: Any, b: Any) => [ops.multiply(a[0], b[0]), ops.add(a[1], b[1])], [x, ops.multiply(x, 2)] as Any, {
      reverse: true,
      axis: -1,
    }),
  map: (x) => ops.map((row: Any) => ops.cumsum(row), x),
  vectorized_map: (x) => ops.vectorizedMap((row: Any) => ops.multiply(ops.flip(row), ops.sum(row)), x),
  custom_gradient: (x) => ops.customGradient((y: Any) => [ops.square(y), (dy: Any) => ops.multiply(dy, 5)])(x),
};

const x = tensor([
  [0.5, -1.5, 2],
  [1, 0.25, -0.75],
]);
const flat = (structure: unknown): unknown[] => [structure].flat(Number.POSITIVE_INFINITY);
/** Symbolic tensors of models have a batch; what a model gives is one sample of it here. */
const close = (actual: ArrayLike<number>, expected: readonly number[]) => {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs(actual[i] - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
};

describe.each(recorded)('$name', ({ name, results, gradient }) => {
  const expectAll = (actual: readonly Tensor[]) => {
    expect(actual.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(results.map(({ shape, dtype }) => ({ shape, dtype })));
    for (const [i, one] of actual.entries()) close(one.data, results[i].data);
  };

  it('on data', () => expectAll(flat(cases[name](x)) as Tensor[]));

  it('on values, with gradients', () => {
    let count = 0;
    const all = eager([x], ([value]) => {
      const outputs = flat(cases[name](value)) as Value[];
      count = outputs.length;
      const floats = outputs.filter(({ dtype }) => dtype === 'float32');
      const seeds = floats.map((y) => ops.multiply(y, 2));
      const [g] = gradientsFrom(floats, seeds, [value]);
      return [...outputs, densify(g as Value)];
    });
    expectAll(all.slice(0, count));
    close(all[count].data, gradient.data);
  });

  it.runIf(name !== 'custom_gradient')('among symbolic tensors, also read again from a file', async () => {
    const input = Input({ batchShape: [2, 3] });
    const outputs = flat(cases[name](input)) as SymbolicTensor[];
    const model = new Model({ inputs: input, outputs });
    expectAll([model.apply(x)].flat() as Tensor[]);
    const again = await loadModel(await toKeras(model));
    expectAll([again.apply(x)].flat() as Tensor[]);
  });
});

describe('functions of functions', () => {
  const inCall = (call: Case) => new layers.Lambda((value: Value) => call(value) as Value).apply(x);

  it('cond chooses on data and keeps structures', () => {
    const calls: string[] = [];
    const branch = (name: string) => () => {
      calls.push(name);
      return { y: [1, 2] };
    };
    expect(ops.cond(true, branch('true'), branch('false'))).toEqual({ y: [1, 2] });
    expect(ops.cond(tensor([0]), branch('true'), branch('false'))).toEqual({ y: [1, 2] });
    expect(calls).toEqual(['true', 'false']);
    const chosen = eager([x], ([v]) => {
      const { y, z } = ops.cond(
        ops.greater(ops.sum(v), 100),
        () => ({ y: v, z: 1 as Any }),
        () => ({ y: ops.negative(v), z: 2 as Any }),
      );
      return [y, z];
    });
    expect(chosen[0].data).toEqual(ops.negative(x).data);
    expect(chosen[1].item()).toBe(2);
  });

  it('loops on data run as long as they have to', () => {
    expect(
      ops
        .whileLoop(
          (i: number) => i < 10,
          (i: number) => i + 3,
          0,
        )
        .item(),
    ).toBe(12);
    const [a, b] = ops.whileLoop(
      (p: number) => p < 10,
      (p: number, q: number) => [p + 1, q + 2],
      [0, 1] as [number, number],
    ) as unknown as Tensor[];
    expect([a.item(), b.item()]).toEqual([10, 21]);
    expect(ops.foriLoop(0, 10, (i, s: number) => s + i, 0).item()).toBe(45);
    expect(ops.foriLoop(3, 3, (i) => i, x)).toEqual(x);
  });

  it('a counter that is no value lets a loop of values run', () => {
    const y = inCall(
      (v) =>
        (
          ops.whileLoop(
            (i: number) => i < 3,
            (i: number, s: Any) => [i + 1, ops.add(s, s)],
            [0, v] as Any,
          ) as Any
        )[1],
    ) as Tensor;
    expect(y.data).toEqual(ops.multiply(x, 8).data);
  });

  it('gradients behind the end of a loop stay finite', () => {
    const [g] = eager([tensor([4])], ([v]) => {
      const y = ops.whileLoop(
        (s: Any) => ops.greater(ops.sum(s), 0),
        (s: Any) => ops.sqrt(ops.subtract(s, 4)),
        v as Any,
        5,
      ) as Value;
      return [densify(gradientsFrom([y], [ops.onesLike(y)], [v])[0] as Value)];
    });
    expect(g.data.every((one) => !Number.isNaN(one))).toBe(true);
  });

  it('vectorize calls a function of numbers everywhere', () => {
    const add = ops.vectorize((a: Any, b: Any) => ops.add(a, b));
    expect((add([1, 2, 3, 4], 2) as Tensor).array()).toEqual([3, 4, 5, 6]);
    expect((add([[1], [2]], [10, 20, 30]) as Tensor).array()).toEqual([
      [11, 21, 31],
      [12, 22, 32],
    ]);
    const product = ops.vectorize((a: Any, b: Any) => ops.matmul(a, b), { signature: '(m,n),(n)->(m)' });
    expect(product(ops.stack([x, x]), ops.ones([3]))).toEqual(ops.matmul(ops.stack([x, x]), ops.ones([3])));
    const scaled = ops.vectorize((a: Any, by: number) => [ops.multiply(a, by), ops.negative(a)], { excluded: [1] });
    expect((scaled([1, 2], 3) as Tensor[]).map((one) => one.array())).toEqual([
      [3, 6],
      [-1, -2],
    ]);
    expect((inCall((v) => add(v, [1, 2, 3])) as Tensor).data).toEqual(ops.add(x, [1, 2, 3]).data);
  });

  it('customGradient takes several tensors and gives several', () => {
    const f = ops.customGradient((a: Any, b: Any) => [
      [ops.add(a, b), ops.multiply(a, b)],
      (p: Any, q: Any) => [ops.multiply(p, 3), ops.multiply(q, 7)],
    ]);
    expect((f([1, 2], [3, 4]) as Tensor[]).map((one) => one.array())).toEqual([
      [4, 6],
      [3, 8],
    ]);
    const given = eager([tensor([1, 2]), tensor([3, 4])], ([a, b]) => {
      const outputs = f(a, b) as Value[];
      return gradientsFrom(
        outputs,
        outputs.map((y) => ops.onesLike(y)),
        [a, b],
      ).map((g) => densify(g as Value));
    });
    expect(given.map((one) => one.array())).toEqual([
      [3, 3],
      [7, 7],
    ]);
    expect(() => f(Input({ shape: [2] }), 1)).toThrow('customGradient: expected values or data, got a symbolic tensor');
  });

  it('where of a condition alone gives places', () => {
    expect(
      ops
        .where([
          [0, 5],
          [6, 0],
        ])
        .map((one) => one.array()),
    ).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it.each<[string, () => unknown]>([
    ['cond: expected trueFn to be a function, got 1', () => ops.cond(true, 1 as Any, () => 1)],
    [
      'cond: expected a condition of one element, got shape [2, 3]',
      () =>
        ops.cond(
          x,
          () => 1,
          () => 2,
        ),
    ],
    [
      'cond: expected a condition of one element, got shape [2, 3]',
      () =>
        inCall((v) =>
          ops.cond(
            v,
            () => v,
            () => v,
          ),
        ),
    ],
    [
      'cond: expected the same structure from all functions',
      () =>
        inCall((v) =>
          ops.cond(
            positive(v),
            () => v,
            () => [v, v],
          ),
        ),
    ],
    [
      'cond: expected the same shape and dtype from all functions, got float32 [2, 3] and float32 []',
      () =>
        inCall((v) =>
          ops.cond(
            positive(v),
            () => v,
            () => ops.sum(v),
          ),
        ),
    ],
    ['switch: expected branches to be an array of functions, got an array of shape [0]', () => ops.switch(0, [], x)],
    [
      'whileLoop: expected maximumIterations, got a condition that is known only when the graph runs',
      () =>
        inCall((v) =>
          ops.whileLoop(
            (s: Any) => positive(s),
            (s: Any) => s,
            v,
          ),
        ),
    ],
    [
      'foriLoop: expected whole numbers as bounds, got a bound that is known only',
      () => inCall((v) => ops.foriLoop(0, ops.sum(v), (_, s: Any) => s, v)),
    ],
    ['scan: expected xs or length, got neither', () => ops.scan((c: Any) => [c, c], 0)],
    ['scan: expected f to give [carry, y], got number', () => ops.scan((() => 1) as Any, 0, [1, 2])],
    ['scan: expected length of at most 2, got 3', () => ops.scan((c: Any) => [c, c], 0, [1, 2], 3)],
    ['map: expected a known length of axis 0, got [null, 2]', () => ops.map((v: Any) => v, Input({ shape: [2] }))],
    ['associativeScan: expected an axis from -1 to 0, got 1', () => ops.associativeScan((a: Any) => a, [1, 2], false, 1)],
    ["vectorize: expected signature of groups of names, got 'm->'", () => ops.vectorize((a: Any) => a, { signature: 'm->' })],
    [
      'vectorize: expected one length for n, got 3 and 2',
      () => ops.vectorize((a: Any) => a, { signature: '(n),(n)->(n)' })([1, 2, 3], [1, 2]),
    ],
    ['customGradient: expected f to give [output, grad]', () => ops.customGradient((() => 1) as Any)(1)],
    [
      "rearrange: expected pattern with the same names on both sides of '->', each once, got 'a b -> a'",
      () => ops.rearrange(x, 'a b -> a'),
    ],
    ['rearrange: expected 1 axes for the pattern, got shape [2, 3]', () => ops.rearrange(x, 'a -> a')],
    ['rearrange: expected an axis 1 that b c make up, got length 3', () => ops.rearrange(x, 'a (b c) -> a b c', { b: 2 })],
    ['rearrange: expected the lengths of all but one of b, c, got fewer', () => ops.rearrange(x, 'a (b c) -> a b c')],
    ['rearrange: expected lengths of a, b, got d', () => ops.rearrange(x, 'a b -> b a', { d: 2 })],
  ])('%s', (message, call) => expect(call).toThrow(message));
});
