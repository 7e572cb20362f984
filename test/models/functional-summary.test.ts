// The table of a model that is no plain stack: 98 columns that end at 32, 53, 65 and 98.
import { beforeEach, describe, expect, it } from 'vitest';
import { clearSession, Input, layers, Model, Sequential } from '../../src/index.ts';

beforeEach(clearSession);

const summary = (model: Model | Sequential): string[] => {
  const lines: string[] = [];
  model.summary({ printFn: (line) => lines.push(line) });
  return lines;
};

const rule = '_'.repeat(98);
const double = '='.repeat(98);
const header = 'Layer (type)                    Output Shape         Param #     Connected to                     ';

describe('the summary of a graph', () => {
  it('says what each layer is connected to', () => {
    const [title, body] = [Input({ shape: [4], name: 'title' }), Input({ shape: [10], name: 'body' })];
    const embedding = new layers.Embedding(1000, 8);
    const pooling = new layers.GlobalAveragePooling1D();
    const both = layers.concatenate([pooling.apply(embedding.apply(title)), pooling.apply(embedding.apply(body))]);
    const model = new Model({ inputs: [title, body], outputs: new layers.Dense(1).apply(both) });
    expect(summary(model)).toEqual([
      'Model: "model"',
      rule,
      header,
      double,
      'title (InputLayer)              [(None, 4)]          0                                            ',
      rule,
      'body (InputLayer)               [(None, 10)]         0                                            ',
      rule,
      'embedding (Embedding)           multiple             8000        title[0][0]                      ',
      '                                                                 body[0][0]                       ',
      rule,
      'global_average_pooling1d (Globa (None, 8)            0           embedding[0][0]                  ',
      '                                                                 embedding[1][0]                  ',
      rule,
      'concatenate (Concatenate)       (None, 16)           0           global_average_pooling1d[0][0]   ',
      '                                                                 global_average_pooling1d[1][0]   ',
      rule,
      'dense (Dense)                   (None, 1)            17          concatenate[0][0]                ',
      double,
      'Total params: 8,017',
      'Trainable params: 8,017',
      'Non-trainable params: 0',
      rule,
    ]);
  });

  it('counts the places of models inside and shows lists of shapes', () => {
    const x = Input({ shape: [3, 2] });
    const [y, scores] = new layers.MultiHeadAttention(1, 2).apply([x, x], { returnAttentionScores: true });
    const tower = new Sequential([new layers.Flatten({ inputShape: [3, 2] }), new layers.Dense(2)], { name: 'tower' });
    const model = new Model({ inputs: x, outputs: [layers.add([tower.apply(x), tower.apply(y)]), scores] });
    expect(summary(model).slice(4, -5)).toEqual([
      'input_1 (InputLayer)            [(None, 3, 2)]       0                                            ',
      rule,
      'multi_head_attention (MultiHead [(None, 3, 2), (None 24          input_1[0][0]                    ',
      '                                                                 input_1[0][0]                    ',
      rule,
      'tower (Sequential)              (None, 2)            14          input_1[0][0]                    ',
      '                                                                 multi_head_attention[0][0]       ',
      rule,
      'add (Add)                       (None, 2)            0           tower[0][0]                      ',
      '                                                                 tower[1][0]                      ',
    ]);
  });

  it('is that of a stack, 65 columns wide, where layers follow one another', () => {
    const x = Input({ shape: [2] });
    const model = new Model({ inputs: x, outputs: new layers.Dense(1).apply(x) });
    expect(summary(model)[2]).toBe('Layer (type)                 Output Shape              Param #   ');
    expect(summary(model)[1]).toBe('_'.repeat(65));
  });
});
