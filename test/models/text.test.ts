// Models that are given texts: layers on the host stand where the data enter.
import { beforeEach, describe, expect, it } from 'vitest';
import {
  clearSession,
  Dataset,
  Input,
  layers,
  Model,
  optimizers,
  Sequential,
  setRandomSeed,
  TextVectorization,
  tensor,
} from '../../src/index.ts';

const reviews = [
  'The food was great, great service!',
  'Wonderful place and lovely food',
  'I loved it: lovely people',
  'great food, great price',
  'The food was awful',
  'Terrible service and bad food',
  'I hated it, never again',
  'bad place, awful people',
];
const labels = [1, 1, 1, 1, 0, 0, 0, 0];

const adapted = (options: layers.TextVectorizationOptions = {}) => {
  const layer = new TextVectorization(options);
  layer.adapt(reviews);
  return layer;
};

const classifier = (first: layers.Layer[], size: number) =>
  new Sequential([
    ...first,
    new layers.Embedding(size, 8, { maskZero: true }),
    new layers.GlobalAveragePooling1D(),
    new layers.Dense(1, { activation: 'sigmoid' }),
  ]);

beforeEach(() => {
  clearSession();
  setRandomSeed(7);
});

describe('a Sequential model of texts', () => {
  it('learns from texts and predicts for texts', async () => {
    const vectorization = adapted({ outputSequenceLength: 8 });
    const model = classifier([vectorization], vectorization.vocabularySize());
    expect([model.built, model.inputShape, model.outputShape]).toEqual([true, [null], [null, 1]]);
    model.compile({ optimizer: new optimizers.Adam({ learningRate: 0.02 }), loss: 'binary_crossentropy', metrics: ['acc'] });
    const history = await model.fit(reviews, labels, { epochs: 60, batchSize: 4, verbose: 0 });
    expect(history.history.loss.at(-1)).toBeLessThan(history.history.loss[0] / 2);
    expect(await model.evaluate(reviews, labels, { verbose: 0 })).toEqual([expect.any(Number), 1]);
    const probabilities = model.predict(['great lovely food', 'awful, bad service']);
    expect(probabilities.at(0, 0)).toBeGreaterThan(0.5);
    expect(probabilities.at(1, 0)).toBeLessThan(0.5);
    expect(model.apply(['great lovely food', 'awful, bad service'])).toEqual(probabilities);
    expect(model.predict([['great lovely food'], ['awful, bad service']])).toEqual(probabilities);
  });

  it('computes what the same model computes from ids', async () => {
    const vectorization = adapted({ outputSequenceLength: 8 });
    const size = vectorization.vocabularySize();
    const ofTexts = classifier([vectorization], size);
    const ofIds = classifier([new layers.InputLayer({ shape: [8], dtype: 'int32' })], size);
    ofIds.setWeights(ofTexts.getWeights());
    const ids = vectorization.apply(reviews);
    expect(ofTexts.predict(reviews)).toEqual(ofIds.predict(ids));
    for (const model of [ofTexts, ofIds]) model.compile({ optimizer: 'adam', loss: 'binary_crossentropy' });
    const options = { epochs: 3, batchSize: 3, verbose: 0, shuffle: false } as const;
    const a = await ofTexts.fit(reviews, labels, options);
    const b = await ofIds.fit(ids, labels, options);
    expect(a.history).toEqual(b.history);
    expect(ofTexts.getWeights()).toEqual(ofIds.getWeights());
    expect(ofTexts.trainOnBatch(reviews, labels)).toEqual(ofIds.trainOnBatch(ids, labels));
    expect(ofTexts.testOnBatch([['bad'], ['good']], [0, 1])).toEqual(ofIds.testOnBatch(vectorization.apply(['bad', 'good']), [0, 1]));
  });

  it('takes validation data and datasets of texts', async () => {
    const vectorization = adapted();
    const model = classifier([vectorization], vectorization.vocabularySize());
    model.compile({ optimizer: 'adam', loss: 'binary_crossentropy' });
    const split = await model.fit(reviews, labels, { validationSplit: 0.25, verbose: 0 });
    expect(Object.keys(split.history)).toEqual(['loss', 'val_loss']);
    const batches = Dataset.fromTensorSlices([reviews, labels]).batch(3);
    const streamed = await model.fit(batches, { epochs: 2, validationData: [reviews, labels], verbose: 0 });
    expect(streamed.history.val_loss).toHaveLength(2);
    const whole = await model.evaluate(Dataset.fromTensorSlices([reviews, labels]).batch(8), { verbose: 0 });
    expect(whole[0]).toBeCloseTo((await model.evaluate(reviews, labels, { verbose: 0 }))[0], 6);
    const predicted = await model.predictDataset(Dataset.from(reviews).batch(8));
    expect(predicted).toEqual(model.predict(reviews));
  });

  it('takes rows with a place for each token, once there is a vocabulary', () => {
    const vectorization = new TextVectorization({ outputMode: 'tf_idf' });
    const model = new Sequential([vectorization, new layers.Dense(1)]);
    expect(model.built).toBe(false);
    vectorization.adapt(reviews);
    expect(model.predict(reviews).shape).toEqual([8, 1]);
    expect(model.layers[1].getWeights()[0].shape).toEqual([vectorization.vocabularySize(), 1]);
    expect(() => vectorization.adapt(['one', 'two'])).toThrow('since the layer is in use');
  });

  it('stands behind an InputLayer, and in the summary', () => {
    const vectorization = adapted({ outputSequenceLength: 5 });
    const model = classifier([new layers.InputLayer({ shape: [1], dtype: 'string' }), vectorization], 30);
    expect(model.inputShape).toEqual([null, 1]);
    expect(model.predict(['a', 'b', 'c']).shape).toEqual([3, 1]);
    const lines: string[] = [];
    model.summary({ printFn: (line) => lines.push(line) });
    expect(lines.find((line) => line.startsWith('text_vectorization'))).toMatch(/\(None, 5\) +0 *$/);
  });

  it('has lookups of single values and of integers', () => {
    const city = new layers.StringLookup({ vocabulary: ['Berlin', 'Stuttgart'] });
    const one = new Sequential([city, new layers.Embedding(3, 2)]);
    expect(one.predict(['Berlin', 'Rome', 'Berlin']).shape).toEqual([3, 2]);
    const hot = new Sequential([new layers.StringLookup({ vocabulary: ['Berlin'], outputMode: 'one_hot' }), new layers.Dense(2)]);
    expect(hot.predict(['Berlin', 'Rome']).shape).toEqual([2, 2]);
    const codes = new Sequential([
      new layers.IntegerLookup({ vocabulary: [2 ** 40, 7] }),
      new layers.Embedding(3, 2),
      new layers.Flatten(),
    ]);
    const rows = codes.predict([[2 ** 40, 7]]);
    expect(rows.shape).toEqual([1, 4]);
    expect(codes.predict([[7, 2 ** 40]]).data).toEqual(Float32Array.of(...rows.data.subarray(2), ...rows.data.subarray(0, 2)));
    const scaled = new Sequential([new layers.IntegerLookup({ vocabulary: [5, 9] }), new layers.Dense(1, { kernelInitializer: 'ones' })]);
    expect(scaled.predict([[5], [9], [7]]).array()).toEqual([[1], [2], [0]]);
    const bins = new Sequential([new layers.Hashing(4), new layers.Embedding(4, 2)]);
    expect(bins.predict([['a', 'b', 'c']]).shape).toEqual([1, 3, 2]);
  });

  it('has one layer on the host behind another', () => {
    const spelt = new layers.StringLookup({ vocabulary: ['one', 'two', 'three'], invert: true });
    const model = new Sequential([spelt, new layers.StringLookup({ vocabulary: ['three', 'one'] })]);
    expect(model.predict([[1, 2, 3]]).array()).toEqual([[2, 0, 1]]);
    expect(model.predict([[1, 2, 3]]).dtype).toBe('int32');
  });

  it('gives ids and drops layers again', () => {
    const vectorization = adapted({ outputSequenceLength: 3 });
    const model = new Sequential([vectorization]);
    expect(model.predict(reviews)).toEqual(vectorization.apply(reviews));
    model.add(new layers.Embedding(40, 2));
    expect(model.predict(reviews).shape).toEqual([8, 3, 2]);
    model.pop();
    expect(model.predict(reviews)).toEqual(vectorization.apply(reviews));
  });
});

