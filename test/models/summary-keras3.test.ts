// The boxed summary against what Keras 3 printed into 80 columns.
import { beforeEach, describe, expect, it } from 'vitest';
import { clearSession, Input, layers, Model, ops, Sequential, type SummaryOptions } from '../../src/index.ts';
import recorded from '../fixtures/keras3_summaries.json';

const text = (model: Sequential | Model, options: SummaryOptions = {}): string => {
  const lines: string[] = [];
  model.summary({ style: 'keras3', printFn: (line) => lines.push(line), ...options });
  return `${lines.join('\n')}\n`;
};

/** Keras 3 builds an Embedding when it sees data; the package's, like Keras 2's, is built at once. */
class LateEmbedding extends layers.Layer {
  override get className(): string {
    return 'Embedding';
  }
  override build(): void {
    this.addWeight('embeddings', [8185, 16], { initializer: 'glorot_uniform' });
  }
  override call(x: never): never {
    return x;
  }
}

const seed0 = () =>
  new Sequential(
    [
      new layers.Embedding(50, 8, { inputLength: 4, name: 'embedding' }),
      new layers.Flatten({ name: 'flatten' }),
      new layers.Dense(1, { activation: 'sigmoid', name: 'dense' }),
    ],
    { name: 'sequential' },
  );

const seed3 = (embedding: layers.Layer) =>
  new Sequential(
    [
      embedding,
      new layers.GlobalAveragePooling1D({ name: 'global_average_pooling1d' }),
      new layers.Dense(16, { name: 'dense' }),
      new layers.Dense(1, { name: 'dense_1' }),
    ],
    { name: 'sequential' },
  );

