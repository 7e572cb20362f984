import { describe, expect, test } from 'vitest';
import * as activations from '../../src/activations/index.ts';
import { type ClassConfig, classConfig } from '../../src/common/identifier.ts';
import * as losses from '../../src/losses/index.ts';
import { multiply } from '../../src/primitives/binary.ts';
import { type Tensor, tensor } from '../../src/tensor/index.ts';
import cases from '../fixtures/losses.json';
import { lossAndGradient } from '../helpers/loss-and-gradient.ts';
import { expectClose } from '../kernels/harness.ts';

const fixture = ({ shape, data }: { shape: readonly number[]; data: readonly number[] }): Tensor => tensor(Float32Array.from(data), shape);

/** Of a config; the focal losses have no name of their own. */
function made(class_name: string, config: object): losses.Loss {
  const given = classConfig({ class_name, config }) as ClassConfig;
  if (class_name === 'BinaryFocalCrossentropy') return new losses.BinaryFocalCrossentropy(given.config);
  if (class_name === 'CategoricalFocalCrossentropy') return new losses.CategoricalFocalCrossentropy(given.config);
  return losses.get(given);
}

describe('as Keras', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    // Keras 3.15's config of Huber leaves its delta out; the recorded slopes end at 0.7.
    const config = one.class_name === 'Huber' ? { ...one.config, delta: 0.7 } : one.config;
    const loss = made(one.class_name, config);
    const weight = one.sample_weight ? fixture(one.sample_weight as never) : undefined;
    const [value, gradient] = lossAndGradient(loss, fixture(one.y_true), fixture(one.y_pred), { weight });
    expectClose(value.data, one.loss.data, { relative: 1e-5, absolute: 1e-7, name: 'loss' });
    expectClose(gradient.data, one.gradient.data, { relative: 1e-5, absolute: 1e-7, name: 'gradient' });
    expectClose(loss.apply(fixture(one.y_true), fixture(one.y_pred), weight).data, one.loss.data, { relative: 1e-5, name: 'loss at once' });
    const written = losses.serialize(loss) as ClassConfig;
    expect(made(written.className, written.config ?? {}).getConfig()).toEqual(loss.getConfig());
  });
});

describe('after a sigmoid or softmax', () => {
  const wrong = tensor([[30], [-30]]);
  test('binary crossentropy uses the logits, where probabilities are saturated', () => {
    for (const fromLogits of [false, true]) {
      const [value, gradient] = lossAndGradient(new losses.BinaryCrossentropy({ fromLogits }), [[0], [1]], wrong, {
        output: activations.sigmoid,
      });
      expectClose(value.data, [30]);
      expectClose(gradient.data, [0.5, -0.5]);
    }
  });

  test('any other op in between loses them', () => {
    const [value] = lossAndGradient(new losses.BinaryCrossentropy(), [[0], [1]], wrong, {
      output: (x) => multiply(activations.sigmoid(x), activations.sigmoid(x)),
    });
    expect(value.item()).toBeLessThan(17);
  });

  test.each([
    ['categorical', new losses.CategoricalCrossentropy(), [[0, 1]]],
    ['sparse', new losses.SparseCategoricalCrossentropy(), [1]],
  ])('%s crossentropy', (_, loss, target) => {
    const [value, gradient] = lossAndGradient(loss, target, tensor([[40, 0]]), { output: (x) => activations.softmax(x) });
    expectClose(value.data, [40]);
    expectClose(gradient.data, [1, -1]);
  });

  test('binary crossentropy of a softmax is that of its probabilities', () => {
    const [value] = lossAndGradient(new losses.BinaryCrossentropy(), [[0, 1]], tensor([[0, 0]]), { output: (x) => activations.softmax(x) });
    expectClose(value.data, [Math.log(2)]);
  });
});