describe('a functional model of texts', () => {
  it('takes texts and numbers side by side', async () => {
    const text = Input({ shape: [1], dtype: 'string', name: 'text' });
    const stars = Input({ shape: [2], name: 'stars' });
    const vectorization = adapted({ outputMode: 'multi_hot' });
    const words = new layers.Dense(1).apply(vectorization.apply(text));
    const model = new Model({ inputs: [text, stars], outputs: [words, new layers.Dense(1).apply(stars)] });
    const numbers = reviews.map((_, i) => [i, 1]);
    const outputs = model.predict([reviews, numbers]) as unknown as { shape: number[] }[];
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [8, 1],
      [8, 1],
    ]);
    expect(model.predict({ stars: numbers, text: reviews.map((review) => [review]) })).toEqual(outputs);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    const history = await model.fit([reviews, numbers], [labels, labels], { epochs: 2, verbose: 0 });
    expect(history.history.loss).toHaveLength(2);
  });

  it('feeds one input to several layers', () => {
    const code = Input({ shape: [1], dtype: 'int32', name: 'code' });
    const known = new layers.Flatten().apply(
      new layers.Embedding(3, 2).apply(new layers.IntegerLookup({ vocabulary: [70, 80] }).apply(code)),
    );
    const hashed = new layers.Dense(2).apply(new layers.Hashing(4, { outputMode: 'one_hot' }).apply(code));
    const plain = new layers.Dense(2).apply(code);
    const model = new Model({ inputs: code, outputs: [known, hashed, plain] });
    const codes = [[70], [5], [80], [6]];
    const outputs = model.predict(codes) as unknown as { array(): number[][] }[];
    const [known0, , known2, known3] = outputs[0].array();
    expect(known3).toEqual(outputs[0].array()[1]);
    expect(known0).not.toEqual(known2);
    expect(outputs[2].array()[0][0] / outputs[2].array()[2][0]).toBeCloseTo(70 / 80, 5);
    expect(model.apply(tensor(codes, undefined, 'int32'))).toEqual(outputs);
  });

  it('contains a model of ids, as one that is exported with its texts', () => {
    const vectorization = adapted({ outputSequenceLength: 6 });
    const inner = classifier([new layers.InputLayer({ shape: [6], dtype: 'int32' })], vectorization.vocabularySize());
    const outer = new Sequential([vectorization, inner]);
    expect(outer.predict(reviews)).toEqual(inner.predict(vectorization.apply(reviews)));
    const ids = vectorization.apply(Input({ shape: [1], dtype: 'string' }));
    const part = new Model({ inputs: ids, outputs: inner.apply(ids) });
    expect(part.predict(vectorization.apply(reviews))).toEqual(outer.predict(reviews));
  });
});

