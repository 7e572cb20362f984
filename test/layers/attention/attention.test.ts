// Masks and options of a call of the attention layers, against plain arithmetic.
import { describe, expect, it } from 'vitest';
import { Input, layers, Model, setRandomSeed, tensor } from '../../../src/index.ts';
import { random } from '../../kernels/harness.ts';

function draw(shape: readonly number[], seed: number) {
  const next = random(seed);
  return tensor(
    Float32Array.from({ length: shape.reduce((p, q) => p * q, 1) }, () => 2 * next() - 1),
    shape,
  );
}

type Numbers = number[][];

/** softmax over the steps that are allowed; 0 where none is. */
function attend(scores: readonly number[], allowed: readonly boolean[]): number[] {
  const weights = scores.map((score, i) => (allowed[i] ? Math.exp(score) : 0));
  const total = weights.reduce((p, q) => p + q, 0);
  return weights.map((weight) => (total === 0 ? 0 : weight / total));
}

const dot = (p: readonly number[], q: readonly number[]) => p.reduce((sum, v, i) => sum + v * q[i], 0);

/** What the weights make of the values. */
const mix = (weights: Numbers, values: Numbers): Numbers =>
  weights.map((row) => values[0].map((_, d) => row.reduce((sum, w, s) => sum + w * values[s][d], 0)));

function expectClose(actual: unknown, expected: unknown): void {
  const [p, q] = [actual, expected].map((list) => (list as number[][][]).flat(3) as unknown as number[]);
  expect(p).toHaveLength(q.length);
  for (const [i, v] of q.entries()) expect(p[i]).toBeCloseTo(v, 5);
}

const query = draw([2, 3, 4], 1);
const value = draw([2, 5, 2], 2);
const key = draw([2, 5, 4], 3);
const queryMask = tensor([
  [1, 1, 0],
  [1, 1, 1],
]);
const valueMask = tensor([
  [1, 0, 1, 1, 0],
  [1, 1, 1, 1, 1],
]);

/** Dot-product attention of one head. */
function reference(causal: boolean, masked: boolean) {
  const weights = [0, 1].map((n) =>
    (query.array() as Numbers[])[n].map((q, t) =>
      attend(
        (key.array() as Numbers[])[n].map((k) => dot(q, k)),
        Array.from({ length: 5 }, (_, s) => (!causal || s <= t) && (!masked || valueMask.at(n, s) === 1)),
      ),
    ),
  );
  const output = weights.map((w, n) =>
    mix(w, (value.array() as Numbers[])[n]).map((row, t) => (masked && queryMask.at(n, t) === 0 ? row.map(() => 0) : row)),
  );
  return { weights, output };
}

const causalAndMasked: readonly [causal: boolean, masked: boolean][] = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
];

describe('Attention', () => {
  it.each(causalAndMasked)('attends as it should (causal %s, masked %s)', (useCausalMask, masked) => {
    const mask = masked ? { mask: [queryMask, valueMask] } : {};
    const [output, weights] = new layers.Attention().apply([query, value, key], { useCausalMask, returnAttentionScores: true, ...mask });
    const expected = reference(useCausalMask, masked);
    expectClose(weights.array(), expected.weights);
    expectClose(output.array(), expected.output);
    expect(new layers.Attention().apply([query, value, key], { useCausalMask, ...mask })).toEqual(output);
  });

  it('scores by sums of tanh too, as AdditiveAttention does', () => {
    const scores = (key.array() as Numbers[]).map((keys, n) =>
      (query.array() as Numbers[])[n].map((q) => keys.map((k) => q.reduce((sum, v, d) => sum + Math.tanh(v + k[d]), 0))),
    );
    const expected = scores.map((rows, n) =>
      mix(
        rows.map((row) =>
          attend(
            row,
            row.map(() => true),
          ),
        ),
        (value.array() as Numbers[])[n],
      ),
    );
    const options = [query, value, key];
    expectClose(new layers.Attention({ scoreMode: 'concat' }).apply(options).array(), expected);
    expectClose(new layers.AdditiveAttention({ useScale: false }).apply(options).array(), expected);
    expectClose(new layers.AdditiveAttention({ weights: [[1, 1, 1, 1]] }).apply(options).array(), expected);
  });

  it('draws its dropout from the seed', () => {
    const run = () => new layers.Attention({ dropout: 0.5, seed: 4 }).apply([query, value, key], { training: true });
    expect(run()).toEqual(run());
    expect(run()).not.toEqual(new layers.Attention().apply([query, value, key]));
  });
});