describe('reduction', () => {
  const y = tensor([[0], [0], [0]]);
  const p = tensor([[1], [2], [3]]);
  const w = tensor([1, 2, 0]);
  const value = (reduction: losses.Reduction | null, weight?: Tensor) => [
    ...new losses.MeanSquaredError({ reduction }).apply(y, p, weight).data,
  ];

  test('of values', () => {
    expectClose(value('sum_over_batch_size'), [14 / 3]);
    expectClose(value('mean'), [14 / 3]);
    expectClose(value('mean_with_sample_weight'), [14 / 3]);
    expectClose(value('sum'), [14]);
    expectClose(value('none'), [1, 4, 9]);
    expectClose(value(null), [1, 4, 9]);
  });

  test('of weighted values', () => {
    expectClose(value('sum_over_batch_size', w), [9 / 3]);
    expectClose(value('mean_with_sample_weight', w), [9 / 3]);
    expectClose(value('mean_with_sample_weight', tensor([0.5, 1, 0])), [4.5 / 1.5]);
    expectClose(value('sum', w), [9]);
    expectClose(value('none', w), [1, 8, 0]);
  });

  test('weights of every step, and of samples with several steps', () => {
    const target = tensor(new Float32Array(6), [2, 3, 1]);
    const prediction = tensor([
      [[1], [2], [3]],
      [[4], [5], [6]],
    ]);
    const mse = new losses.MeanSquaredError();
    expectClose(
      mse.apply(target, prediction, [
        [1, 0, 0],
        [0, 0, 2],
      ]).data,
      [73 / 6],
    );
    expectClose(mse.apply(target, prediction, [1, 0]).data, [14 / 6]);
  });
});

describe('masks', () => {
  const y = tensor(new Float32Array(6), [2, 3, 1]);
  const p = tensor([
    [[1], [2], [3]],
    [[4], [5], [6]],
  ]);
  const mask = tensor([
    [1, 1, 0],
    [1, 0, 0],
  ]);
  const mse = new losses.MeanSquaredError();

  test('the mean of what is not padding', () => {
    const [value, gradient] = lossAndGradient(mse, y, p, { mask });
    expectClose(value.data, [(1 + 4 + 16) / 3]);
    expectClose(gradient.data, [2 / 3, 4 / 3, 0, 8 / 3, 0, 0]);
  });

  test('targets without the last axis keep their steps', () => {
    const [value] = lossAndGradient(mse, tensor(new Float32Array(6), [2, 3]), p, { mask });
    expectClose(value.data, [(1 + 4 + 16) / 3]);
  });

  test('with weights: over the number of valid steps', () => {
    const [value] = lossAndGradient(mse, y, p, { mask, weight: tensor([2, 1]) });
    expectClose(value.data, [(2 + 8 + 16) / 3]);
  });

  test('sum adds what is valid; nothing valid is 0', () => {
    expectClose(lossAndGradient(new losses.MeanSquaredError({ reduction: 'sum' }), y, p, { mask })[0].data, [21]);
    expectClose(lossAndGradient(mse, y, p, { mask: tensor(new Float32Array(6), [2, 3]) })[0].data, [0]);
  });

  test('ignoreClass masks labels, in and out of range', () => {
    const logits = tensor([
      [1, 2],
      [0, 3],
      [5, 1],
    ]);
    const exact = Math.log(1 + Math.exp(-1));
    for (const ignoreClass of [-1, 0, 7]) {
      const loss = new losses.SparseCategoricalCrossentropy({ fromLogits: true, ignoreClass });
      expectClose(loss.apply([1, ignoreClass, ignoreClass], logits).data, [exact]);
    }
  });
});