describe('mistakes with texts', () => {
  const text = () => Input({ shape: [1], dtype: 'string', name: 'text' });

  it('are named', () => {
    const vectorization = adapted({ name: 'words', outputSequenceLength: 3 });
    const dense = () => new layers.Dense(1, { name: 'head' });
    expect(() => dense().apply(text())).toThrow(
      'head: expected numbers, got the texts of text. Put a TextVectorization, StringLookup or Hashing layer between.',
    );
    expect(() => vectorization.apply(Input({ shape: [1], name: 'x' }))).toThrow(
      "words: expected texts, got the numbers of x. Use Input({ shape: [1], dtype: 'string' }).",
    );
    expect(() => new layers.IntegerLookup({ name: 'codes' }).apply(text())).toThrow('codes: expected integers, got the texts of text');
    expect(() => new layers.Hashing(3, { name: 'bins' }).apply(dense().apply(Input({ shape: [2] })))).toThrow(
      'bins: expected data as they come in, got what layer head computes. Put the layer first in a Sequential model or directly behind an Input.',
    );
    expect(() => new layers.Hashing(3, { name: 'bins' }).apply([text(), text()])).toThrow('bins: expected one input, got 2');
    expect(() => new Sequential([dense(), vectorization], { name: 'm' })).toThrow(
      'words: expected data as they come in, got what layer head computes. Put the layer first in a Sequential model',
    );
    expect(() => new Sequential([new layers.InputLayer({ shape: [1], dtype: 'string' }), dense()], { name: 'm' })).toThrow(
      'head: expected numbers, got texts. Put a TextVectorization or StringLookup layer before it.',
    );
    const inverse = new layers.StringLookup({ vocabulary: ['a'], invert: true, name: 'spelt' });
    expect(() => new Sequential([inverse, dense()], { name: 'm' })).toThrow(
      'head: expected numbers, got texts. Put a TextVectorization or StringLookup layer before it.',
    );
    expect(() => new Sequential([inverse]).predict([[1]])).toThrow('spelt: expected numbers, got texts');
    const ids = Input({ shape: [1], dtype: 'int32' });
    expect(() => new Model({ inputs: ids, outputs: inverse.apply(ids), name: 'm' })).toThrow('m: expected numbers, got texts');
    const model = new Sequential([vectorization, new layers.Embedding(40, 2)], { name: 'whole' });
    expect(() => new Sequential([model])).toThrow('whole: expected a model of numbers, got one of texts');
    expect(() => model.apply(text())).toThrow('whole: expected a model of numbers');
    expect(() => model.predict([1, 2])).toThrow('whole.predict: input words_input: expected texts, got 1 at position 0');
    expect(() => model.predict([['a', 'b']])).toThrow('expected data of shape [null], got [1, 2]');
    expect(() => new Sequential([adapted(), new layers.Embedding(2, 2, { name: 'few' })]).predict(reviews)).toThrow(
      'few: expected whole ids in [0, 2), got',
    );
  });

  it('leave the model as it was', async () => {
    const vectorization = adapted({ outputSequenceLength: 4 });
    const model = classifier([vectorization], 30);
    model.compile({ optimizer: 'sgd', loss: 'binary_crossentropy' });
    const before = model.getWeights();
    await expect(model.fit([...reviews.slice(1), 3], labels, { verbose: 0 })).rejects.toThrow('expected texts, got 3 at position 7');
    await expect(model.fit(reviews.slice(1), labels, { verbose: 0 })).rejects.toThrow('expected as many samples in x as in y');
    expect(model.getWeights()).toEqual(before);
  });
});
