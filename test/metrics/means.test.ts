import { describe, expect, test } from 'vitest';
import type { Value } from '../../src/graph/value.ts';
import * as metrics from '../../src/metrics/index.ts';
import { subtract } from '../../src/primitives/binary.ts';
import { absolute } from '../../src/primitives/unary.ts';
import { eager } from '../../src/runtime/eager.ts';
import { tensor } from '../../src/tensor/index.ts';
import { expectClose, randoms } from '../kernels/harness.ts';

describe('accuracies', () => {
  const value = (metric: metrics.Metric, target: number[] | number[][], guess: number[] | number[][], weight?: number[]) => {
    metric.updateState(target, guess, weight);
    return metric.result() as number;
  };

  test('of decisions', () => {
    expectClose([value(new metrics.Accuracy(), [1, 2, 3, 4], [0, 2, 3, 4])], [0.75]);
    expectClose([value(new metrics.Accuracy(), [1, 2, 3, 4], [0, 2, 3, 4], [1, 1, 0, 0])], [0.5]);
    expectClose([value(new metrics.BinaryAccuracy(), [1, 0], [[0.5], [0.5]])], [0.5]);
    expectClose(
      [
        value(
          new metrics.SparseCategoricalAccuracy(),
          [[2], [1]],
          [
            [0.1, 0.6, 0.3],
            [0.05, 0.95, 0],
          ],
        ),
      ],
      [0.5],
    );
  });

  test('top k: ties with the border count, as in TensorFlow', () => {
    const guess = [
      [0.1, 0.9, 0.8],
      [0.05, 0.95, 0],
      [0.5, 0.5, 0.5],
    ];
    expectClose([value(new metrics.SparseTopKCategoricalAccuracy({ k: 1 }), [2, 1, 2], guess)], [2 / 3]);
    expectClose(
      [
        value(
          new metrics.TopKCategoricalAccuracy({ k: 2 }),
          [
            [0, 0, 1],
            [0, 0, 1],
            [1, 0, 0],
          ],
          guess,
        ),
      ],
      [2 / 3],
    );
    expectClose([value(new metrics.SparseTopKCategoricalAccuracy({ k: 5 }), [2, 1, 2], guess)], [1]);
    expectClose(
      [
        value(
          new metrics.SparseTopKCategoricalAccuracy({ k: 1 }),
          [0, 1],
          [
            [Number.NaN, 1],
            [0, 1],
          ],
        ),
      ],
      [0.5],
    );
  });

  test("'accuracy' and 'crossentropy' by the shapes", () => {
    const kinds = (id: string) =>
      [
        [
          [null, 1],
          [null, 1],
        ],
        [[null], [null, 1]],
        [[null], [null, 3]],
        [
          [null, 1],
          [null, 3],
        ],
        [
          [null, 3],
          [null, 3],
        ],
        [
          [null, 5],
          [null, 5, 3],
        ],
      ].map(([target, prediction]) => metrics.resolve(id, target, prediction).className);
    const accuracies = [
      'BinaryAccuracy',
      'BinaryAccuracy',
      'SparseCategoricalAccuracy',
      'SparseCategoricalAccuracy',
      'CategoricalAccuracy',
      'SparseCategoricalAccuracy',
    ];
    for (const id of ['acc', 'accuracy', 'Accuracy']) expect(kinds(id)).toEqual(accuracies);
    for (const id of ['ce', 'crossentropy']) expect(kinds(id)).toEqual(accuracies.map((name) => name.replace('Accuracy', 'Crossentropy')));
    expect(metrics.resolve('acc', [4, 1], [4, 1]).name).toBe('acc');
    expect(metrics.resolve('mse', [4, 1], [4, 1])).toBeInstanceOf(metrics.MeanSquaredError);
  });
});

