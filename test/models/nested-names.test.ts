// Names of losses and metrics of outputs in structures, which are Keras's.
import { beforeEach, describe, expect, it } from 'vitest';
import { clearSession, Input, layers, Model, ops } from '../../src/index.ts';

beforeEach(clearSession);

type Three<T> = (a: T, b: T, c: T) => unknown;
// biome-ignore lint/suspicious/noExplicitAny: structures of many forms
type Any = any;

describe('histories of nested outputs', () => {
  it.each<[string, Three<Any>, object, string[]]>([
    ['an object', (a, _, c) => ({ p: a, q: c }), { metrics: { p: ['mae'], q: ['mae'] } }, ['loss', 'p_loss', 'p_mae', 'q_loss', 'q_mae']],
    [
      'an object with weighted metrics',
      (a, _, c) => ({ p: a, q: c }),
      { metrics: { p: ['mae'], q: ['mae'] }, weightedMetrics: { p: ['mae'], q: [] } },
      ['loss', 'p_loss', 'p_mae', 'p_weighted_mae', 'q_loss', 'q_mae'],
    ],
    [
      'arrays in an array',
      (a, b, c) => [[a, b], c],
      { metrics: [[['mae'], ['mae']], ['mse']] },
      ['0/a_loss', '0/b_loss', 'a_mae', 'b_mae', 'c_loss', 'c_mse', 'loss'],
    ],
    [
      'an array in an object',
      (a, b, c) => ({ p: [a, b], q: c }),
      { metrics: { p: [['mae'], ['mae', 'mse']], q: ['mae'] } },
      ['a_mae', 'b_mae', 'b_mse', 'c_mae', 'loss', 'p/a_loss', 'p/b_loss', 'q_loss'],
    ],
    [
      'objects in an object',
      (a, b, c) => ({ p: { r: a, s: b }, q: c }),
      { metrics: { p: { r: ['mae'], s: ['mse'] }, q: ['mae'] } },
      ['a_mae', 'b_mse', 'c_mae', 'loss', 'p/r_loss', 'p/s_loss', 'q_loss'],
    ],
    ['an array', (a, _, c) => [a, c], { metrics: [['mae'], ['mse']] }, ['a_loss', 'a_mae', 'c_loss', 'c_mse', 'loss']],
  ])('%s', async (_, outputs, compiled, names) => {
    const x = Input({ shape: [2] });
    const [a, b, c] = ['a', 'b', 'c'].map((name) => new layers.Dense(1, { name }).apply(x));
    const model = new Model(x, outputs(a, b, c) as Any);
    model.compile({ optimizer: 'sgd', loss: 'mse', ...compiled });
    const one = ops.ones([2, 1]);
    const { history } = await model.fit(ops.ones([2, 2]), outputs(one, one, one) as Any, { verbose: 0 });
    expect(Object.keys(history).sort()).toEqual([...names].sort());
  });
});
