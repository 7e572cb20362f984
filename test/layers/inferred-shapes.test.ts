// The shapes and dtypes that Keras infers for inputs whose lengths are not known, beside what is inferred here and what data give.
import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/graph/value.ts';
import { Layer } from '../../src/layers/base/layer.ts';
import type { SymbolicTensor } from '../../src/layers/base/symbolic.ts';
import { Input } from '../../src/layers/core/input-layer.ts';
import * as layers from '../../src/layers/index.ts';
import { Model } from '../../src/models/model.ts';
import * as ops from '../../src/ops/index.ts';
import { Tensor } from '../../src/tensor/index.ts';
import recorded from '../fixtures/inferred_shapes.json' with { type: 'json' };

type Call = (...inputs: SymbolicTensor[]) => unknown;

/** A layer of one's own. */
const own =
  (body: (x: Value) => Value | readonly Value[]): Call =>
  (x) => {
    class Own extends Layer {
      override call(inputs: Value): Value | readonly Value[] {
        return body(inputs);
      }
    }
    return new Own().apply(x);
  };

/** The calls of test/fixtures/record/inferred_shapes.py. */
const calls: Record<string, Call> = {
  'add: unknown and ten': (x) => ops.add(x, ops.ones([10, 3])),
  'add: unknown and one': (x) => ops.add(x, ops.ones([1, 3])),
  'add: two unknown': (x, y) => ops.add(x, y),
  'add: another rank': (x, y) => ops.add(x, y),
  'add: a batch that is known': (x, y) => ops.add(x, y),
  'add: crosswise': (x, y) => ops.add(x, y),
  'add: five and four': (x, y) => ops.add(x, y),
  'maximum: unknown and ten': (x) => ops.maximum(x, ops.ones([10, 1])),
  equal: (x) => ops.equal(x, ops.ones([10, 3])),
  where: (x, y) => ops.where(ops.greater(x, 0), x, y),
  'matmul: stack that is known': (x, y) => ops.matmul(x, y),
  'matmul: matrix': (x) => ops.matmul(x, ops.ones([3, 4])),
  'matmul: vector': (x) => ops.matmul(x, ops.ones([3])),
  'matmul: two stacks': (x, y) => ops.matmul(x, y),
  'matmul: four axes': (x, y) => ops.matmul(x, y),
  'matmul: unknown inside': (x, y) => ops.matmul(x, y),
  'matmul: misfit': (x) => ops.matmul(x, ops.ones([4, 4])),
  'dot: matrix': (x) => ops.dot(x, ops.ones([3, 4])),
  'reshape: -1 and two known': (x) => ops.reshape(x, [-1, 13, 3]),
  'reshape: all known but one': (x) => ops.reshape(x, [-1, 6]),
  'reshape: resolved': (x) => ops.reshape(x, [3, -1]),
  'reshape: own batch': (x) => ops.reshape(x, [x.shape[0], 6]),
  'reshape: more axes': (x) => ops.reshape(x, [-1, 2, 2, 3]),
  'reshape: misfit': (x) => ops.reshape(x, [5, 5]),
  transpose: (x) => ops.transpose(x, [2, 0, 1]),
  'transpose: reversed': (x) => ops.transpose(x),
  swapaxes: (x) => ops.swapaxes(x, 1, 2),
  moveaxis: (x) => ops.moveaxis(x, 0, -1),
  expandDims: (x) => ops.expandDims(x, 1),
  'squeeze: what is known': (x) => ops.squeeze(x),
  'squeeze: an axis': (x) => ops.squeeze(x, 1),
  'squeeze: an unknown axis': (x) => ops.squeeze(x, 1),
  ravel: (x) => ops.ravel(x),
  broadcastTo: (x) => ops.broadcastTo(x, [8, 5, 3]),
  'broadcastTo: own batch': (x) => ops.broadcastTo(x, [x.shape[0], 5, 3]),
  'repeat: along an axis': (x) => ops.repeat(x, 3, 1),
  'repeat: a known axis': (x) => ops.repeat(x, 3, 2),
  'repeat: laid flat': (x) => ops.repeat(x, 3),
  tile: (x) => ops.tile(x, [1, 2, 2]),
  'tile: more axes': (x) => ops.tile(x, [2, 1, 1, 1]),
  pad: (x) =>
    ops.pad(x, [
      [0, 0],
      [1, 2],
      [3, 0],
    ]),
  flip: (x) => ops.flip(x, 1),
  'slice: ten steps': (x) => ops.slice(x, [0, 0, 0], [-1, 10, 3]),
  'slice: of known steps': (x) => ops.slice(x, [0, 1, 0], [-1, 3, 3]),
  'concatenate: along what is unknown': (x, y) => ops.concatenate([x, y], 1),
  'concatenate: along the last': (x, y) => ops.concatenate([x, y], -1),
  'concatenate: all known': (x, y) => ops.concatenate([x, y], 1),
  'concatenate: misfit': (x, y) => ops.concatenate([x, y], 1),
  stack: (x, y) => ops.stack([x, y], 1),
  'split: a known axis': (x) => ops.split(x, 3, 2),
  'split: an unknown axis': (x) => ops.split(x, 3, 1),
  'split: at places': (x) => ops.split(x, [1, 3], 1),
  'unstack: a known axis': (x) => ops.unstack(x, { axis: 2 }),
  'unstack: an unknown axis': (x) => ops.unstack(x, { axis: 1 }),
  'take: known places': (x) => ops.take(x, [1, 2], 1),
  'take: unknown places': (x, i) => ops.take(x, i, 2),
  'take: laid flat': (x) => ops.take(x, [[1, 2]]),
  oneHot: (i) => ops.oneHot(i, 5),
  'oneHot: in between': (i) => ops.oneHot(i, 5, 1),
  sum: (x) => ops.sum(x, 1),
  'sum: kept': (x) => ops.sum(x, [0, 2], true),
  'mean: all': (x) => ops.mean(x),
  'max: apart': (x) => ops.max(x, [0, 2]),
  argmax: (x) => ops.argmax(x, 1),
  'argmax: all': (x) => ops.argmax(x),
  any: (x) => ops.any(x, -1),
  logsumexp: (x) => ops.logsumexp(x, 1),
  norm: (x) => ops.norm(x, { axis: -1 }),
  softmax: (x) => ops.softmax(x, 1),
  Dense: (x) => new layers.Dense(4).apply(x),
  Embedding: (i) => new layers.Embedding(9, 4).apply(i),
  Flatten: (x) => new layers.Flatten().apply(x),
  'Flatten: unknown': (x) => new layers.Flatten().apply(x),
  'Flatten: a batch alone': (x) => new layers.Flatten().apply(x),
  Reshape: (x) => new layers.Reshape([-1, 2]).apply(x),
  'Reshape: unknown': (x) => new layers.Reshape([-1, 6]).apply(x),
  Permute: (x) => new layers.Permute([2, 1]).apply(x),
  RepeatVector: (x) => new layers.RepeatVector(5).apply(x),
  Concatenate: (x, y) => new layers.Concatenate({ axis: 1 }).apply([x, y]),
  Add: (x, y) => new layers.Add().apply([x, y]),
  'Add: another rank': (x, y) => new layers.Add().apply([x, y]),
  Dot: (x, y) => new layers.Dot({ axes: 2 }).apply([x, y]),
  'Conv1D: valid': (x) => new layers.Conv1D(4, 3).apply(x),
  'Conv1D: same, strides': (x) => new layers.Conv1D(4, 3, { strides: 2, padding: 'same' }).apply(x),
  'Conv1D: causal': (x) => new layers.Conv1D(4, 3, { padding: 'causal' }).apply(x),
  MaxPooling1D: (x) => new layers.MaxPooling1D(2).apply(x),
  'MaxPooling1D: known': (x) => new layers.MaxPooling1D(2).apply(x),
  GlobalAveragePooling1D: (x) => new layers.GlobalAveragePooling1D().apply(x),
  'GlobalMaxPooling1D: kept': (x) => new layers.GlobalMaxPooling1D({ keepdims: true }).apply(x),
  ZeroPadding1D: (x) => new layers.ZeroPadding1D(2).apply(x),
  Cropping1D: (x) => new layers.Cropping1D(1).apply(x),
  UpSampling1D: (x) => new layers.UpSampling1D(2).apply(x),
  LSTM: (x) => new layers.LSTM(4).apply(x),
  'LSTM: sequences and states': (x) => new layers.LSTM(4, { returnSequences: true, returnState: true }).apply(x),
  'GRU: sequences': (x) => new layers.GRU(4, { returnSequences: true }).apply(x),
  Bidirectional: (x) => new layers.Bidirectional(new layers.LSTM(4, { returnSequences: true })).apply(x),
  'Bidirectional: sum': (x) => new layers.Bidirectional(new layers.GRU(4), { mergeMode: 'sum' }).apply(x),
  TimeDistributed: (x) => new layers.TimeDistributed(new layers.Dense(4)).apply(x),
  Attention: (q, v) => new layers.Attention().apply([q, v]),
  MultiHeadAttention: (q, v) => new layers.MultiHeadAttention(2, 4).apply([q, v]),
  'MultiHeadAttention: scores': (q, v) => new layers.MultiHeadAttention(2, 4).apply([q, v], { returnAttentionScores: true }),
  LayerNormalization: (x) => new layers.LayerNormalization().apply(x),
  RMSNormalization: (x) => new layers.RMSNormalization().apply(x),
  GroupNormalization: (x) => new layers.GroupNormalization(-1).apply(x),
  BatchNormalization: (x) => new layers.BatchNormalization().apply(x),
  'Lambda: reshape': (x) => new layers.Lambda((v) => ops.reshape(v, [-1, 6])).apply(x),
  'Lambda: sum': (x) => new layers.Lambda((v) => ops.sum(v, 1)).apply(x),
  'own: concatenate with itself': own((x) => ops.concatenate([x, x], 1)),
  'own: two outputs': own((x) => [ops.max(x, 1), ops.argmax(x, 1)]),
  'own: outer sum': own((x) => ops.add(ops.expandDims(x, 1), ops.expandDims(x, 2))),
  'own: scores': own((x) => ops.matmul(x, ops.swapaxes(x, 1, 2))),
};

