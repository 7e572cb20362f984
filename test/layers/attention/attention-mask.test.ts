// The mask that MultiHeadAttention is given for the attention itself.
import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/graph/value.ts';
import { Input, layers, loadModel, Model, setRandomSeed, type Tensor, tensor } from '../../../src/index.ts';
import { numbersFor } from '../../saving/round-trip.ts';

const x = numbersFor([2, 4, 3]);
const triangle = Array.from({ length: 4 }, (_, row) => Array.from({ length: 4 }, (_, column) => Number(column <= row)));

const attention = () => {
  setRandomSeed(5);
  return new layers.MultiHeadAttention(2, 3, { name: 'heads' });
};

describe('attentionMask', () => {
  const causal = attention().apply([x, x], { useCausalMask: true });

  it.each([
    ['for each sample', [triangle, triangle]],
    ['for all samples', [triangle]],
    ['without a batch', triangle],
    ['for each head', [[triangle, triangle]]],
    ['of truth values', [triangle.map((row) => row.map(Boolean))]],
  ])('%s says where may be looked', (_, attentionMask) => {
    expect(attention().apply([x, x], { attentionMask }).array()).toEqual(causal.array());
  });

  it('counts beside the masks of the inputs', () => {
    const mask = [
      [1, 1, 1, 0],
      [1, 1, 1, 1],
    ];
    const [output, scores] = attention().apply([x, x, x], {
      attentionMask: [triangle],
      mask: [null, mask],
      returnAttentionScores: true,
    });
    expect(output.array()).toEqual(
      attention()
        .apply([x, x, x], { useCausalMask: true, mask: [null, mask] })
        .array(),
    );
    const last = (scores.array() as number[][][][]).map((heads) => heads[0][3]);
    expect(last[0][3]).toBe(0);
    expect(last[1][3]).toBeGreaterThan(0);
  });

  it('gives 0 where nothing may be looked at', () => {
    const nothing = [[0, 0, 0, 0], ...triangle.slice(1)];
    const [output, scores] = attention().apply([x, x], { attentionMask: nothing, returnAttentionScores: true });
    expect((scores.array() as number[][][][])[0][0][0]).toEqual([0, 0, 0, 0]);
    // The output's bias starts at 0.
    expect((output.array() as number[][][])[0][0]).toEqual([0, 0, 0]);
  });

  describe('has the shape of the scores or one that broadcasts to it, as in Keras', () => {
    const single = () => new layers.MultiHeadAttention(1, 1, { kernelInitializer: 'ones' });
    const query = tensor([[[1], [5], [2]]]);
    const value = tensor([[[2], [1], [5]]]);
    const lower = [
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
    ];
    const none = [4.791570663452148, 4.999998569488525, 4.991246700286865];
    const cases: [string, unknown, number[]][] = [
      ['null', null, none],
      ['[1, 1, 3]', [[[1, 0, 0]]], [2, 2, 2]],
      ['[1, 1, 1, 3]', [[[[1, 0, 0]]]], [2, 2, 2]],
      ['[1, 3]', [[1, 0, 0]], [2, 2, 2]],
      ['[3, 3]', lower, [2, 1.9933072328567505, none[2]]],
      ['[3, 1], where a row has nothing to look at', [[1], [0], [1]], [none[0], 2.6666667461395264, none[2]]],
    ];
    it.each(cases)('%s', (_, attentionMask, expected) => {
      const result = single().apply([query, value], { attentionMask: attentionMask as never });
      for (const [i, number] of expected.entries()) expect(result.data[i]).toBeCloseTo(number, 5);
    });
    it.each(cases)('%s inside a call', (_, attentionMask, expected) => {
      class Outer extends layers.Layer {
        readonly inner = single();
        override call(x: Value): Value {
          return this.inner.apply([x, value], { attentionMask: attentionMask as never });
        }
      }
      const result = new Outer().apply(query);
      for (const [i, number] of expected.entries()) expect(result.data[i]).toBeCloseTo(number, 5);
    });
    it.each(cases)('%s as a constant of a model', (_, attentionMask, expected) => {
      const x = Input({ shape: [3, 1] });
      const model = new Model({ inputs: x, outputs: single().apply([x, value], { attentionMask: attentionMask as never }) });
      const result = model.predict(query);
      for (const [i, number] of expected.entries()) expect(result.data[i]).toBeCloseTo(number, 5);
    });
  });

  describe('of several axes', () => {
    const numbers = (shape: number[], f: (i: number) => number) =>
      tensor(
        Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => f(i)),
        shape,
      );
    const query = numbers([2, 2, 3, 1], (i) => (i % 5) / 4);
    const value = numbers([2, 2, 2, 1], (i) => (i % 3) / 2);
    const apart = [0, 0.53121, 1, 2, 1.46212, 0, 1, 1.56218, 2, 0, 0.5, 1];
    const together = [0.66667, 1.53121, 0.39099, 1.02842, 1.62246, 0.33333, 0.69384, 1.24492, 1.42113, 0.7673, 1, 1.36166];
    it.each<[string, number[], number[] | null, number[]]>([
      ['the axis attended over', [3, 2], [2], apart],
      ['and the batch', [2, 3, 2], [2], apart],
      ['and 1 for the batch', [1, 3, 2], [2], apart],
      ['and the axis apart', [2, 2, 3, 2], [2], apart],
      ['and 1 for the axis apart', [2, 1, 3, 2], [2], apart],
      ['and the heads', [2, 2, 2, 3, 2], [2], apart],
      ['but 1 for heads and rows', [2, 2, 1, 1, 2], [2], [0, 0, 0, 1.35836, 1.46212, 1, 2, 2, 2, 0, 0, 0]],
      ['all axes', [2, 3, 2, 2], null, together],
      ['all axes and the batch', [2, 2, 3, 2, 2], null, together],
      ['all axes, batch and 1 for the heads', [2, 1, 2, 3, 2, 2], null, together],
      [
        'all axes, 1 for the rows',
        [1, 1, 1, 2, 2],
        null,
        [0.66667, 0.78198, 0.90373, 1.02842, 1.15223, 0.66667, 0.69384, 0.71973, 0.74424, 0.7673, 0.66667, 0.69384],
      ],
    ])('has %s', (_, shape, attentionAxes, expected) => {
      const layer = new layers.MultiHeadAttention(2, 1, { kernelInitializer: 'ones', attentionAxes });
      const result = layer.apply([query, value], { attentionMask: numbers(shape, (i) => Number(i % 3 !== 1)) });
      for (const [i, number] of expected.entries()) expect(result.data[i]).toBeCloseTo(number, 4);
    });
  });

  it('is part of a functional model, in files too', async () => {
    const [sequence, mask] = [Input({ shape: [4, 3] }), Input({ shape: [4, 4] })];
    const heads = attention();
    const model = new Model({ inputs: [sequence, mask], outputs: heads.apply([sequence, sequence], { attentionMask: mask }) });
    const data = [x, [triangle, triangle]];
    expect(model.predict(data).array()).toEqual(heads.apply([x, x], { useCausalMask: true }).array());
    expect(model.toJSON()).toContain('"attention_mask": {');
    const copy = await loadModel(await model.toKeras());
    expect((copy.predict(data) as Tensor).array()).toEqual(model.predict(data).array());
  });

  it('has to fit', () => {
    expect(() => attention().apply([x, x], { attentionMask: [[1, 0]] })).toThrow(
      'heads: expected attentionMask of shape [2, 4, 4] or [2, 2, 4, 4], got [1, 2].',
    );
    expect(() => attention().apply([x, x], { attentionmask: [[1]] } as object)).toThrow('heads.apply: expected an option it has');
  });
});
