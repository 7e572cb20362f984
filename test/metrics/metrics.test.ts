import { describe, expect, test } from 'vitest';
import { type ClassConfig, classConfig } from '../../src/common/identifier.ts';
import * as metrics from '../../src/metrics/index.ts';
import { type Tensor, tensor } from '../../src/tensor/index.ts';
import cases from '../fixtures/metrics.json';
import { expectClose, random } from '../kernels/harness.ts';

interface Recorded {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
const fixture = ({ shape, data }: Recorded): Tensor => tensor(Float32Array.from(data), shape);

/** Of a config; some classes have no name for strings. */
function made(class_name: string, config: object): metrics.Metric {
  const given = classConfig({ class_name, config }) as ClassConfig;
  const { F1Score, FBetaScore, R2Score } = metrics;
  const unnamed: Record<string, new (options?: object) => metrics.Metric> = { F1Score, FBetaScore, R2Score };
  return Object.hasOwn(unnamed, class_name) ? new unnamed[class_name](given.config) : metrics.get(given);
}

describe('as Keras', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, { class_name, config, batches, results }) => {
    const metric = made(class_name, config);
    const run = () => {
      for (const [i, { y_true, y_pred, sample_weight }] of batches.entries()) {
        metric.updateState(fixture(y_true), fixture(y_pred), sample_weight ? fixture(sample_weight as never) : undefined);
        expectClose([metric.result()].flat(), [results[i]], { relative: 1e-6, name: `after batch ${i + 1}` });
      }
    };
    run();
    metric.resetState();
    expect(metric.result()).toBe(0);
    run();
    const written = metrics.serialize(metric) as ClassConfig;
    expect(made(written.className, written.config ?? {}).getConfig()).toEqual(metric.getConfig());
  });
});

const y = [[1], [0], [1], [1], [0]];
const p = [[0.9], [0.6], [0.4], [0.7], [0.2]];

describe('counts', () => {
  test.each<[metrics.Metric, number, number]>([
    [new metrics.TruePositives(), 2, 5],
    [new metrics.FalsePositives(), 1, 2],
    [new metrics.FalseNegatives(), 1, 3],
    [new metrics.TrueNegatives(), 1, 5],
    [new metrics.Precision(), 2 / 3, 5 / 7],
    [new metrics.Recall(), 2 / 3, 5 / 8],
    [new metrics.Recall({ thresholds: 0.65 }), 2 / 3, 5 / 8],
    [new metrics.Precision({ thresholds: [0.65] }), 1, 1],
    [new metrics.Precision({ thresholds: 0.95 }), 0, 0],
  ])('%o', (metric, plain, weighted) => {
    metric.updateState(y, p);
    expectClose([metric.result()].flat(), [plain]);
    metric.resetState();
    metric.updateState(y, p, [1, 2, 3, 4, 5]);
    expectClose([metric.result()].flat(), [weighted]);
    metric.updateState(y, p, [1, 2, 3, 4, 5]);
    const count = metric instanceof metrics.Precision || metric instanceof metrics.Recall ? weighted : 2 * weighted;
    expectClose([metric.result()].flat(), [count]);
  });

  test('top k and one class', () => {
    const target = [
      [0, 1, 0],
      [1, 0, 1],
    ];
    const guess = [
      [0.2, 0.3, 0.1],
      [0.9, 0.5, 0.9],
    ];
    const value = (metric: metrics.Metric) => {
      metric.updateState(target, guess);
      return metric.result();
    };
    expectClose([value(new metrics.Precision({ topK: 1 }))].flat(), [1]);
    expectClose([value(new metrics.Recall({ topK: 1 }))].flat(), [2 / 3]);
    expectClose([value(new metrics.Precision({ topK: 2 }))].flat(), [3 / 4]);
    expectClose([value(new metrics.Recall({ topK: 2, thresholds: 0.5 }))].flat(), [2 / 3]);
    expectClose([value(new metrics.Precision({ classId: 1, thresholds: 0.4 }))].flat(), [0]);
    expectClose([value(new metrics.Recall({ classId: 1, thresholds: 0.25 }))].flat(), [1]);
    expect(() => value(new metrics.Recall({ classId: 3 }))).toThrow(
      'recall: expected predictions with more than 3 classes, got shape [2, 3]',
    );
  });
});