describe('MultiHeadAttention', () => {
  const identity = (n: number, scale = 1) =>
    Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? scale : 0)));
  /** Weights with which one head is dot-product attention: identities, the query times sqrt(keyDim). */
  const plain = () =>
    new layers.MultiHeadAttention({
      numHeads: 1,
      keyDim: 4,
      valueDim: 2,
      outputShape: 2,
      useBias: false,
      weights: [identity(4, 2).map((row) => [row]), identity(4).map((row) => [row]), identity(2).map((row) => [row]), [identity(2)]],
    });

  it.each(causalAndMasked)('attends as it should (causal %s, masked %s)', (useCausalMask, masked) => {
    const mask = masked ? { mask: [queryMask, valueMask] } : {};
    const [output, scores] = plain().apply([query, value, key], { useCausalMask, returnAttentionScores: true, ...mask });
    const expected = reference(useCausalMask, masked);
    expect(scores.shape).toEqual([2, 1, 3, 5]);
    const visible = expected.weights.map((rows, n) => rows.map((row, t) => (masked && queryMask.at(n, t) === 0 ? row.map(() => 0) : row)));
    expectClose((scores.array() as Numbers[][]).flat(), visible);
    expectClose(output.array(), expected.output);
  });

  it('counts the mask of a key of its own', () => {
    const own = plain().apply([query, value, key], { mask: [null, null, valueMask] });
    expectClose(
      own.array(),
      plain()
        .apply([query, value, key], { mask: [null, valueMask] })
        .array(),
    );
    expect(own).not.toEqual(plain().apply([query, value, key]));
  });

  it('attends over the axes it is told to, each of the others by itself', () => {
    const x = draw([2, 3, 4, 5], 7);
    const layer = new layers.MultiHeadAttention(2, 3, { attentionAxes: 2 });
    const [output, scores] = layer.apply([x, x], { returnAttentionScores: true });
    expect(scores.shape).toEqual([2, 3, 2, 4, 4]);
    const alone = new layers.MultiHeadAttention(2, 3);
    const rows = tensor(x.data, [6, 4, 5]);
    alone.ensureBuilt([rows.shape, rows.shape]);
    alone.setWeights(layer.getWeights());
    expectClose([...output.data], [...alone.apply([rows, rows]).data]);
    expect(() => new layers.MultiHeadAttention(2, 3, { attentionAxes: 3 }).apply([x, x])).toThrow('attentionAxes between');
  });

  it('starts every kernel from values of its own', () => {
    setRandomSeed(1);
    const layer = new layers.MultiHeadAttention(2, 3);
    layer.apply([query, query]);
    const [q, , k, , v] = layer.getWeights();
    expect(q.shape).toEqual([4, 2, 3]);
    expect(q.data).not.toEqual(k.data);
    expect(k.data).not.toEqual(v.data);
    const seeded = new layers.MultiHeadAttention(2, 3, { kernelInitializer: { className: 'GlorotUniform', config: { seed: 3 } } });
    seeded.apply([query, query]);
    expect(seeded.getWeights()[0]).toEqual(seeded.getWeights()[2]);
  });

  it('learns in a model, with a causal mask and padding', async () => {
    setRandomSeed(2);
    const ids = Input({ shape: [4] });
    const x = new layers.Embedding(6, 4, { maskZero: true }).apply(ids);
    const layer = new layers.MultiHeadAttention(2, 2, { dropout: 0.1 });
    const [y, scores] = layer.apply([x, x], { useCausalMask: true, returnAttentionScores: true });
    expect([y.shape, scores.shape]).toEqual([
      [null, 4, 4],
      [null, 2, 4, 4],
    ]);
    const model = new Model({ inputs: ids, outputs: new layers.Dense(1).apply(new layers.GlobalAveragePooling1D().apply(y)) });
    model.compile({ optimizer: 'adam', loss: 'mse' });
    const { history } = await model.fit(
      [
        [1, 2, 0, 0],
        [3, 4, 5, 0],
        [5, 1, 2, 3],
      ],
      [[0], [1], [2]],
      { epochs: 60, verbose: 0 },
    );
    expect(history.loss[59]).toBeLessThan(0.7 * history.loss[0]);
    const inspect = new Model({ inputs: ids, outputs: scores });
    const [first] = inspect.predict([[1, 2, 0, 0]]).array() as Numbers[][];
    // Steps see neither later ones nor padding, and padding sees nothing.
    expect(first[0].map((row) => row.map((w) => w > 0))).toEqual([
      [true, false, false, false],
      [true, true, false, false],
      [false, false, false, false],
      [false, false, false, false],
    ]);
  });

  it('refuses what does not fit', () => {
    const layer = new layers.MultiHeadAttention(1, 2);
    expect(() => layer.apply([query])).toThrow('expected a list of 2 to 3 inputs, got 1 of them');
    expect(() => layer.apply([query, value, query])).toThrow('as many steps in the key as in the value');
    expect(() => layer.apply([query, value], { useCasualMask: true } as object)).toThrow('Did you mean useCausalMask?');
    expect(() => layer.apply([query, value], { useCausalMask: 1 } as object)).toThrow('expected useCausalMask to be true or false, got 1');
    expect(() => layer.apply([Input({ shape: [3, null] }), Input({ shape: [3, 2] })])).toThrow('a known last axis');
    expect(() => new layers.Attention().apply([draw([1, 2, 2, 2], 1), draw([1, 2, 2, 2], 1)])).toThrow('expected query, value and key');
  });
});
