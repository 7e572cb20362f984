// A ValueError carries the pieces of its message.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clearSession, layers, modelFromConfig, ops, Sequential, tensor, ValueError } from '../../src/index.ts';

beforeEach(clearSession);
afterEach(clearSession);

async function thrown(body: () => unknown): Promise<Error> {
  try {
    await body();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

function makeModel(): Sequential {
  const model = new Sequential([new layers.Dense(1, { inputShape: [2] })]);
  model.compile({ optimizer: 'sgd', loss: 'mse' });
  return model;
}

type Pieces = readonly [owner: string, expected: string, got: string, advice?: string];
const wrong: Record<string, [() => unknown, Pieces]> = {
  'an option': [
    () => new layers.Dense(2, { activaton: 'relu' } as never),
    ['Dense', 'an option it has', "'activaton'", 'Did you mean activation?'],
  ],
  'a whole number': [() => new layers.Dense(1.5), ['dense', 'units to be a positive integer', '1.5', 'Pass a whole number such as 10.']],
  'a number': [
    () => new layers.Dropout('0.5' as never),
    ['dropout', 'rate to be a number from 0 to 1', "'0.5'", 'Convert the text with Number(...).'],
  ],
  'a choice': [
    () => new layers.Conv1D(2, 3, { padding: 'smae' as never }),
    ['conv1d', "padding to be 'valid' or 'same' or 'causal'", "'smae'", "Did you mean 'same'?"],
  ],
  'a shape': [
    () => makeModel().predict([[1, 2, 3]]),
    [
      'sequential.predict',
      'input dense_input of shape [null, 2]',
      '[1, 3]',
      'The first axis counts the samples; pad or reshape the others.',
    ],
  ],
  'rows of several lengths': [
    () => tensor([[1, 2], [3]]),
    [
      'tensor',
      'an array of shape [2], as in the rows before',
      'an array of shape [1] at position [1]',
      'All rows need one length: pad shorter ones first, e.g. with padSequences.',
    ],
  ],
  'a count of samples': [
    () => makeModel().fit([[1, 2]], [1, 2]),
    ['sequential.fit', 'as many samples in x as in y', '1 in x and 2 in y', 'Each row of x needs one of y.'],
  ],
  'no samples': [() => makeModel().fit(tensor([], [0, 2]), tensor([], [0, 1])), ['sequential.fit', 'at least one sample', 'none']],
  'as many repeats as elements': [
    () => ops.repeat([1, 2, 3], [1, 2] as never),
    ['repeat', 'one number of repeats, or one for each element along axis 0 of [3]', '[1, 2]'],
  ],
  'a name of an optimizer': [
    () => makeModel().compile({ optimizer: 'adm', loss: 'mse' } as never),
    ['optimizer', 'a known name', "'adm'", "Did you mean 'adam'?"],
  ],
};

describe('a ValueError', () => {
  it.each(Object.entries(wrong))('carries its pieces: %s', async (_name, [body, [owner, expected, got, advice]]) => {
    const error = await thrown(body);
    expect(error).toBeInstanceOf(ValueError);
    expect(error).toMatchObject({ owner, expected, got, advice });
    expect(error.message).toBe(`${owner}: expected ${expected}, got ${got}.${advice === undefined ? '' : ` ${advice}`}`);
    // Consoles print what is enumerable below the message.
    expect(Object.keys(error)).toEqual([]);
  });

  it('of users has what they give it', () => {
    const error = new ValueError('mine: no');
    expect([error.message, error.owner, error.expected, error.got, error.advice]).toEqual(['mine: no', ...Array(4).fill(undefined)]);
    expect(`${error}`).toBe('ValueError: mine: no');
  });
});

describe('in a config that is read', () => {
  const stack = (class_name: string, config: object) => ({
    class_name: 'Sequential',
    config: { name: 'm', layers: [{ class_name, config: { name: 'd', ...config } }] },
  });
  const before = 'modelFromConfig: cannot read this as Keras: ';

  it.each([
    ['Dense', { units: -1 }, 'd: expected units to be a positive integer, got -1. Pass a whole number such as 10.'],
    ['Dropout', { rate: 7 }, 'd: expected rate to be a number from 0 to 1, got 7. Set rate to such a number or leave it out.'],
    ['Dense', { units: 1, activation: 'rleu' }, "layer 'd': activation: expected a known name, got 'rleu'. Did you mean 'relu'?"],
  ])('%s %j is refused with the advice of what it is wrong for', async (className, config, message) => {
    const error = await thrown(() => modelFromConfig(stack(className, config)));
    expect([error.name, error.message]).toEqual(['ModelFormatError', before + message]);
    expect(error.cause).toBeInstanceOf(ValueError);
  });

  it('what breaks in a class of the user is the cause', async () => {
    const own = new TypeError('x is undefined');
    class Broken extends layers.Dense {
      constructor(options: never) {
        super(options);
        throw own;
      }
    }
    const error = await thrown(() => modelFromConfig(stack('Broken', { units: 1 }), { customObjects: { Broken: Broken as never } }));
    expect(error.cause).toBe(own);
  });
});