describe('AUC', () => {
  /** With as many thresholds as it takes, the area under the ROC curve is how often a positive is above a negative. */
  test('ROC is the share of rightly ordered pairs', () => {
    const next = random(5);
    const targets = Array.from({ length: 60 }, () => (next() < 0.4 ? 1 : 0));
    const guesses = targets.map((t) => 0.6 * next() + 0.3 * t);
    let [right, pairs] = [0, 0];
    for (const [i, a] of targets.entries()) {
      for (const [j, b] of targets.entries()) {
        if (a <= b) continue;
        pairs++;
        if (guesses[i] > guesses[j]) right++;
      }
    }
    const metric = new metrics.AUC({ numThresholds: 20000 });
    metric.updateState(targets, guesses);
    expectClose([metric.result()].flat(), [right / pairs], { relative: 1e-3 });
  });

  test('perfect and constant predictions', () => {
    const area = (options: metrics.AUCOptions, guess: number[]) => {
      const metric = new metrics.AUC(options);
      metric.updateState([0, 0, 1, 1], guess);
      return metric.result();
    };
    for (const curve of ['ROC', 'PR'] as const) expectClose([area({ curve }, [0.1, 0.2, 0.8, 0.9])], [1], { relative: 1e-6 });
    expectClose([area({}, [0.5, 0.5, 0.5, 0.5])], [0.5]);
    expectClose([area({ curve: 'PR' }, [0.5, 0.5, 0.5, 0.5])], [0.5]);
    expectClose([area({ fromLogits: true }, [-3, -1, 1, 3])], [1]);
    // The documented example of Keras.
    const example = new metrics.AUC({ numThresholds: 3 });
    example.updateState([0, 0, 1, 1], [0, 0.5, 0.3, 0.9]);
    expectClose([example.result()].flat(), [0.75]);
    example.resetState();
    example.updateState([0, 0, 1, 1], [0, 0.5, 0.3, 0.9], [1, 0, 0, 1]);
    expectClose([example.result()].flat(), [1]);
  });

  test('precision-recall as the formula has it, step by step', () => {
    const guesses = [0.1, 0.35, 0.4, 0.8, 0.65, 0.9];
    const targets = [0, 1, 0, 1, 0, 1];
    const n = 11;
    const at = (k: number) => {
      const threshold = k === 0 ? -1e-7 : k === n - 1 ? 1 + 1e-7 : k / (n - 1);
      const found = guesses.map((g) => g > threshold);
      return [targets.filter((t, i) => t && found[i]).length, targets.filter((t, i) => !t && found[i]).length];
    };
    let expected = 0;
    for (let k = 0; k < n - 1; k++) {
      const [[tpA, fpA], [tpB, fpB]] = [at(k), at(k + 1)];
      const [pA, pB] = [tpA + fpA, tpB + fpB];
      const slope = pA > pB ? (tpA - tpB) / (pA - pB) : 0;
      expected += (slope * (tpA - tpB + (tpB - slope * pB) * (pA > 0 && pB > 0 ? Math.log(pA / pB) : 0))) / 3;
    }
    const metric = new metrics.AUC({ numThresholds: n, curve: 'PR' });
    metric.updateState(targets, guesses);
    expectClose([metric.result()].flat(), [expected], { relative: 1e-6 });
    const heights = (summationMethod: 'minoring' | 'interpolation' | 'majoring') => {
      const one = new metrics.AUC({ numThresholds: n, summationMethod });
      one.updateState(targets, guesses);
      return one.result();
    };
    expect(heights('minoring')).toBeLessThan(heights('interpolation'));
    expect(heights('interpolation')).toBeLessThan(heights('majoring'));
  });

  test('predictions out of [0, 1] count as the border, NaN as 0', () => {
    const metric = new metrics.AUC({ numThresholds: 5 });
    metric.updateState([1, 1, 0, 0], [7, 1, Number.NaN, -3]);
    expectClose([metric.result()].flat(), [1]);
  });
});

describe('names and errors', () => {
  test.each([
    'acc',
    'accuracy',
    'ACC',
    'ce',
    'crossentropy',
    'AUC',
    'auc',
    'bce',
    'mse',
    'MSE',
    'mae',
    'mape',
    'msle',
    'top_k_categorical_accuracy',
  ])('%s is known', (id) => {
    expect(() => metrics.check(id)).not.toThrow();
    expect(metrics.resolve(id, [2, 1], [2, 1]).name).toBe(id);
  });

  test('default names', () => {
    expect(new metrics.AUC().name).toBe('auc');
    expect(new metrics.LogCoshError().name).toBe('logcosh');
    expect(new metrics.F1Score().name).toBe('f1_score');
    expect(new metrics.RootMeanSquaredError({ name: 'rmse' }).name).toBe('rmse');
  });

  test.each<[string, () => unknown, string]>([
    ['name', () => metrics.check('acuracy'), "metric: expected a known name, got 'acuracy'. Did you mean 'accuracy'?"],
    ['get', () => metrics.get('binary_acc'), "got 'binary_acc'. Did you mean 'binary_accuracy'?"],
    ['kind', () => metrics.check(4 as never), 'metric: expected a name, an instance, or an object with className and config, got 4'],
    ['option', () => new metrics.AUC({ numThreshold: 4 } as never), 'Did you mean numThresholds?'],
    ['config', () => metrics.check({ className: 'AUC', config: { curve: 'Roc' } }), "Did you mean 'ROC'?"],
    [
      'thresholds',
      () => new metrics.Precision({ thresholds: [] }),
      'Precision: expected at least one threshold, got an array of shape [0]. Leave it out for 0.5.',
    ],
    [
      'shapes',
      () => new metrics.BinaryAccuracy().updateState([[1, 0]], [[1]]),
      "binary_accuracy: expected targets of the predictions' shape [1, 1], got [1, 2]",
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name: 'ValueError' }));
  });
});
