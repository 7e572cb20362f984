import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Value } from '../../../src/graph/value.ts';
import * as layers from '../../../src/layers/index.ts';
import { Sequential } from '../../../src/models/sequential.ts';
import { clip } from '../../../src/primitives/unary.ts';
import { eager } from '../../../src/runtime/eager.ts';
import { type Tensor, tensor } from '../../../src/tensor/index.ts';
import { expectClose, randoms } from '../../kernels/harness.ts';

afterEach(() => vi.restoreAllMocks());

/** Output and mask of layers one after another. */
function through(x: Tensor, ...list: layers.Layer[]): { y: Tensor; mask: Tensor | undefined } {
  const [y, mask] = eager([x], ([value]) => {
    const out = list.reduce((v: Value, layer) => layer.invoke(v, false), value);
    return out.mask ? [out, out.mask] : [out];
  });
  return { y, mask };
}

const steps = tensor([
  [
    [1, 2],
    [0, 0],
    [0, 3],
  ],
]);

describe('masks', () => {
  it('are made by Masking, which zeroes the steps', () => {
    const { y, mask } = through(
      tensor([
        [
          [7, 7],
          [7, 1],
        ],
      ]),
      new layers.Masking(7),
    );
    expect(y.array()).toEqual([
      [
        [0, 0],
        [7, 1],
      ],
    ]);
    expect(mask?.array()).toEqual([[0, 1]]);
  });

  it('go through what supports them and are warned of, once a layer, where they end', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const normalization = new layers.LayerNormalization();
    expect(through(steps, new layers.Masking(), normalization, new layers.ReLU()).mask?.array()).toEqual([[1, 0, 1]]);
    expect(warn).not.toHaveBeenCalled();
    const conv = new layers.Conv1D(2, 2, { name: 'conv' });
    for (let call = 0; call < 3; call++) expect(through(steps, new layers.Masking(), conv).mask).toBeUndefined();
    expect(warn.mock.calls).toEqual([
      [
        "Layer 'conv' (of type Conv1D) was passed an input with a mask attached to it. However, this layer does not support masking " +
          'and will therefore destroy the mask information. Downstream layers will not see the mask.',
      ],
    ]);
    // Layers that change nothing end them too.
    for (const layer of [new layers.Reshape([3, 2]), new layers.Permute([1, 2]), new layers.Cropping1D(0), new layers.ZeroPadding1D(0)]) {
      expect(through(steps, new layers.Masking(), layer)).toEqual({ y: steps, mask: undefined });
    }
  });

  it('leave nothing to masked places in Softmax', () => {
    const scores = tensor([
      [1, 2, 3],
      [0, 0, 0],
    ]);
    const softmax = new layers.Softmax();
    const mask = tensor([
      [1, 1, 0],
      [0, 0, 0],
    ]);
    const y = softmax.apply(scores, { mask });
    expectClose(y.data, [1 / (1 + Math.E), Math.E / (1 + Math.E), 0, 0, 0, 0]);
    const overSteps = new layers.Softmax({ axis: 1 }).apply(steps, { mask: tensor([[1, 0, 1]]) });
    expectClose(overSteps.data, [
      Math.E / (1 + Math.E),
      Math.E ** 2 / (Math.E ** 2 + Math.E ** 3),
      0,
      0,
      1 / (1 + Math.E),
      Math.E / (1 + Math.E),
    ]);
    const both = new layers.Softmax([1, 2]).apply(steps);
    expect(Array.from(both.data).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
  });
});