describe('means', () => {
  test('samples of several steps count once each', () => {
    const metric = new metrics.MeanSquaredError();
    metric.updateState(tensor(new Float32Array(4), [1, 4, 1]), tensor([1, 2, 3, 4], [1, 4, 1]));
    metric.updateState(tensor(new Float32Array(2), [1, 2, 1]), tensor([0, 1], [1, 2, 1]));
    expectClose([metric.result()].flat(), [(30 / 4 + 1 / 2) / 2]);
  });

  test('masks are weights of steps, for means alone', () => {
    const mean = new metrics.BinaryAccuracy();
    const recall = new metrics.Recall();
    const tensors = [
      tensor([
        [[1], [0], [1]],
        [[1], [1], [1]],
      ]),
      tensor([
        [[0.9], [0.9], [0.9]],
        [[0.1], [0.9], [0.9]],
      ]),
      tensor([
        [1, 1, 0],
        [1, 0, 0],
      ]),
    ];
    eager(tensors, ([target, prediction, mask]: readonly Value[]) => {
      prediction.mask = mask;
      mean.updateState(target, prediction);
      recall.updateState(target, prediction);
      return [];
    });
    expectClose([mean.result()].flat(), [1 / 3]);
    expectClose([recall.result()].flat(), [4 / 5]);
  });

  test('weights of samples, and of steps', () => {
    const target = tensor(new Float32Array(4), [2, 2, 1]);
    const guess = tensor([1, 2, 3, 4], [2, 2, 1]);
    const metric = new metrics.MeanAbsoluteError();
    metric.updateState(target, guess, [1, 3]);
    expectClose([metric.result()].flat(), [(1.5 + 3 * 3.5) / 4]);
    metric.resetState();
    metric.updateState(target, guess, [
      [1, 0],
      [0, 3],
    ]);
    expectClose([metric.result()].flat(), [(1 + 12) / 4]);
  });

  test('Mean and Sum of numbers', () => {
    const [mean, sum] = [new metrics.Mean(), new metrics.Sum()];
    for (const metric of [mean, sum]) {
      metric.updateState([1, 3, 5, 7]);
      metric.updateState([1, 100], [1, 0]);
    }
    expectClose([mean.result(), sum.result()].flat(), [17 / 5, 17]);
  });

  test.each([
    ['mean_absolute_percentage_error', 37.5],
    ['msle', (Math.log(1.25) - Math.log(2)) ** 2 / 2],
    ['log_cosh_error', Math.log(Math.cosh(0.75)) / 2],
    ['hinge', 0.75],
    ['squared_hinge', 0.5625],
    ['categorical_hinge', 0.75],
    ['kl_divergence', Math.log(4)],
    ['poisson', (0.25 - Math.log(0.25) + 0.5 - 0.5 * Math.log(0.5)) / 2],
    ['root_mean_squared_error', Math.sqrt(0.5625 / 2)],
  ])('%s', (name, expected) => {
    const metric = metrics.get(name);
    metric.updateState([[1, 0.5]], [[0.25, 0.5]]);
    expect(metric.name).toBe(name);
    expectClose([metric.result()].flat(), [expected], { relative: 1e-5 });
    expect(metric.direction).toBe('down');
  });

  test('crossentropies', () => {
    const sparse = new metrics.SparseCategoricalCrossentropy({ ignoreClass: 2 });
    sparse.updateState(
      [1, 2],
      [
        [0.05, 0.95, 0],
        [0.1, 0.8, 0.1],
      ],
    );
    expectClose([sparse.result()].flat(), [-Math.log(0.95)], { relative: 1e-4 });
    const categorical = new metrics.CategoricalCrossentropy();
    categorical.updateState(
      [
        [0, 1, 0],
        [0, 0, 1],
      ],
      [
        [0.05, 0.95, 0],
        [0.1, 0.8, 0.1],
      ],
    );
    expectClose([categorical.result()].flat(), [1.1769392], { relative: 1e-5 });
    expect(() => sparse.updateState([4], [[0.1, 0.1, 0.8]])).toThrow(
      'expected whole labels in [0, 3), got 4 at position [0] of the targets',
    );
  });

  test('a function', () => {
    const metric = metrics.get(function distance(a, b) {
      return absolute(subtract(a, b));
    });
    metric.updateState([[1], [2]], [[2], [4]]);
    expect([metric.name, metric.result()]).toEqual(['distance', 1.5]);
  });
});