describe("the summary of style 'keras3'", () => {
  beforeEach(clearSession);

  it('of a model that was not trained', () => {
    const model = seed0();
    model.compile({ optimizer: 'adam', loss: 'binary_crossentropy' });
    expect(text(model)).toBe(recorded['seed0 built']);
  });

  it('of a trained one, with what the optimizer keeps', () => {
    const model = seed0();
    model.compile({ optimizer: 'adam', loss: 'binary_crossentropy' });
    model.trainOnBatch([[1, 2, 3, 4]], [[1]]);
    expect(text(model)).toBe(recorded['seed0 trained']);
  });

  it('of one that is not built', () => {
    expect(text(seed3(new LateEmbedding({ name: 'embedding' })))).toBe(recorded['seed3 unbuilt']);
  });

  it('of one whose data decide on the length', () => {
    const model = new Sequential([new layers.Embedding(50, 8), new layers.Flatten(), new layers.Dense(1)]);
    expect(text(model)).toBe(recorded['data decide']);
    model.build([null, 4]);
    expect(text(model)).toBe(recorded['data decided']);
  });

  it('of layers of every kind that are not built', () => {
    const model = new Sequential([
      new layers.Dense(4),
      new layers.Activation('relu'),
      new layers.ReLU(),
      new layers.LeakyReLU(),
      new layers.PReLU(),
      new layers.Softmax(),
      new layers.Dropout(0.5),
      new layers.GaussianNoise(0.5),
      new layers.SpatialDropout1D(0.5),
      new layers.BatchNormalization(),
      new layers.LayerNormalization(),
      new layers.UnitNormalization(),
      new layers.Reshape([2, 2]),
      new layers.Permute([2, 1]),
      new layers.Flatten(),
      new layers.RepeatVector(3),
      new layers.Conv1D(2, 2),
      new layers.MaxPooling1D(2),
      new layers.ZeroPadding1D(1),
      new layers.Cropping1D(1),
      new layers.UpSampling1D(2),
      new layers.Masking(),
      new layers.LSTM(2, { returnSequences: true }),
      new layers.Bidirectional(new layers.GRU(2, { returnSequences: true })),
      new layers.TimeDistributed(new layers.Dense(2)),
      new layers.GlobalMaxPooling1D(),
      new layers.Identity(),
      new layers.Rescaling(2),
      new layers.Lambda((x) => x),
    ]);
    expect(text(model)).toBe(recorded['every kind unbuilt']);
  });

  it('of lengths that vary', () => {
    expect(text(seed3(new layers.Embedding(8185, 16, { name: 'embedding' })))).toBe(recorded['seed3 built']);
  });

  it('of shared layers and ops', () => {
    const [left, right] = [Input({ shape: [3], name: 'left' }), Input({ shape: [5], name: 'right' })];
    const embedding = new layers.Embedding(10, 4, { name: 'embedding_1' });
    const [a, b] = [left, right].map((x) => new layers.Flatten().apply(embedding.apply(x)));
    const outputs = new layers.Dense(1, { name: 'dense_2' }).apply(ops.concatenate([a, b], -1));
    expect(text(new Model({ inputs: [left, right], outputs, name: 'functional_1' }))).toBe(recorded.shared);
  });

  it('with models inside, a column of what is trained, and a choice of layers', () => {
    const inner = new Sequential([new layers.Dense(2, { inputShape: [3], name: 'inner_dense' })], { name: 'inner' });
    const frozen = new layers.Dense(1, { name: 'last', trainable: false });
    const model = new Sequential([inner, new layers.Flatten({ name: 'flat' }), frozen], { name: 'outer' });
    model.build([null, 3]);
    const lines = text(model, { expandNested: true, showTrainable: true }).split('\n');
    expect(lines.find((line) => line.includes('inner (Sequential)'))).toMatch(/│ +8 │ +Y +│$/);
    expect(lines.find((line) => line.includes('   └ inner_dense (Dense)'))).toMatch(/\(None, 2\) +│ +8 │ +Y +│$/);
    expect(lines.find((line) => line.includes('flat (Flatten)'))).toMatch(/│ +- +│$/);
    expect(lines.find((line) => line.includes('last (Dense)'))).toMatch(/│ +3 │ +N +│$/);
    expect(new Set(lines.slice(1, lines.indexOf(' Total params: 11 (44.00 B)')).map((line) => line.length)).size).toBe(1);
    expect(lines).toContain(' Non-trainable params: 3 (12.00 B)');
    const part = text(model, { layerRange: ['flat', 'last'] });
    expect(part).not.toContain('inner');
    expect(part).toContain('flat (Flatten)');
  });

  it('cuts words that are too long', () => {
    const model = new Sequential([new layers.Dense(1, { inputShape: [1], name: 'x'.repeat(40) })]);
    expect(text(model)).toContain(`│ ${'x'.repeat(30)}… │`);
  });

  it('refuses what it cannot do', () => {
    const model = seed0();
    expect(() => text(model, { expandnested: true } as object)).toThrow('Did you mean expandNested?');
    expect(() => text(model, { layerRange: ['a', 'dense'] })).toThrow('The layers are embedding, flatten, dense.');
    expect(() => text(model, { lineLength: 10 })).toThrow('Pass 76 or more.');
  });
});

describe('the options of a summary', () => {
  const model = () => new Sequential([new layers.Dense(3, { inputShape: [2] })], { name: 'm' });

  it('name no other style', () => {
    expect(() => model().summary({ style: 'keras4' as 'keras3' })).toThrow("m.summary: expected style 'keras3' or none, got 'keras4'.");
  });

  it('of Keras 3 are not those of Keras 2', () => {
    const inner = new Sequential([new layers.Dense(2, { inputShape: [3] })], { name: 'inner' });
    const outer = new Sequential([inner, new layers.Dense(1)], { name: 'm' });
    expect(text(outer, { expandNested: true, showTrainable: true, lineLength: 88 })).toContain('└ dense');
    expect(() => outer.summary({ expandNested: true })).toThrow("m.summary: expected an option it has, got 'expandNested'");
  });
});
