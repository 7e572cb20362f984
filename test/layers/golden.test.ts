// Layers against what Keras computed: outputs, gradients by inputs and weights. A case of another layer is a line of
// layers.json, nothing here.
import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/graph/value.ts';
import * as layers from '../../src/layers/index.ts';
import { eager } from '../../src/runtime/eager.ts';
import { tensor } from '../../src/tensor/index.ts';
import dropoutCases from '../fixtures/dropout.json';
import plainCases from '../fixtures/layers.json';
import recurrentCases from '../fixtures/layers_recurrent.json';
import { expectLayer, expectTensor, run } from './golden.ts';
import { type Case, classes, type Recorded } from './recorded.ts';

describe('layers give what Keras gives', () => {
  it.each([...plainCases, ...recurrentCases] as unknown as Case[])('$name', (entry) => {
    expect(Object.keys(classes)).toContain(entry.class_name);
    expectLayer(entry);
  });

  it('with the same bits in every engine', () => {
    let hash = 0x811c9dc5;
    for (const entry of [...plainCases, ...recurrentCases] as unknown as Case[]) {
      const { outputs, byInputs, byWeights } = run(entry);
      for (const { data } of [...outputs, ...byInputs, ...byWeights]) {
        // One NaN may have other bits than the next.
        for (const bits of new Int32Array(Float32Array.from(data, Number).buffer)) hash = Math.imul(hash ^ bits, 0x01000193);
      }
    }
    const digest = (hash >>> 0).toString(16).padStart(8, '0');
    console.log(`digest of all layers: ${digest}`);
    expect(digest).toBe('b3f0269d');
  });

  it('a failing comparison says where and what', () => {
    const recorded: Recorded = { shape: [2, 2], dtype: 'float32', data: [1, 2, 3, 4] };
    expect(() =>
      expectTensor(
        tensor([
          [1, 2],
          [3.5, 4],
        ]),
        recorded,
        'dense: output 0',
      ),
    ).toThrow(/^dense: output 0: worst at 2 of \[2,2\]: got 3.5, Keras has 3 \(relative error 0\.14/);
    expect(() =>
      expectTensor(
        tensor([
          [1, 2],
          [NaN, 4],
        ]),
        recorded,
        'dense: output 0',
      ),
    ).toThrow('worst at 2');
  });
});

describe('Dropout draws what Keras draws', () => {
  it.each(dropoutCases)('rate $rate, seed $seed, shape $shape', ({ rate, seed, shape, calls }) => {
    const layer = new layers.Dropout(rate, { seed });
    const ones = tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1), shape);
    for (const expected of calls) expect([...layer.apply(ones, { training: true }).data]).toEqual(expected.data);
    expect([...layer.apply(ones).data]).toEqual([...ones.data]);
  });
});

describe('masks', () => {
  it('of an Embedding reach GlobalAveragePooling1D through layers that pass them on', () => {
    const embedding = new layers.Embedding(6, 2, {
      maskZero: true,
      weights: [
        [
          [9, 9],
          [1, 2],
          [3, 4],
          [5, 6],
          [7, 8],
          [0, 1],
        ],
      ],
    });
    const [dropout, activation, pooling] = [new layers.Dropout(0.5), new layers.Activation('relu'), new layers.GlobalAveragePooling1D()];
    const ids = tensor(
      [
        [1, 2, 0, 0],
        [5, 0, 3, 0],
        [4, 4, 4, 4],
      ],
      undefined,
      'int32',
    );
    const [pooled] = eager([ids], ([x]) => {
      const out = pooling.invoke(activation.invoke(dropout.invoke(embedding.invoke(x, false), false), false), false);
      expect(out.mask).toBeUndefined();
      return [out];
    });
    expect(pooled.array()).toEqual([
      [2, 3],
      [2.5, 3.5],
      [7, 8],
    ]);
  });

  it('end at layers that do not know them', () => {
    const embedding = new layers.Embedding(6, 2, { maskZero: true });
    const seen = (next: layers.Layer) => {
      let mask: Value | undefined;
      eager([tensor([[1, 0, 2]], undefined, 'int32')], ([x]) => {
        const y = next.invoke(embedding.invoke(x, false), false);
        mask = y.mask;
        return [y];
      });
      return mask;
    };
    expect(seen(new layers.Dense(3))?.shape).toEqual([1, 3]);
    expect(seen(new layers.Flatten())).toBeUndefined();
    expect(seen(new layers.GlobalMaxPooling1D())).toBeUndefined();
  });

  it('begins with a table in a list or as it is, as in Keras', () => {
    const rows = [
      [1, 2],
      [3, 4],
    ];
    for (const weights of [[rows], rows, [tensor(rows)], tensor(rows)]) {
      expect(new layers.Embedding(2, 2, { weights }).getWeights()[0].array()).toEqual(rows);
    }
  });

  it('without a mask, and without maskZero, every step counts', () => {
    const embedding = new layers.Embedding(2, 1, { weights: [[[2], [4]]] });
    const [y] = eager([tensor([[0, 1, 1, 1]], undefined, 'int32')], ([x]) => [
      new layers.GlobalAveragePooling1D().invoke(embedding.invoke(x, false), false),
    ]);
    expect(y.array()).toEqual([[3.5]]);
  });
});