/** Lengths that data may have, where other than 5 and 6. */
const lengths: Record<string, readonly number[]> = {
  'add: unknown and ten': [10],
  'add: a batch that is known': [8],
  'maximum: unknown and ten': [10],
  equal: [10],
  'matmul: stack that is known': [8],
  'matmul: unknown inside': [7],
  'reshape: -1 and two known': [13, 26],
  'Reshape: unknown': [6, 8],
  'Lambda: reshape': [6, 8],
  Add: [5],
  where: [8],
  'slice: ten steps': [10, 12],
  'split: an unknown axis': [6, 9],
  'take: unknown places': [6, 8],
  broadcastTo: [],
};

const symbols = (inputs: (typeof recorded)[number]['inputs']): SymbolicTensor[] =>
  inputs.map(({ shape, dtype }) => Input({ batchShape: shape, dtype: dtype as 'float32' | 'int32' }));

describe('what is inferred', () => {
  it('is recorded for each call', () => {
    expect(recorded.map(({ name }) => name)).toEqual(Object.keys(calls));
  });

  it.each(recorded)('$name', ({ name, inputs, outputs }) => {
    const given = symbols(inputs);
    if (outputs === null) {
      expect(() => calls[name](...given)).toThrow('expected');
      return;
    }
    const result = [calls[name](...given)].flat() as SymbolicTensor[];
    expect(result.map(({ shape }) => shape)).toEqual(outputs.map(({ shape }) => shape));
    expect(result.map(({ dtype }) => dtype)).toEqual(outputs.map(({ dtype }) => dtype));
    const model = new Model({ inputs: given, outputs: result });
    for (const length of lengths[name] ?? [5, 6]) {
      const data = inputs.map(({ shape, dtype }) => {
        const dims = shape.map((dim) => dim ?? length);
        const size = dims.reduce((a, b) => a * b, 1);
        const numbers = Array.from({ length: size }, (_, i) => i % 3);
        return new Tensor(dtype === 'int32' ? Int32Array.from(numbers) : Float32Array.from(numbers), dims);
      });
      const [one] = data;
      const tensors = [model.apply(data.length === 1 ? one : data)].flat() as Tensor[];
      for (const [i, { shape }] of tensors.entries()) {
        expect(shape.map((dim, axis) => (result[i].shape[axis] === null ? null : dim))).toEqual(result[i].shape);
      }
    }
  });
});
