// What is written lies where Keras puts it: the same groups and arrays in the same order, names, numbers and all.
import { describe, expect, it } from 'vitest';
import { readHdf5 } from '../../../src/files/hdf5/read-hdf5.ts';
import { readZip } from '../../../src/files/read-zip.ts';
import { Input, layers, loadModel, Model, Sequential } from '../../../src/index.ts';
import { type Entry, entriesOf } from '../../files/hdf5-tree.ts';
import { archives, bytesOf, models } from '../files-of.ts';
import '../round-trip.ts';

const WEIGHTS = 'model.weights.h5';
const treeOf = async (archive: ReadonlyMap<string, Uint8Array>): Promise<Entry[]> =>
  entriesOf(readHdf5(archive.get(WEIGHTS) as Uint8Array));

/** Files that Keras 3 itself saved; the others were put together by hand. */
const saved = { ...models, ...Object.fromEntries(Object.entries(archives).filter(([name]) => /^(s\d|random|seed).*\.keras$/.test(name))) };

describe('weights of a model that Keras saved', () => {
  it.each(Object.keys(saved))('%s', async (name) => {
    const theirs = await readZip(await bytesOf(saved[name]));
    const ours = await readZip(await (await loadModel(saved[name])).toKeras());
    expect([...ours.keys()]).toEqual([...theirs.keys()]);
    expect(await treeOf(ours)).toEqual(await treeOf(theirs));
  });
});

/** Groups with the names of their objects, and arrays with their types and shapes. */
async function outline(model: Sequential | Model): Promise<string[]> {
  const tree = await entriesOf(readHdf5(await model.toWeightsH5()));
  return tree.map(({ path, attributes, dtype, shape }) => `${path} ${dtype ? `${dtype} [${shape}]` : (attributes.name ?? '')}`.trim());
}

// From keras/src/saving/saving_lib.py and the attributes of the classes: public ones first.
describe('groups of layers that hold others', () => {
  it('MultiHeadAttention', async () => {
    const [q, v] = [Input({ shape: [4, 5] }), Input({ shape: [6, 5] })];
    const model = new Model({ inputs: [q, v], outputs: new layers.MultiHeadAttention(2, 3, { name: 'm' }).apply([q, v]), name: 'f' });
    const attention = (await outline(model)).filter((line) => line.includes('multi_head_attention/'));
    expect(
      attention.map((line) => line.replace('/layers/multi_head_attention/', '').replace(/^layers\/multi_head_attention\//, '')),
    ).toEqual([
      '_dropout_layer',
      '_dropout_layer/vars dropout',
      '_softmax',
      '_softmax/vars softmax',
      'key_dense',
      'key_dense/vars key',
      'key_dense/vars/0 float32 [5,2,3]',
      'key_dense/vars/1 float32 [2,3]',
      'output_dense',
      'output_dense/vars attention_output',
      'output_dense/vars/0 float32 [2,3,5]',
      'output_dense/vars/1 float32 [5]',
      'query_dense',
      'query_dense/vars query',
      'query_dense/vars/0 float32 [5,2,3]',
      'query_dense/vars/1 float32 [2,3]',
      'value_dense',
      'value_dense/vars value',
      'value_dense/vars/0 float32 [5,2,3]',
      'value_dense/vars/1 float32 [2,3]',
      'vars m',
    ]);
  });

  it('Bidirectional, TimeDistributed, lookups and models inside models', async () => {
    const inner = new Sequential([new layers.Dense(2, { inputShape: [3], name: 'a' }), new layers.Dense(2, { name: 'b' })], {
      name: 'inner',
    });
    const model = new Sequential(
      [
        new layers.Bidirectional(new layers.GRU(1, { returnSequences: true, name: 'g' }), { inputShape: [4, 2], name: 'both' } as never),
        new layers.TimeDistributed(new layers.Dense(3, { name: 'd' }), { name: 't' } as never),
        new layers.GlobalAveragePooling1D({ name: 'mean' }),
        inner,
      ],
      { name: 'outer' },
    );
    const lines = await outline(model);
    for (const line of [
      'layers/bidirectional/vars both',
      'layers/bidirectional/forward_layer/vars forward_g',
      'layers/bidirectional/forward_layer/cell/vars gru_cell',
      'layers/bidirectional/forward_layer/cell/vars/0 float32 [2,3]',
      'layers/bidirectional/backward_layer/cell/vars/2 float32 [2,3]',
      'layers/time_distributed/vars t',
      'layers/time_distributed/layer/vars/0 float32 [2,3]',
      'layers/global_average_pooling1d/vars mean',
      'layers/sequential/vars inner',
      'layers/sequential/layers/dense/vars a',
      'layers/sequential/layers/dense_1/vars b',
      'vars outer',
    ])
      expect(lines.map((one) => one.replace(/^\//, ''))).toContain(line);
  });
});
