import { describe, expect, it } from 'vitest';
import { ValueError } from '../../../src/common/errors.ts';
import { ModelFormatError } from '../../../src/files/model-format-error.ts';
import type { TfjsManifest } from '../../../src/saving/tfjs/manifest.ts';
import { readTfjsWeights, writeTfjsWeights } from '../../../src/saving/tfjs/weights.ts';
import { Tensor, tensor } from '../../../src/tensor/index.ts';
import { draws } from '../../helpers/draws.ts';
import { bytesOf, dice, facts, mutate } from '../mutate.ts';

const weight = (dtype: string, shape: number[], quantization?: object) => ({
  name: 'w',
  shape,
  dtype,
  ...(quantization && { quantization }),
});
const one = (entry: object, bytes: number[]) =>
  facts(readTfjsWeights([{ paths: ['a.bin'], weights: [entry] }] as never, { 'a.bin': bytesOf(bytes) }).w);

describe('readTfjsWeights', () => {
  it('reads groups whose weights lie across files', () => {
    const manifest = JSON.parse(`[
      { "paths": ["group1-shard1of2.bin", "group1-shard2of2.bin"], "weights": [
        { "name": "embedding/embeddings", "shape": [1, 2], "dtype": "float32" },
        { "name": "flag", "shape": [], "dtype": "bool" }, { "name": "step", "shape": [1], "dtype": "int32" } ] },
      { "paths": ["group2-shard1of1.bin"], "weights": [ { "name": "b", "shape": [2], "dtype": "float32",
        "quantization": { "dtype": "uint8", "min": -1, "scale": 0.25, "original_dtype": "float32" } } ] } ]`);
    const files = [bytesOf([0, 0, 128, 63, 0]), bytesOf([0, 32, 192, 1, 255, 255, 255, 255]), bytesOf([0, 255])];
    const paths = ['group1-shard1of2.bin', 'group1-shard2of2.bin', 'group2-shard1of1.bin'];
    const byPath = paths.map((path, i): [string, Uint8Array] => [path, files[i]]).reverse();
    for (const shards of [files, new Map(byPath), Object.fromEntries(byPath)]) {
      const read = readTfjsWeights(manifest, shards);
      expect(Object.entries(read).map(([name, one]) => [name, facts(one)])).toEqual([
        ['embedding/embeddings', { shape: [1, 2], dtype: 'float32', data: [1, -2.5] }],
        ['flag', { shape: [], dtype: 'bool', data: [1] }],
        ['step', { shape: [1], dtype: 'int32', data: [-1] }],
        ['b', { shape: [2], dtype: 'float32', data: [-1, 62.75] }],
      ]);
    }
  });

  it('undoes every quantization', () => {
    const scale = 0.1;
    expect(one(weight('float32', [2], { dtype: 'uint16', min: -3, scale }), [1, 0, 0, 1])).toEqual({
      shape: [2],
      dtype: 'float32',
      data: [Math.fround(1 * scale - 3), Math.fround(256 * scale - 3)],
    });
    expect(one(weight('float32', [3], { dtype: 'float16' }), [0, 60, 0, 192, 1, 0])).toEqual({
      shape: [3],
      dtype: 'float32',
      data: [1, -2, 2 ** -24],
    });
    expect(one(weight('int32', [4], { dtype: 'uint8', min: -3, scale: 0.5 }), [0, 1, 5, 6])).toEqual({
      shape: [4],
      dtype: 'int32',
      data: [-3, -2, 0, 0],
    });
  });

  it.each<[string, object, number[], string]>([
    ['too few bytes', weight('float32', [2]), [0, 0, 0, 0], 'found 4 bytes in the files of group 0, whose weights take 8'],
    ['too many bytes', weight('bool', [1]), [0, 0], 'found 2 bytes in the files of group 0, whose weights take 1'],
    ['texts', weight('string', [1]), [0], "found the dtype 'string' (float32, int32 and bool are read) in 'w'"],
    ['complex numbers', weight('complex64', [1]), [0], "found the dtype 'complex64'"],
    ['constructor', weight('constructor', [1]), [0], "found the dtype 'constructor'"],
    ['a negative length', weight('bool', [-1]), [0], "found the shape an array of shape [1] in 'w'"],
    ['a huge shape', weight('bool', [2 ** 40, 2 ** 40]), [0], "in 'w'"],
    ['no scale', weight('float32', [1], { dtype: 'uint8', min: 0 }), [0], 'found the quantization min 0 and scale undefined'],
    ['another quantization', weight('float32', [1], { dtype: 'uint4' }), [0], "found a quantization of 'float32' to 'uint4'"],
    ['float16 of int32', weight('int32', [1], { dtype: 'float16' }), [0, 0], "found a quantization of 'int32' to 'float16'"],
    [
      'a scale beyond float32',
      weight('float32', [1], { dtype: 'uint8', min: 0, scale: 1e39 }),
      [1],
      'found the number 1e+39, which is too large',
    ],
    ['a scale beyond int32', weight('int32', [1], { dtype: 'uint8', min: 0, scale: 1e10 }), [1], 'found the number 10000000000, which'],
    ['no name', { shape: [], dtype: 'bool' }, [0], 'found undefined as the name of a weight'],
  ])('refuses %s', (_, entry, bytes, message) => {
    expect(() => one(entry, bytes)).toThrow(ModelFormatError);
    expect(() => one(entry, bytes)).toThrow(message);
  });

  it('refuses other manifests and shards', () => {
    const manifest = [{ paths: ['a.bin'], weights: [weight('bool', [1])] }] as never;
    expect(() => readTfjsWeights({} as never, [])).toThrow('found an empty object where an array of groups is expected');
    expect(() => readTfjsWeights([{ paths: 'a', weights: [] }] as never, [])).toThrow("found 'a' as paths of group 0");
    expect(() => readTfjsWeights([{ paths: [] }] as never, [])).toThrow('found undefined as weights of group 0');
    expect(() => readTfjsWeights([{ paths: [], weights: [weight('bool', [0]), weight('bool', [0])] }] as never, [])).toThrow(
      "found a weight a second time in 'w'",
    );
    expect(() => readTfjsWeights(manifest, {})).toThrow("expected a Uint8Array for the shard 'a.bin', got undefined. Read the file");
    expect(() => readTfjsWeights(manifest, {})).toThrow(ValueError);
    expect(() => readTfjsWeights(manifest, [])).toThrow('expected 1 shards, as many as paths, got 0');
    expect(() => readTfjsWeights(manifest, 'a.bin' as never)).toThrow(
      "expected shards as an object, a Map or an array of Uint8Arrays, got 'a.bin'",
    );
    expect(() => readTfjsWeights([{ paths: ['toString'], weights: [] }], {})).toThrow("for the shard 'toString', got undefined");
  });
});

