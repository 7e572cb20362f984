// Metrics with a result for each threshold or class: what fit, evaluate and callbacks make of them, with Keras's numbers.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { callbacks, clearSession, initializers, layers, loadModel, metrics, Sequential } from '../../src/index.ts';
import { expectClose } from '../kernels/harness.ts';

beforeEach(clearSession);

const x = [[0], [1], [2], [3]];
const y = [
  [1, 0],
  [0, 1],
  [0, 1],
  [1, 0],
];

function model(): Sequential {
  const made = new Sequential([
    layers.Input({ shape: [1] }),
    new layers.Dense(2, { activation: 'sigmoid', kernelInitializer: new initializers.Constant([[0.5, -0.25]]) }),
  ]);
  made.compile({
    optimizer: 'sgd',
    loss: 'mse',
    metrics: [
      new metrics.Precision({ thresholds: [0.3, 0.5, 0.7] }),
      new metrics.F1Score({ threshold: 0.5 }),
      new metrics.F1Score({ name: 'f1' }),
      'mae',
    ],
  });
  return made;
}

const options = { epochs: 2, shuffle: false, batchSize: 2 } as const;
/** A list of numbers in a log. */
const several = (log: unknown): number[] => log as number[];

describe('several results', () => {
  it('are lists in histories, and in what evaluate gives', async () => {
    const trained = model();
    const { history } = await trained.fit(x, y, { ...options, verbose: 0 });
    const expected: Record<string, number[][]> = {
      f1: [
        [0.6666666269302368, 0],
        [0.3999999463558197, 0],
      ],
      f1_score: [
        [0.3999999463558197, 0],
        [0.3999999463558197, 0],
      ],
      precision: [
        [0.5, 0.3333333432674408, 0.5],
        [0.5, 0.25, 0.5],
      ],
    };
    for (const [name, epochs] of Object.entries(expected))
      for (const [epoch, numbers] of epochs.entries())
        expectClose(several(history[name][epoch]), numbers, { relative: 1e-6, absolute: 1e-7 });
    const [loss, ...rest] = await trained.evaluate(x, y, { verbose: 0 });
    expectClose([loss], [0.2822030186653137], { relative: 1e-6 });
    expect(rest.map((one) => [one].flat().length)).toEqual([3, 2, 2, 1]);
    expect(trained.metricsNames).toEqual(['loss', 'precision', 'f1_score', 'f1', 'mae']);
    expect(Object.keys(await trained.evaluate(x, y, { verbose: 0, returnDict: true }))).toEqual(trained.metricsNames);
  });

  it('are their mean in lines of progress, as in Keras', async () => {
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean(lines.push(String(text))));
    const history = await model().fit(x, y, { ...options, verbose: 2 });
    write.mockRestore();
    log.mockRestore();
    const text = lines.join('\n');
    for (const part of ['f1: 0.3333', 'f1_score: 0.2000', 'precision: 0.4444']) expect(text).toContain(part);
    expect(String(history)).toContain('0.4444');
    expect(history.sparkline('precision')).toHaveLength(2);
  });

  it('are arrays in a CSV file, and no number to watch', async () => {
    let text = '';
    const writer = {
      write(_: string, bytes: Uint8Array) {
        text = new TextDecoder().decode(bytes);
      },
    };
    await model().fit(x, y, { ...options, verbose: 0, callbacks: [new callbacks.CSVLogger('log.csv', { writer })] });
    expect(text).toContain('"""[0.5, 0.25, 0.5]"""');
    const stopping = new callbacks.EarlyStopping({ monitor: 'precision', mode: 'max' });
    await model().fit(x, y, { ...options, epochs: 1, verbose: 0 });
    await expect(model().fit(x, y, { ...options, verbose: 0, callbacks: [stopping] })).rejects.toThrow(
      'EarlyStopping: expected one number as precision, got an array of shape [3]',
    );
  });

  it('are asked for by files', async () => {
    const saved = model();
    await saved.fit(x, y, { ...options, verbose: 0 });
    const loaded = await loadModel(await saved.toKeras());
    const [one, other] = [await saved.evaluate(x, y, { verbose: 0 }), await loaded.evaluate(x, y, { verbose: 0 })];
    expect(other).toEqual(one);
    expect(loaded.metricsNames).toEqual(saved.metricsNames);
  });

  it('are one number for one threshold, or with an average', () => {
    for (const metric of [new metrics.Recall({ thresholds: [0.5] }), new metrics.F1Score({ average: 'macro' }), new metrics.Recall()]) {
      metric.updateState([[1, 0]], [[0.9, 0.1]]);
      expect(metric.result()).toBeTypeOf('number');
    }
    expect(() => new metrics.Recall({ thresholds: [] })).toThrow('expected at least one threshold');
    expect(() => new metrics.Recall({ thresholds: ['a'] as never })).toThrow('expected thresholds to be a number');
  });
});