describe('shapes', () => {
  test('labels (n) go with outputs (n, 1), and (n, 1) with (n)', () => {
    const loss = new losses.BinaryCrossentropy();
    const expected = loss.apply([[1], [0]], [[0.8], [0.4]]).item();
    expect(loss.apply([1, 0], [[0.8], [0.4]]).item()).toBe(expected);
    expectClose([loss.apply([[1], [0]], [0.8, 0.4]).item() as number], [expected as number]);
  });

  test('sparse labels may have a last axis of 1', () => {
    const loss = new losses.SparseCategoricalCrossentropy();
    const p = [
      [0.2, 0.8],
      [0.6, 0.4],
    ];
    expect(loss.apply([[1], [0]], p).item()).toBe(loss.apply([1, 0], p).item());
  });

  test("'crossentropy' picks by shape", () => {
    const ce = losses.get('crossentropy');
    const p = [
      [0.2, 0.8],
      [0.6, 0.4],
    ];
    expect(ce.apply([1, 0], p).item()).toBe(new losses.SparseCategoricalCrossentropy().apply([1, 0], p).item());
    expect(
      ce
        .apply(
          [
            [0, 1],
            [1, 0],
          ],
          p,
        )
        .item(),
    ).toBe(
      new losses.CategoricalCrossentropy()
        .apply(
          [
            [0, 1],
            [1, 0],
          ],
          p,
        )
        .item(),
    );
    expect(ce.apply([[1], [0]], [[0.2], [0.7]]).item()).toBe(new losses.BinaryCrossentropy().apply([[1], [0]], [[0.2], [0.7]]).item());
  });

  test('hinge takes 0 and 1 for -1 and 1, unless there are other labels', () => {
    const hinge = new losses.Hinge();
    const p = [[0.5], [-0.5]];
    expect(hinge.apply([[1], [0]], p).item()).toBe(hinge.apply([[1], [-1]], p).item());
    expectClose(hinge.apply([[1], [0]], [[0.5], [-0.5]]).data, [0.5]);
    expectClose(hinge.apply([[2], [0]], [[0.25], [-0.5]]).data, [0.75]);
  });

  test('no samples', () => {
    expect(new losses.MeanSquaredError().apply(tensor(new Float32Array(0), [0, 2]), tensor(new Float32Array(0), [0, 2])).item()).toBe(0);
  });
});

describe('errors', () => {
  test.each<[string, () => unknown, string]>([
    [
      'name',
      () => losses.get('binary_crossentropie'),
      "loss: expected a known name, got 'binary_crossentropie'. Did you mean 'binary_crossentropy'?",
    ],
    ['kind', () => losses.get(3 as never), 'loss: expected a name, an instance, or an object with className and config, got 3'],
    ['option', () => new losses.BinaryCrossentropy({ fromLogit: true } as never), 'Did you mean fromLogits?'],
    ['Keras option', () => new losses.BinaryCrossentropy({ from_logits: true } as never), "Keras's from_logits is written fromLogits here"],
    ['reduction', () => new losses.MeanSquaredError({ reduction: 'men' as never }), "Did you mean 'mean'?"],
    [
      'shapes',
      () => new losses.MeanSquaredError().apply([[1, 2]], [[1, 2, 3]]),
      "mean_squared_error: expected targets of the predictions' shape [1, 3], got [1, 2]",
    ],
    [
      'label shape',
      () => losses.get('sparse_categorical_crossentropy').apply([[1, 0]], [[0.5, 0.5]]),
      'expected one whole label for each row of the predictions [1, 2], got targets of shape [1, 2]',
    ],
    [
      'label',
      () =>
        losses.get('sparse_categorical_crossentropy').apply(
          [0, 1, 5],
          [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ],
        ),
      'sparse_categorical_crossentropy: expected whole labels in [0, 3), got 5 at position [2] of the targets. Give the last layer at least 6 units',
    ],
    [
      'negative label',
      () =>
        losses.get('sparse_categorical_crossentropy').apply(
          [[0], [-1]],
          [
            [1, 0],
            [0, 1],
          ],
        ),
      'got -1 at position [1, 0] of the targets. Number the classes from 0.',
    ],
    [
      'label smoothing',
      () => new losses.CategoricalCrossentropy({ labelSmoothing: 2 }),
      'labelSmoothing to be a number from 0 to 1, got 2',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name: 'ValueError' }));
  });
});

test.each([
  ['bce', 'BinaryCrossentropy'],
  ['BCE', 'BinaryCrossentropy'],
  ['mse', 'MeanSquaredError'],
  ['mean_squared_error', 'MeanSquaredError'],
  ['MeanSquaredError', 'MeanSquaredError'],
  ['kl_divergence', 'KLDivergence'],
  ['kld', 'KLDivergence'],
  ['log_cosh', 'LogCosh'],
  ['huber', 'Huber'],
  ['sparse_categorical_crossentropy', 'SparseCategoricalCrossentropy'],
])('%s is %s', (name, className) => {
  const loss = losses.get(name);
  expect(loss.className).toBe(className);
  expect(losses.get(loss)).toBe(loss);
  expect(loss.targetDtype).toBe(className.startsWith('Sparse') ? 'int32' : 'float32');
});
