import { expect, describe as group, test } from 'vitest';
import { ValueError } from '../../src/common/errors.ts';
import {
  checkBoolean,
  checkChoice,
  checkInteger,
  checkNumber,
  checkOptions,
  checkPositiveInteger,
  describe,
  nearest,
} from '../../src/common/options.ts';
import { MeanSquaredError } from '../../src/losses/index.ts';
import { tensor } from '../../src/tensor/index.ts';

group('checkOptions', () => {
  const allowed = ['inputDim', 'outputDim', 'maskZero', 'name'];
  const check = (options: unknown) => () => checkOptions('Embedding', options, allowed);

  test('accepts what is allowed', () => {
    expect(check(undefined)).not.toThrow();
    expect(check({})).not.toThrow();
    expect(check({ inputDim: 1, name: undefined })).not.toThrow();
  });

  test.each([
    [{ inptDim: 1 }, "Embedding: expected an option it has, got 'inptDim'. Did you mean inputDim?"],
    [{ input_dim: 1 }, "Embedding: expected an option it has, got 'input_dim'. Keras's input_dim is written inputDim here."],
    [{ maskzero: true }, "Embedding: expected an option it has, got 'maskzero'. Did you mean maskZero?"],
    [{ mask_zeros: true }, "got 'mask_zeros'. Did you mean maskZero?"],
    [{ dropout: 1 }, "Embedding: expected an option it has, got 'dropout'. Its options are inputDim, outputDim, maskZero, name."],
    [5, 'Embedding: expected an object of options, got 5. Its options are'],
    [null, 'got null'],
    [[1], 'got an array of shape [1]'],
  ])('%j', (options, message) => {
    expect(check(options)).toThrow(ValueError);
    expect(check(options)).toThrow(message);
  });

  test('an owner without options says so', () => {
    expect(() => checkOptions('Flatten', { alpha: 1 }, [])).toThrow("got 'alpha'. It takes no options.");
  });
});

test('nearest finds misspellings and nothing far off', () => {
  const names = ['adam', 'adamax', 'rmsprop', 'sgd'];
  expect(nearest('Adam', names)).toBe('adam');
  expect(nearest('adma', names)).toBe('adam');
  expect(nearest('rms_prop', names)).toBe('rmsprop');
  expect(nearest('adadelta', names)).toBeUndefined();
  expect(nearest('', names)).toBeUndefined();
});

test.each([
  [3.5, '3.5'],
  [-0, '-0'],
  [NaN, 'NaN'],
  [true, 'true'],
  [null, 'null'],
  [undefined, 'undefined'],
  [5n, '5n'],
  ['adam', "'adam'"],
  ['x'.repeat(50), `'${'x'.repeat(40)}...'`],
  [
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    'an array of shape [2, 3]',
  ],
  [[], 'an array of shape [0]'],
  [[[1], [2, 3]], 'an array of 2 rows of several lengths'],
  [['a', 'b'], "an array of shape [2] holding 'a'"],
  [new Float32Array(4), 'a Float32Array of length 4'],
  [tensor([[1]]), 'a Tensor of shape [1, 1] and dtype float32'],
  [{}, 'an empty object'],
  [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, 'an object with a, b, c, d, ...'],
  [new Map(), 'an instance of Map'],
  [new MeanSquaredError(), 'an instance of MeanSquaredError'],
  [{ className: 'Adam', config: {} }, 'an object with className, config'],
  [Math.max, 'the function max'],
  [Promise.resolve(), 'a Promise (await it first)'],
])('describe(%s)', (value, text) => {
  expect(describe(value)).toBe(text);
});

group('checks of single values', () => {
  test('integers', () => {
    expect(checkPositiveInteger('Dense', 'units', 3)).toBe(3);
    expect(checkInteger('fit', 'initialEpoch', 0)).toBe(0);
    expect(() => checkPositiveInteger('Dense', 'units', 0)).toThrow(
      'Dense: expected units to be a positive integer, got 0. Pass a whole number such as 10.',
    );
    expect(() => checkPositiveInteger('Dense', 'units', '3')).toThrow("got '3'");
    expect(() => checkInteger('fit', 'epochs', 2.5)).toThrow('fit: expected epochs to be an integer of at least 0, got 2.5.');
  });

  test('numbers', () => {
    expect(checkNumber('Dropout', 'rate', 0.5, { min: 0, max: 1 })).toBe(0.5);
    expect(() => checkNumber('Dropout', 'rate', 1.5, { min: 0, max: 1 })).toThrow('expected rate to be a number from 0 to 1, got 1.5.');
    expect(() => checkNumber('Adam', 'epsilon', -1, { min: 0 })).toThrow('a number of at least 0, got -1');
    expect(() => checkNumber('Adam', 'learningRate', NaN)).toThrow('to be a number, got NaN');
    expect(() => checkNumber('Adam', 'learningRate', '0.1')).toThrow("got '0.1'. Convert the text with Number(...).");
  });

  test('choices and booleans', () => {
    expect(checkChoice('padSequences', 'padding', 'pre', ['pre', 'post'])).toBe('pre');
    expect(() => checkChoice('padSequences', 'padding', 'past', ['pre', 'post'])).toThrow(
      "padSequences: expected padding to be 'pre' or 'post', got 'past'. Did you mean 'post'?",
    );
    expect(() => checkChoice('padSequences', 'padding', 1, ['pre', 'post'])).toThrow('got 1. Choose one of them.');
    expect(checkBoolean('LSTM', 'goBackwards', false)).toBe(false);
    expect(() => checkBoolean('LSTM', 'goBackwards', 1)).toThrow('LSTM: expected goBackwards to be true or false, got 1.');
  });

  test('a ValueError is an Error with its name', () => {
    const error = new ValueError('no');
    expect([error.name, error instanceof Error, String(error)]).toEqual(['ValueError', true, 'ValueError: no']);
  });
});