describe('F scores', () => {
  const target = [
    [1, 1, 1],
    [1, 0, 0],
    [1, 1, 0],
  ];
  const guess = [
    [0.2, 0.6, 0.7],
    [0.2, 0.6, 0.6],
    [0.6, 0.8, 0],
  ];

  test("Keras's documented examples", () => {
    const fbeta = new metrics.FBetaScore({ beta: 2, threshold: 0.5 });
    fbeta.updateState(target, guess);
    expectClose(fbeta.classScores(), [0.3846154, 0.90909094, 0.8333334], { relative: 1e-6 });
    const f1 = new metrics.F1Score({ threshold: 0.5 });
    f1.updateState(target, guess);
    expectClose(f1.classScores(), [0.5, 0.8, 0.6666667], { relative: 1e-6 });
    expect(f1.result()).toEqual(f1.classScores());
  });

  test('averages, weights and the largest of a row', () => {
    const score = (options: metrics.F1ScoreOptions, weight?: number[]) => {
      const metric = new metrics.F1Score(options);
      expect(metric.result()).toBe(0);
      metric.updateState(target, guess, weight);
      return metric.result() as number;
    };
    expectClose([score({ average: 'micro', threshold: 0.5 })], [2 / 3], { relative: 1e-5 });
    expectClose([score({ average: 'weighted', threshold: 0.5 })], [(0.5 * 3 + 0.8 * 2 + 2 / 3) / 6], { relative: 1e-5 });
    expectClose([score({ average: 'micro', threshold: 0.5 }, [1, 0, 0])], [0.8], { relative: 1e-5 });
    // Rows choose class 2, classes 1 and 2 (a tie), class 1.
    expectClose([score({ average: 'micro' })], [(2 * 2) / (2 * 2 + 2 + 4)], { relative: 1e-5 });
  });
});

describe('R2', () => {
  test('1 - residual / variation', () => {
    const metric = new metrics.R2Score();
    metric.updateState([[1], [4], [3]], [[2], [4], [4]]);
    expectClose([metric.result()].flat(), [0.57142854], { relative: 1e-5 });
    metric.resetState();
    for (const [a, b] of [
      [1, 2],
      [4, 4],
      [3, 4],
    ])
      metric.updateState([[a]], [[b]]);
    expectClose([metric.result()].flat(), [0.57142854], { relative: 1e-5 });
  });

  test('several outputs', () => {
    const next = randoms(12, 9, 0, 4);
    const target = Array.from({ length: 6 }, (_, i) => [next[2 * i], 10 * next[2 * i + 1]]);
    const guess = target.map(([a, b], i) => [a + (i % 2 ? 0.5 : -0.5), b + (i % 3)]);
    const parts = [0, 1].map((c) => {
      const ys = target.map((row) => row[c]);
      const m = ys.reduce((a, b) => a + b) / 6;
      const variation = ys.reduce((sum, v) => sum + (v - m) ** 2, 0);
      return [1 - ys.reduce((sum, v, i) => sum + (v - guess[i][c]) ** 2, 0) / variation, variation];
    });
    const value = (classAggregation: metrics.R2ScoreOptions['classAggregation']) => {
      const metric = new metrics.R2Score({ classAggregation });
      metric.updateState(target, guess);
      return metric.result() as number;
    };
    expectClose([value('uniform_average')], [(parts[0][0] + parts[1][0]) / 2], { relative: 1e-4 });
    const weighted = (parts[0][0] * parts[0][1] + parts[1][0] * parts[1][1]) / (parts[0][1] + parts[1][1]);
    expectClose([value('variance_weighted_average')], [weighted], { relative: 1e-4 });
  });
});
