// TensorFlow.js itself: it opens what is written for it and predicts the same, and what it saves of that opens here.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { loadModel, loadTfjsModel, type Tensor, tensor, toTfjs } from '../../../src/index.ts';
import { cases, models } from '../files-of.ts';

interface Recorded {
  readonly shape: number[];
  readonly dtype: string;
  readonly data: readonly (number | string)[];
}

/** Models with what TensorFlow.js lacks, and what is said of it. */
const refused: Readonly<Record<string, RegExp>> = {
  'random_001.keras': /'gru' \(GRU\): expected reset_after false/,
  'random_002.keras': /got Subtract/,
  'random_009.keras': /got Subtract/,
  'random_013.keras': /got NotEqual/,
  'random_015.keras': /got NotEqual/,
  'random_016.keras': /expected masks that TensorFlow\.js treats alike/,
  'random_019.keras': /got NotEqual/,
  'random_020.keras': /got Subtract/,
};

const isInt = ({ dtype }: Recorded): boolean => dtype.startsWith('int');
const ours = (one: Recorded): Tensor => tensor(one.data.map(Number), one.shape, isInt(one) ? 'int32' : 'float32');
const theirs = (one: Recorded) => tf.tensor(one.data.map(Number), one.shape, isInt(one) ? 'int32' : 'float32');
const single = <T>(list: T[]): T | T[] => (list.length === 1 ? list[0] : list);

beforeAll(async () => {
  await tf.setBackend('cpu');
});

it.each(Object.keys(models))('%s', async (file) => {
  const { inputs } = cases[file.replace('.keras', '.json')] as { inputs: Recorded[] };
  const model = await loadModel(models[file]);
  if (file in refused) {
    expect(() => toTfjs(model)).toThrow(refused[file]);
    return;
  }
  const expected = (model.predict(single(inputs.map(ours)) as never) as Tensor).data as Float32Array;
  const { 'model.json': topology, ...shards } = toTfjs(model);
  const json = JSON.parse(new TextDecoder().decode(topology));
  const groups = json.weightsManifest as { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
  const weightData = await new Blob(groups.flatMap(({ paths }) => paths.map((path) => shards[path]))).arrayBuffer();
  const artifacts = { modelTopology: json.modelTopology, weightSpecs: groups.flatMap(({ weights }) => weights), weightData };
  const opened = await loadLayersModel({ load: async () => artifacts });
  const given = await (opened.predict(single(inputs.map(theirs)) as never) as tf.Tensor).data();
  expect(given.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs(given[i] - value)).toBeLessThan(1e-5 * (1 + Math.abs(value)));

  let saved: tf.io.ModelArtifacts | undefined;
  await opened.save({
    save: async (made) => {
      saved = made;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    },
  });
  const weightsManifest = [{ paths: ['weights.bin'], weights: saved?.weightSpecs }];
  const text = JSON.stringify({ format: 'layers-model', modelTopology: saved?.modelTopology, weightsManifest });
  const back = await loadTfjsModel({
    'model.json': new TextEncoder().encode(text),
    'weights.bin': new Uint8Array(saved?.weightData as ArrayBuffer),
  });
  expect([...((back.predict(single(inputs.map(ours)) as never) as Tensor).data as Float32Array)]).toEqual([...expected]);
});
