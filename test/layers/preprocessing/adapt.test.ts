// Layers that learn from datasets.
import { describe, expect, it } from 'vitest';
import { Dataset, layers, TextVectorization, tensor } from '../../../src/index.ts';
import { numbersFor } from '../../saving/round-trip.ts';

const data = numbersFor([23, 3]);
const batches = () => Dataset.fromTensorSlices(data).batch(4);

describe('Normalization', () => {
  const learnt = async (source: unknown, axis: number | null) => {
    const layer = new layers.Normalization({ axis });
    await layer.adapt(source as Dataset<unknown>);
    return layer.apply(data).data;
  };

  it.each([-1, null])('learns from batches what it learns from all, axis %s', async (axis) => {
    const whole = await learnt(data, axis);
    for (const source of [batches(), Dataset.fromTensorSlices(data), [data].values()]) {
      const parts = await learnt(source, axis);
      expect(Math.max(...parts.map((value, i) => Math.abs(value - whole[i])))).toBeLessThan(1e-6);
    }
  });

  it('takes as many batches as it is told', async () => {
    const [some, first] = [new layers.Normalization(), new layers.Normalization()];
    await some.adapt(batches(), { steps: 2 });
    first.adapt((data.array() as number[][]).slice(0, 8), { batchSize: 3 });
    const [a, b] = [some.apply(data).data, first.apply(data).data];
    expect(Math.max(...a.map((value, i) => Math.abs(value - b[i])))).toBeLessThan(1e-6);
  });

  it('names what is wrong, and learns nothing then', async () => {
    const layer = new layers.Normalization({ name: 'n' });
    layer.adapt([[1], [3]]);
    const before = layer.getWeights().map((weight) => weight.array());
    await expect(layer.adapt(Dataset.from([[[1]], [[1, 2]]]))).rejects.toThrow(
      'n.adapt: expected rows alike, got a batch of shape [1, 2].',
    );
    await expect(layer.adapt(Dataset.range(3).take(0))).rejects.toThrow('n.adapt: expected data, got none.');
    await expect(layer.adapt(batches().repeat())).rejects.toThrow('n.adapt: expected steps beside an endless dataset');
    expect(() => layer.adapt([[1]], { steps: 1 })).toThrow('n.adapt: expected no steps beside an array, got 1.');
    expect(() => layer.adapt([[1]], { step: 1 } as object)).toThrow('Did you mean steps?');
    expect(layer.getWeights().map((weight) => weight.array())).toEqual(before);
  });
});

describe('Discretization', () => {
  it('learns from batches as Keras does, one after the other', async () => {
    const [whole, parts] = [new layers.Discretization({ numBins: 4 }), new layers.Discretization({ numBins: 4 })];
    const numbers = Float32Array.from({ length: 40 }, (_, i) => ((i * 17) % 40) / 4);
    whole.adapt(tensor(numbers, [40, 1]));
    await parts.adapt(Dataset.fromTensorSlices(tensor(numbers, [40, 1])).batch(10));
    // All numbers are kept, as there are fewer than 1 / epsilon.
    expect(parts.binBoundaries).toEqual(whole.binBoundaries);
    await expect(new layers.Discretization({ numBins: 4 }).adapt(Dataset.from([]))).rejects.toThrow('expected data, got none');
  });
});

describe('TextVectorization', () => {
  it('takes the size of parts, which changes nothing', () => {
    const [a, b] = [new TextVectorization(), new TextVectorization()];
    a.adapt(['x y', 'y'], { batchSize: 1 });
    b.adapt(['x y', 'y']);
    expect(a.getVocabulary()).toEqual(b.getVocabulary());
  });
});

describe('rows of several lengths', () => {
  it('count like others', () => {
    const [texts, numbers, deep] = [new layers.StringLookup(), new layers.IntegerLookup(), new layers.StringLookup()];
    texts.adapt([['a', 'b'], ['b'], []] as never);
    expect(texts.getVocabulary()).toEqual(['[UNK]', 'b', 'a']);
    numbers.adapt([[1, 2], [2], [3, 3, 3]] as never);
    expect(numbers.getVocabulary()).toEqual([-1, 3, 2, 1]);
    deep.adapt([[['a'], ['b', 'b']], [['c']]] as never);
    expect(deep.getVocabulary()).toEqual(['[UNK]', 'b', 'c', 'a']);
  });

  it('are documents for tf_idf', () => {
    const [ragged, filled] = [0, 1].map(() => new layers.StringLookup({ outputMode: 'tf_idf', maskToken: '' }));
    ragged.adapt([['a', 'b', 'a'], ['b']] as never);
    filled.adapt([
      ['a', 'b', 'a'],
      ['b', '', ''],
    ]);
    expect(ragged.getConfig().idfWeights).toEqual(filled.getConfig().idfWeights);
  });

  it('beside values are refused', () => {
    expect(() => new layers.StringLookup().adapt([['a'], 'b'] as never)).toThrow('expected rows of one length');
  });
});
