// Models whose compile state names what Keras has and this package has not: they load, with a warning, without what is missing.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clearSession, layers, Sequential } from '../../../src/index.ts';
import { compileConfig, compileFromConfig, modelConfig, modelFromConfig } from '../../../src/saving/index.ts';

const keras = (module: string, className: string, config: object) => ({
  module: `keras.${module}`,
  class_name: className,
  config,
  registered_name: null,
});
// As Keras 3.15.1 writes them.
const f1 = keras('metrics', 'F1Score', { name: 'f1_score', dtype: 'float32', average: null, threshold: null });
const auc = keras('metrics', 'AUC', { name: 'auc', dtype: 'float32', num_thresholds: 200, curve: 'ROC', multi_label: true, num_labels: 2 });
const atRecall = keras('metrics', 'PrecisionAtRecall', { name: 'precision_at_recall', dtype: 'float32', recall: 0.5, num_thresholds: 200 });
const iou = keras('metrics', 'BinaryIoU', { target_class_ids: [0, 1], threshold: 0.5, name: 'binary_io_u', dtype: 'int64' });
const circle = keras('losses', 'Circle', { name: 'circle', reduction: 'sum_over_batch_size', gamma: 80, margin: 0.4 });
const ctc = keras('losses', 'CTC', { name: 'ctc', reduction: 'sum_over_batch_size' });
const muon = keras('optimizers', 'Muon', { name: 'muon', learning_rate: 0.001 });
const mine = { module: 'builtins', class_name: 'function', config: 'mine', registered_name: 'function' };

const draw = () => new Sequential([new layers.Dense(2, { inputShape: [2], kernelInitializer: 'ones' })]);
const saved = (compiled: object) => {
  const model = draw();
  model.compile({ optimizer: 'sgd', loss: 'mse' });
  return { ...(modelConfig(model) as object), compile_config: { ...(compileConfig(model) as object), ...compiled } };
};

const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
beforeEach(() => {
  clearSession();
  warn.mockClear();
});
afterEach(() => warn.mockClear());

describe('a metric that is missing', () => {
  it.each<[string, object, string[], string]>([
    ['AUC', { metrics: [auc] }, ['loss'], 'AUC'],
    ['PrecisionAtRecall', { weighted_metrics: [atRecall, 'mae'] }, ['loss', 'mae'], 'PrecisionAtRecall'],
    ['BinaryIoU', { metrics: ['mae', iou] }, ['loss', 'mae'], 'BinaryIoU'],
    ['a name', { metrics: ['mae', 'no_such_metric'] }, ['loss', 'mae'], 'no_such_metric'],
  ])('is left out: %s', (_, compiled, names, word) => {
    const model = modelFromConfig(saved(compiled));
    model.testOnBatch([[1, 2]], [[1, 2]]);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0][0]).toMatch(
      new RegExp(`metric of its compile state, the model is compiled without it\\. .*${word}.*{ compile: false }`),
    );
    expect(model.metricsNames).toEqual(names);
    expect(model.predict([[1, 2]]).array()).toEqual([[3, 3]]);
  });
});

describe('a loss or an optimizer that is missing', () => {
  it.each<[string, object, string]>([
    ['Circle', { loss: circle }, 'loss'],
    ['CTC', { loss: ctc, metrics: ['mae'] }, 'loss'],
    ['a name', { loss: 'no_such_loss' }, 'loss'],
    ['Muon', { optimizer: muon }, 'optimizer'],
  ])('leaves the model uncompiled: %s', (_, compiled, subject) => {
    const model = modelFromConfig(saved(compiled));
    expect(warn.mock.calls.map(([text]) => text)).toEqual([
      expect.stringMatching(new RegExp(`the ${subject} of its compile state, the model is not compiled\\. .*{ compile: false }`)),
    ]);
    expect(model.optimizer).toBeUndefined();
    expect(model.predict([[1, 2]]).array()).toEqual([[3, 3]]);
    expect(() => model.trainOnBatch([[1, 2]], [[1, 2]])).toThrow('Call compile(');
  });
});

describe('what is not of Keras', () => {
  it.each<[string, object]>([
    ['a function of the user', { loss: mine }],
    ['a class of the user', { metrics: [{ ...f1, module: 'shop', class_name: 'Sales', registered_name: 'shop>Sales' }] }],
    ['a layer for an optimizer', { optimizer: keras('layers', 'Dense', { units: 3 }) }],
  ])('is refused, and the message says how to load without it: %s', (_, compiled) => {
    expect(() => modelFromConfig(saved(compiled))).toThrow('Or pass { compile: false }');
    expect(modelFromConfig(saved(compiled), { compile: false }).optimizer).toBeUndefined();
    expect(warn).not.toHaveBeenCalled();
  });
});

it('compileFromConfig throws and leaves the model as it was', () => {
  const model = draw();
  const { compile_config: config } = saved({ metrics: [iou] });
  expect(() => compileFromConfig(model, config)).toThrow('BinaryIoU');
  expect(model.optimizer).toBeUndefined();
});