describe('writeTfjsWeights', () => {
  const named = {
    w: tensor([[1, -2.5, NaN]]),
    n: tensor(Int32Array.of(-1)),
    f: tensor([true, false]),
    none: new Tensor(new Float32Array(0), [0, 2]),
  };

  it.each([1, 5, 8, 18, 1000, undefined])('is read back, in files of %s bytes', (shardSize) => {
    const { manifest, shards } = writeTfjsWeights(named, { shardSize });
    const count = Math.ceil(18 / (shardSize ?? 18));
    expect(Object.keys(shards)).toEqual(Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`));
    for (const bytes of Object.values(shards)) expect(bytes.length).toBeLessThanOrEqual(shardSize ?? 18);
    const read = readTfjsWeights(JSON.parse(JSON.stringify(manifest)), shards);
    expect(Object.entries(read).map(([name, one]) => [name, facts(one)])).toEqual(
      Object.entries(named).map(([name, one]) => [name, facts(one)]),
    );
  });

  it('writes the bytes that TensorFlow.js reads', () => {
    const { manifest, shards } = writeTfjsWeights({ w: tensor([[1, -2.5]]), f: tensor([true]) });
    expect(manifest).toEqual([
      {
        paths: ['group1-shard1of1.bin'],
        weights: [
          { name: 'w', shape: [1, 2], dtype: 'float32' },
          { name: 'f', shape: [1], dtype: 'bool' },
        ],
      },
    ]);
    expect(shards).toEqual({ 'group1-shard1of1.bin': bytesOf([0, 0, 128, 63, 0, 0, 32, 192, 1]) });
  });

  it('refuses what it cannot write', () => {
    expect(() => writeTfjsWeights({ a: 1 as never })).toThrow('writeTfjsWeights: expected a to be a Tensor, got 1');
    expect(() => writeTfjsWeights(named, { shardSize: 0 })).toThrow('expected shardSize to be a positive integer, got 0');
    expect(() => writeTfjsWeights(named, { shardsize: 1 } as never)).toThrow('Did you mean shardSize?');
  });
});

it('damaged manifests are refused or read as what they say', () => {
  const roll = dice(5);
  const quantized = weight('float32', [2], { dtype: 'uint16', min: -3, scale: 0.1 });
  const text = new TextEncoder().encode(
    JSON.stringify([{ paths: ['a.bin'], weights: [quantized, { ...weight('int32', [1, 2]), name: 'n' }] }]),
  );
  let [refused, read] = [0, 0];
  for (let i = 0; i < draws(5_000); i++) {
    let manifest: TfjsManifest;
    try {
      manifest = JSON.parse(new TextDecoder().decode(mutate(text, roll)));
    } catch {
      continue;
    }
    try {
      const tensors = Object.values(readTfjsWeights(manifest, [new Uint8Array(12)]));
      read++;
      for (const one of tensors) expect(one.size).toBe(one.shape.reduce((size, length) => size * length, 1));
    } catch (error) {
      if (!(error instanceof ModelFormatError || error instanceof ValueError)) throw error;
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(draws(60));
  expect(read).toBeGreaterThan(draws(60));
});