describe('layers over steps', () => {
  it('do the same in both data formats', () => {
    const first = tensor(randoms(2 * 7 * 3, 4), [2, 7, 3]);
    const swap = new layers.Permute([2, 1]);
    const kernel = tensor(randoms(2 * 3 * 4, 5), [2, 3, 4]);
    const pairs: ((dataFormat: 'channels_last' | 'channels_first') => layers.Layer)[] = [
      (dataFormat) => new layers.Conv1D(4, 2, { dataFormat, strides: 2, weights: [kernel, [1, 2, 3, 4]] }),
      (dataFormat) => new layers.MaxPooling1D(3, { dataFormat, padding: 'same' }),
      (dataFormat) => new layers.AveragePooling1D(3, { dataFormat, strides: 1 }),
      (dataFormat) => new layers.ZeroPadding1D([1, 2], { dataFormat }),
    ];
    for (const make of pairs) {
      const expected = swap.apply(make('channels_last').apply(first));
      expect(make('channels_first').apply(swap.apply(first))).toEqual(expected);
    }
  });

  it('say when a sequence is too short or the sizes do not fit', () => {
    const short = tensor([[[1], [2]]]);
    expect(() => new layers.Conv1D(1, 3, { name: 'c' }).apply(short)).toThrow(
      'c: expected at least 3 steps, which is what a window covers, got 2',
    );
    expect(() => new layers.MaxPooling1D(3, { name: 'm' }).apply(short)).toThrow('m: expected at least 3 steps');
    expect(() => new layers.Cropping1D(1, { name: 'c' }).apply(short)).toThrow('c: expected more than 2 steps, got 2');
    expect(() => new layers.Conv1D(2, 3, { strides: 2, dilationRate: 2 })).toThrow('expected strides or dilationRate to be 1, got 2 and 2');
    expect(() => new layers.Conv1D(3, 3, { groups: 2 })).toThrow('expected groups to divide the filters, got 2 and 3');
    expect(() => new layers.Conv1D(2, 1, { groups: 2 }).apply(short)).toThrow('expected groups to divide the features, got 2 and 1');
    expect(() => new layers.Conv1D(2, [3, 3])).toThrow('expected kernelSize to be one number, got [3, 3]');
    expect(() => new layers.Conv1D(1, 1).apply([[1]])).toThrow('expected inputs of three axes, got shape [1, 1]');
    expect(() => new layers.Conv1D(1, 1, { padding: 'full' as never })).toThrow(
      "expected padding to be 'valid' or 'same' or 'causal', got 'full'",
    );
    expect(() => new layers.Reshape([-1, -1])).toThrow('expected targetShape to be an array of lengths with at most one -1, got [-1, -1]');
    expect(() => new layers.Reshape([4]).apply([[1, 2, 3]])).toThrow('expected samples that fit targetShape [4], got [3] of 3 elements');
    expect(() => new layers.Permute([2, 3])).toThrow('expected dims to hold each of 1, 2, ... once, got [2, 3]');
    expect(() => new layers.Permute([2, 1]).apply([[1]])).toThrow('expected inputs of 3 axes, got shape [1, 1]');
    expect(() => new layers.RepeatVector(2).apply(short)).toThrow('expected inputs of two axes, got shape [1, 2, 1]');
    expect(() => new layers.PReLU({ inputShape: [null, 2] }).build([null, null, 2])).toThrow('Pass sharedAxes: [1]');
  });

  it('classify text with a convolution', async () => {
    const model = new Sequential([
      new layers.Embedding(10, 4, { inputLength: 6 }),
      new layers.Conv1D(8, 3, { activation: 'relu', padding: 'causal' }),
      new layers.MaxPooling1D(2),
      new layers.LayerNormalization(),
      new layers.TimeDistributed(new layers.Dense(3, { activation: 'tanh' })),
      new layers.Reshape([-1]),
      new layers.Dense(1, { activation: 'sigmoid' }),
    ]);
    expect(model.layers.map((layer) => layer.outputShape)).toEqual([
      [null, 6, 4],
      [null, 6, 8],
      [null, 3, 8],
      [null, 3, 8],
      [null, 3, 3],
      [null, 9],
      [null, 1],
    ]);
    model.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['acc'] });
    const ids = Array.from({ length: 32 }, (_, i) => Array.from({ length: 6 }, (_, t) => (i * 7 + t * t * (1 + (i % 5))) % 10));
    const labels = ids.map((row) => [Number(row.includes(3))]);
    const { history } = await model.fit(ids, labels, { epochs: 60, batchSize: 8, verbose: 0 });
    expect((history.loss as number[]).at(-1)).toBeLessThan((history.loss as number[])[0] / 2);
  });
});

describe('TimeDistributed', () => {
  it('applies its layer to every step', () => {
    const dense = new layers.Dense(2, { activation: 'relu' });
    const x = tensor(randoms(24, 3), [2, 4, 3]);
    const layer = new layers.TimeDistributed(dense);
    const y = layer.apply(x);
    expect(layer.weights).toEqual(dense.weights);
    for (let t = 0; t < 4; t++) {
      const step = dense.apply([0, 1].map((b) => [0, 1, 2].map((c) => x.at(b, t, c))));
      expectClose(
        [0, 1].flatMap((b) => [y.at(b, t, 0), y.at(b, t, 1)] as number[]),
        step.data,
      );
    }
  });

  it('gives BatchNormalization one step after another while training', () => {
    const x = tensor(randoms(24, 6, -2, 4), [4, 3, 2]);
    const inner = new layers.BatchNormalization({ momentum: 0.5 });
    const y = new layers.TimeDistributed(inner).apply(x, { training: true });
    const alone = new layers.BatchNormalization({ momentum: 0.5 });
    for (let t = 0; t < 3; t++) {
      const step = alone.apply(
        [0, 1, 2, 3].map((b) => [x.at(b, t, 0), x.at(b, t, 1)]),
        { training: true },
      );
      expectClose(
        [0, 1, 2, 3].flatMap((b) => [y.at(b, t, 0), y.at(b, t, 1)] as number[]),
        step.data,
      );
    }
    expect(inner.getWeights()).toEqual(alone.getWeights());
  });

  it('takes a layer, freezes it, and wants three axes', () => {
    const dense = new layers.Dense(2);
    expect(new layers.TimeDistributed(dense, { trainable: false }).trainableWeights).toEqual([]);
    expect(dense.trainable).toBe(false);
    expect(() => new layers.TimeDistributed('dense' as never)).toThrow("expected layer to be a layer, got 'dense'");
    expect(() => new layers.TimeDistributed(new layers.Dense(1)).apply([[1]])).toThrow(
      'expected inputs of at least three axes, got shape [1, 1]',
    );
  });
});

describe('Lambda', () => {
  it('hands on arguments and finds shape and mask', () => {
    const layer = new layers.Lambda((x, { low, high }) => clip(x, low as number, high as number), {
      arguments: { low: 0, high: 1 },
      mask: (_, mask) => mask,
    });
    const { y, mask } = through(steps, new layers.Masking(), layer);
    expect(y.array()).toEqual([
      [
        [1, 1],
        [0, 0],
        [0, 1],
      ],
    ]);
    expect(mask?.array()).toEqual([[1, 0, 1]]);
    expect(layer.computeOutputShape([null, null, 2])).toEqual([null, null, 2]);
    expect(() => new layers.Lambda(3 as never)).toThrow('expected function to be a function, got 3');
  });
});

describe('ActivityRegularization', () => {
  it('adds to the loss', async () => {
    const model = new Sequential([new layers.ActivityRegularization({ l1: 0.5, l2: 0.25, inputShape: [2] }), new layers.Dense(1)]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    model.layers[1].setWeights([[[0], [0]], [0]]);
    const [loss] = await model.evaluate(
      [
        [1, -2],
        [3, 0],
      ],
      [[0], [0]],
      { verbose: 0 },
    );
    expect(loss).toBeCloseTo((0.5 * 6 + 0.25 * 14) / 2, 5);
  });
});
