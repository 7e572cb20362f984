import { describe, expect, it } from 'vitest';
import { TensorBoard, type TensorBoardOptions } from '../../../src/callbacks/index.ts';
import { layers, Sequential } from '../../../src/index.ts';
import { Kept } from '../kept.ts';
import { events, rowsOf, scalarOf } from './decode.ts';

const x = Array.from({ length: 20 }, (_, i) => [i % 5, (i * 3) % 5, 1]);
const y = x.map(([a]) => [a % 2]);

function embedding() {
  const model = new Sequential(
    [new layers.Embedding(5, 2, { inputLength: 3, name: 'words' }), new layers.Flatten(), new layers.Dense(1, { name: 'last' })],
    { name: 'net' },
  );
  model.compile({ optimizer: 'sgd', loss: 'mse', metrics: ['mae'] });
  return model;
}

async function logged(options: TensorBoardOptions, epochs: number) {
  const kept = new Kept();
  const model = embedding();
  const board = new TensorBoard({ logDir: 'logs', ...options, writer: kept });
  const history = await model.fit(x, y, { epochs, batchSize: 4, validationSplit: 0.2, verbose: 0, callbacks: [board] });
  const run = (name: string) => {
    const paths = kept.paths.filter((path) => path.startsWith(`logs/${name}/`));
    expect(paths.length, kept.paths.join(', ')).toBe(1);
    return events(kept.bytes(paths[0])).values;
  };
  return { kept, model, history: history.history, train: () => run('train'), validation: () => run('validation') };
}

