// Mistakes with layers: the message names the layer, what was expected, what came and what to do.
import { beforeEach, describe, expect, it } from 'vitest';
import { clearSession, Input, layers, tensor, ValueError } from '../../../src/index.ts';

beforeEach(clearSession);

// biome-ignore lint/suspicious/noExplicitAny: wrong arguments on purpose
type Any = any;

const { Activation, Dense, Dropout, Embedding, Flatten, GlobalAveragePooling1D, GlobalMaxPooling1D, InputLayer } =
  layers as unknown as Record<string, new (...args: Any[]) => Any>;
const embedding = () => new Embedding(5, 2, { name: 'words' });
const dense = () => {
  const layer = new Dense(3, { name: 'head' });
  layer.apply([[1, 2]]);
  return layer;
};

class NoCall extends (layers.Layer as unknown as new (options: object) => Any) {}

const mistakes: Record<string, [attempt: () => unknown, message: string]> = {
  'an id that is too large': [
    () =>
      embedding().apply([
        [0, 1],
        [2, 5],
      ]),
    'words: expected whole ids in [0, 5), got 5 at position [1, 1] of its input. Raise inputDim to at least 6 or map the id to one in range.',
  ],
  'an id of a typed array': [
    () => embedding().apply(tensor([3, 7], undefined, 'int32')),
    'words: expected whole ids in [0, 5), got 7 at position [1] of its input. Raise inputDim to at least 8 or map the id to one in range.',
  ],
  'a negative id': [
    () => embedding().apply([[[0], [-1]]]),
    'words: expected whole ids in [0, 5), got -1 at position [0, 1, 0] of its input. Ids count from 0: map it to one in range.',
  ],
  'a fraction for an id': [
    () => embedding().apply([[1, 1.5]]),
    'words: expected whole ids in [0, 5), got 1.5 at position [0, 1] of its input. Ids are numbers of rows: pass whole numbers.',
  ],
  'a fraction in a typed array': [
    () => embedding().apply(Float32Array.of(0, 0.5)),
    'words: expected whole ids in [0, 5), got 0.5 at position [1] of its input. Ids are numbers of rows: pass whole numbers.',
  ],
  'NaN for an id': [
    () => embedding().apply([[NaN]]),
    'words: expected whole ids in [0, 5), got NaN at position [0, 0] of its input. Ids are numbers of rows: pass whole numbers.',
  ],
  'Infinity for an id': [
    () => embedding().apply([[0, Infinity]]),
    'words: expected whole ids in [0, 5), got Infinity at position [0, 1] of its input. Ids are numbers of rows: pass whole numbers.',
  ],
  'text for an id': [
    () => embedding().apply([['good']]),
    "words: expected numbers, got 'good' at position [0][0]. Turn text into numbers first: Number(...) for digits, a Tokenizer for words.",
  ],
  'a vocabulary of nothing': [
    () => new Embedding(0, 2),
    'embedding: expected inputDim to be a positive integer, got 0. Pass a whole number such as 10.',
  ],
  'no outputDim': [
    () => new Embedding(5),
    'embedding: expected outputDim to be a positive integer, got undefined. Pass a whole number such as 10.',
  ],
  'too many arguments': [
    () => new Embedding(5, 2, 3),
    'Embedding: expected at most 2 arguments before the options, got 3. Pass 3 by its name in the options object.',
  ],
  'an inputLength of 0': [
    () => new Embedding(5, 2, { inputLength: 0 }),
    'embedding: expected inputLength to be a positive integer, got 0. Pass a whole number such as 10.',
  ],
  'an inputLength that is text': [
    () => new Embedding(5, 2, { inputLength: '4' }),
    "embedding: expected inputLength to be a positive integer, got '4'. Pass a whole number such as 10.",
  ],
  'a negative length among several': [
    () => new Embedding(5, 2, { inputLength: [2, -1] }),
    'embedding: inputLength: expected a shape as an array of lengths or null, got [2, -1]. For example [null, 16].',
  ],
  'sequences of another inputLength': [
    () => new Embedding(5, 2, { inputLength: 4 }).computeOutputShape([null, 3]),
    'embedding: expected inputs of inputLength 4, got shape [null, 3]. Pad the sequences to that length or leave inputLength out.',
  ],
  'a maskZero that is a number': [
    () => new Embedding(5, 2, { maskZero: 1 }),
    'embedding: expected maskZero to be true or false, got 1. Set it to one of the two.',
  ],
  'a table of another shape': [
    () => new Embedding(5, 2, { weights: [[[1, 2]]] }),
    'embedding: expected weight embeddings of shape [5, 2], got [1, 2]. Reshape it first.',
  ],
  'no units': [() => new Dense(0), 'dense: expected units to be a positive integer, got 0. Pass a whole number such as 10.'],
  'half a unit': [() => new Dense(2.5), 'dense: expected units to be a positive integer, got 2.5. Pass a whole number such as 10.'],
  'a useBias that is text': [
    () => new Dense(3, { useBias: 'yes' }),
    "dense: expected useBias to be true or false, got 'yes'. Set it to one of the two.",
  ],
  'a sample without a batch': [
    () => new Dense(3).apply([1, 2]),
    'dense: expected an input of at least two axes with a known last one, got [2]. Give the layers before it fixed lengths, such as inputLength for Embedding.',
  ],
  'a last axis that is unknown': [
    () => new Dense(3).ensureBuilt([null, null]),
    'dense: expected an input of at least two axes with a known last one, got [null, null]. Give the layers before it fixed lengths, such as inputLength for Embedding.',
  ],
  'another number of features': [
    () => dense().apply([[1, 2, 3]]),
    'head: expected an input with last axis 2, got shape [1, 3]. Give it as many features as the layer was built for.',
  ],
  'rows of several lengths': [
    () => dense().apply([[1, 2], [3]]),
    'head: expected an array of shape [2], as in the rows before, got an array of shape [1] at position [1]. All rows need one length: pad shorter ones first, e.g. with padSequences.',
  ],
  'a single number': [
    () => new Flatten().apply(3),
    'flatten: expected an array with a row for each sample, got a single number. Wrap it in an array.',
  ],
  'too few weights': [
    () =>
      dense().setWeights([
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ]),
    'head: expected 2 weights (kernel, bias), got 1. Pass them in the order of getWeights().',
  ],
  'a kernel of another shape': [
    () => dense().setWeights([[[1, 2, 3]], [0, 0, 0]]),
    'head: expected weight kernel of shape [2, 3], got [1, 3]. Reshape it first.',
  ],
  'weights that are text': [
    () => dense().setWeights('x'),
    "head: expected an array of weights, got 'x'. Pass one array or tensor per weight.",
  ],
  'an activation with a typo': [
    () => new Dense(3, { activation: 'rellu' }),
    "activation: expected a known name, got 'rellu'. Did you mean 'relu'?",
  ],
  'an inputShape that is a number': [
    () => new Dense(3, { inputShape: 4 }),
    'dense: expected a shape as an array of lengths or null, got 4. For example [null, 16].',
  ],
  'a rate above 1': [
    () => new Dropout(1.5),
    'dropout: expected rate to be a number from 0 to 1, got 1.5. Set rate to such a number or leave it out.',
  ],
  'a rate that is text': [
    () => new Dropout('0.5'),
    "dropout: expected rate to be a number from 0 to 1, got '0.5'. Convert the text with Number(...).",
  ],
  'a noiseShape that is a number': [
    () => new Dropout(0.5, { noiseShape: 3 }),
    'dropout: noiseShape: expected a shape as an array of lengths or null, got 3. For example [null, 16].',
  ],
  'a noiseShape that does not fit': [
    () => new Dropout(0.5, { noiseShape: [1, null, 1] }).apply([[1, 2]], { training: true }),
    'dropout: expected a noiseShape that fits inputs of shape [1, 2], got [1, null, 1]. Use 1, null or the same length on each axis.',
  ],
  'no activation': [() => new Activation(), "activation: expected an activation, got undefined. Pass a name such as 'relu' or a function."],
  'an activation that is a number': [
    () => new Activation(3),
    'activation: expected a name, an instance, or an object with className and config, got 3. Pass one of these.',
  ],
  'a dataFormat with a typo': [
    () => new Flatten({ dataFormat: 'channels_frist' }),
    "flatten: expected dataFormat to be 'channels_last' or 'channels_first', got 'channels_frist'. Did you mean 'channels_first'?",
  ],
  'an argument for a layer that takes none': [
    () => new Flatten(3),
    'Flatten: expected at most 0 arguments before the options, got 1. Pass 3 by its name in the options object.',
  ],
  'an average of what is no sequence': [
    () => new GlobalAveragePooling1D().apply([[1, 2]]),
    'global_average_pooling1d: expected inputs of three axes, got shape [1, 2]. Pass [batch, steps, features].',
  ],
  'a shape of what is no sequence': [
    () => new GlobalMaxPooling1D().computeOutputShape([null, 2]),
    'global_max_pooling1d: expected inputs of three axes, got shape [null, 2]. Pass [batch, steps, features].',
  ],
  'no shape': [() => new InputLayer(), 'InputLayer: expected either shape or batchShape, got none. Pass shape: [...] of one sample.'],
  'two shapes': [
    () => new InputLayer({ shape: [2], batchShape: [1, 2] }),
    'InputLayer: expected either shape or batchShape, got both. Pass shape: [...] of one sample.',
  ],
  'a dtype that does not exist': [
    () => new InputLayer({ shape: [3], dtype: 'float46' as 'float64' }),
    "input_1: expected dtype to be 'float32' or 'int32' or 'bool' or 'string', got 'float46'. Did you mean 'float32'?",
  ],
  'a shape of deep arrays': [
    () => {
      let shape: unknown = 3;
      for (let i = 0; i < 100_000; i++) shape = [shape];
      return new layers.Dense(1, { inputShape: shape as number[] });
    },
    'dense: expected a shape as an array of lengths or null, got [an array of more than 32 axes]. For example [null, 16].',
  ],
  'training that is none': [
    () => dense().apply([[1, 2]], { training: 'yes' }),
    "head.apply: expected training to be true or false, got 'yes'. Set it to one of the two.",
  ],
  'a layer as an input': [
    () => dense().apply(new layers.Flatten({ name: 'before' }) as never),
    'head: expected a tensor, got the layer before. Pass what that layer gives: before.apply(...).',
  ],
  'itself as an input': [
    () => {
      const layer = dense();
      return layer.apply(layer as never);
    },
    'head: expected a tensor, got the layer head. Pass what that layer gives: head.apply(...).',
  ],
  'call of a symbolic tensor': [
    () => dense().call(Input({ shape: [2] }) as never, {} as never),
    'head.call: expected data or values, got a symbolic tensor. Use apply for it.',
  ],
  'an option that call does not have': [
    () => dense().call([[1, 2]] as never, { trainable: true } as never),
    "head.call: expected an option it has, got 'trainable'. Its options are training, mask, initialState.",
  ],
  'a value outside of the call that it comes from': [
    () => {
      let kept: unknown;
      new layers.Lambda((x) => {
        kept = x;
        return x;
      }).apply([[1, 2]]);
      return dense().apply(kept as never);
    },
    "head.apply: expected data, got a value of a layer's call outside of that call. Use values only inside the call that they come from.",
  ],
  'a weight beside a symbolic tensor': [
    () => {
      const weight = dense();
      weight.build([null, 2]);
      return new layers.Add({ name: 'sum' }).apply([Input({ shape: [1] }), weight.weights[1]] as never);
    },
    'sum.apply: expected symbolic tensors and constants, got the weight bias beside a symbolic tensor. Put both into the call of a layer of your own.',
  ],
  'a class without a call': [
    () => new NoCall({ name: 'nothing' }).apply([[1]]),
    'nothing: expected a layer with a method call, got one without. Write call(inputs) { ... }.',
  ],
  'too many masks': [
    () => new layers.Add({ name: 'sum' }).apply([[[1]], [[2]]], { mask: [[[1]], [[1]], [[1]]] }),
    'sum.apply: expected at most one mask for each of 2 inputs, got 3. Leave some out.',
  ],
  'a mask of a drawn model that is none': [
    () => dense().apply(Input({ shape: [2] }), { mask: 'x' }),
    "head: mask: expected numbers, got 'x'. Turn text into numbers first: Number(...) for digits, a Tokenizer for words.",
  ],
  'states of a drawn model that are none': [
    () => new layers.LSTM(2, { name: 'memory' }).apply(Input({ shape: [3, 2] }), { initialState: [5] as never }),
    'memory: expected states with a row for each sample, got a single number. Pass [batch, units] as initialState.',
  ],
};

describe('layers', () => {
  it.each(Object.entries(mistakes))('refuse %s', (_, [attempt, message]) => {
    let error: unknown;
    try {
      attempt();
    } catch (e) {
      error = e;
    }
    expect(error).toBeInstanceOf(ValueError);
    expect((error as Error).message).toBe(message);
  });

  it('are as before after a mistake', () => {
    const layer = dense();
    const before = layer.getWeights();
    expect(() =>
      layer.setWeights([
        [
          [9, 9, 9],
          [9, 9, 9],
        ],
        [0],
      ]),
    ).toThrow(ValueError);
    expect(layer.getWeights()).toEqual(before);
    expect(layer.apply([[1, 2]]).shape).toEqual([1, 3]);
  });
});