describe('TensorBoard', () => {
  it('writes curves of training and validation under the tags of Keras', async () => {
    const { kept, history, train, validation } = await logged({}, 3);
    const [graph, ...scalars] = train();
    expect(graph.tag).toBe('keras');
    expect(scalars.map(({ step, tag }) => `${step} ${tag}`)).toEqual(
      [0, 1, 2].flatMap((epoch) => ['loss', 'mae', 'learning_rate'].map((name) => `${epoch} epoch_${name}`)),
    );
    expect(scalars.filter(({ tag }) => tag === 'epoch_loss').map(scalarOf)).toEqual(history.loss);
    expect(scalarOf(scalars[2])).toBe(Math.fround(0.01));
    const held = validation();
    expect(held.map(({ step, tag }) => `${step} ${tag}`)).toEqual(
      [0, 1, 2].flatMap((epoch) => [
        ...['loss', 'mae'].map((name) => `${(epoch + 1) * 4} evaluation_${name}_vs_iterations`),
        ...['loss', 'mae'].map((name) => `${epoch} epoch_${name}`),
      ]),
    );
    expect(held.filter(({ tag }) => tag === 'epoch_mae').map(scalarOf)).toEqual(history.val_mae);
    for (const path of kept.paths) expect(path).toMatch(/^logs\/(train|validation)\/events\.out\.tfevents\.\d{10}\.[\w.-]+\.\d+\.\d+\.v2$/);
  });

  it('describes the layers', async () => {
    const { train } = await logged({}, 1);
    const graph = JSON.parse(train()[0].strings[0]);
    expect(graph.config.name).toBe('net');
    expect(
      graph.config.layers.map((l: { class_name: string; config: { name: string } }) => [l.class_name, l.config.name]).slice(-3),
    ).toEqual([
      ['Embedding', 'words'],
      ['Flatten', expect.stringMatching(/^flatten/)],
      ['Dense', 'last'],
    ]);
    expect((await logged({ writeGraph: false }, 1)).train()[0].tag).toBe('epoch_loss');
  });

  it.each<[TensorBoardOptions['updateFreq'], number[]]>([
    ['batch', [1, 2, 3, 4, 5, 6, 7, 8]],
    [3, [3, 6]],
  ])('records batches with updateFreq %s', async (updateFreq, steps) => {
    const { train } = await logged({ updateFreq }, 2);
    const losses = train().filter(({ tag }) => tag === 'batch_loss');
    expect(losses.map(({ step }) => step)).toEqual(steps);
    for (const value of losses) expect(Number.isFinite(scalarOf(value))).toBe(true);
  });

  it('records histograms of every weight, and the speed', async () => {
    const { train, model } = await logged({ histogramFreq: 2, writeStepsPerSecond: true }, 3);
    const histograms = train().filter(({ plugin }) => plugin === 'histograms');
    const tags = ['net/words/embeddings', 'net/last/kernel', 'net/last/bias'].map((name) => `${name}/histogram`);
    expect(histograms.map(({ step, tag }) => [step, tag])).toEqual([0, 2].flatMap((step) => tags.map((tag) => [step, tag])));
    const rows = rowsOf(histograms[3]);
    const values = [...model.getWeights()[0].data];
    expect([rows[0][0], rows[29][1]]).toEqual([Math.min(...values), Math.max(...values)]);
    const speeds = train().filter(({ tag }) => tag === 'epoch_steps_per_second');
    expect(speeds.map(scalarOf).every((speed) => speed > 0)).toBe(true);
    expect(speeds.length).toBe(3);
  });

  it('writes embeddings for the projector: some epochs and the last, newest first', async () => {
    const embeddingsMetadata = ['<pad>', 'a\tb', 'c\nd\r', '  ', 'ü "q" \\ <b>'];
    const { kept, model } = await logged({ embeddingsFreq: 2, embeddingsMetadata }, 4);
    expect(kept.text('logs/words-metadata.tsv')).toBe('<pad>\na\\tb\nc\\nd\\r\n\'  \'\nü "q" \\ <b>\n');
    const entry = (epoch: number) =>
      `embeddings {\n  tensor_name: "words/embeddings/epoch_${epoch}"\n  metadata_path: "words-metadata.tsv"\n  tensor_path: "words-${epoch}.tsv"\n}\n`;
    expect(kept.text('logs/projector_config.pbtxt')).toBe([3, 2, 0].map(entry).join(''));
    const rows = kept
      .text('logs/words-3.tsv')
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t').map((v) => Math.fround(Number(v))));
    expect(rows).toEqual(model.getWeights()[0].array());
    expect(kept.text('logs/words-0.tsv')).not.toBe(kept.text('logs/words-2.tsv'));
  });

  it('takes subclasses of Embedding for embeddings', async () => {
    class Words extends layers.Embedding {}
    const writer = new Kept();
    const model = new Sequential([new Words(5, 2, { inputLength: 3, name: 'mine' }), new layers.Flatten(), new layers.Dense(1)]);
    model.compile({ loss: 'mse' });
    await model.fit([[1, 2, 3]], [1], { callbacks: [new TensorBoard({ logDir: 'logs', writer, embeddingsFreq: 1 })], verbose: 0 });
    expect(writer.text('logs/projector_config.pbtxt')).toContain('tensor_name: "mine/embeddings/epoch_0"');
  });

  it('takes labels by layer, and names of files', async () => {
    const metadata_path = async (embeddingsMetadata: TensorBoardOptions['embeddingsMetadata']) =>
      /metadata_path: (.*)/.exec(
        (await logged({ embeddingsFreq: 1, embeddingsMetadata }, 1)).kept.text('logs/projector_config.pbtxt'),
      )?.[1];
    expect(await metadata_path({ words: ['a', 'b', 'c', 'd', 'e'] })).toBe('"words-metadata.tsv"');
    expect(await metadata_path({ words: 'my "labels".tsv' })).toBe('"my \\"labels\\".tsv"');
    expect(await metadata_path('é\n.tsv')).toBe('"\\303\\251\\012.tsv"');
    expect(await metadata_path(undefined)).toBeUndefined();
    expect(await metadata_path({})).toBeUndefined();
  });

  it('names wrong options and labels', async () => {
    const writer = new Kept();
    const board = (options: object) => () => new TensorBoard({ writer, ...options });
    expect(board({ log_dir: 'a' })).toThrow("Keras's log_dir is written logDir here.");
    expect(board({ updateFreq: 'epochs' })).toThrow(
      "TensorBoard: expected updateFreq to be 'epoch', 'batch' or a number of batches, got 'epochs'.",
    );
    expect(board({ logDir: '' })).toThrow("expected logDir to be the path of a folder, got ''");
    expect(board({ histogramFreq: 0.5 })).toThrow('expected histogramFreq to be an integer of at least 0, got 0.5');
    expect(board({ embeddingsMetadata: [1] })).toThrow('expected embeddingsMetadata as an array of texts');
    await expect(logged({ embeddingsFreq: 1, embeddingsMetadata: ['a'] }, 1)).rejects.toThrow(
      'TensorBoard: expected 5 labels in embeddingsMetadata for words, got 1.',
    );
    await expect(logged({ embeddingsFreq: 1, embeddingsMetadata: { word: ['a'] } }, 1)).rejects.toThrow(
      "by the names of Embedding layers (words), got 'word'.",
    );
  });
});
