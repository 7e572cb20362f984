// The weights of TensorFlow.js models: a manifest and files of at most 4 MiB, read and written.
import { mismatch } from '../../common/errors.ts';
import { checkOptions, checkPositiveInteger, describe, isPlain } from '../../common/options.ts';
import { join } from '../../files/bytes.ts';
import { Tensor, type TensorData } from '../../tensor/tensor.ts';
import { checkTensors, type NamedTensors } from '../arrays/named-tensors.ts';
import { readElements } from '../arrays/number-conversion.ts';
import { OWNER, type PlacedWeight, readManifest, refuse, type TfjsManifest } from './manifest.ts';

/** The files that a manifest names: by path, or all in the order of the manifest. */
export type TfjsShards = Readonly<Record<string, Uint8Array>> | ReadonlyMap<string, Uint8Array> | readonly Uint8Array[];

const SHARD_SIZE = 4 * 1024 * 1024;
const WRITER = 'writeTfjsWeights';

/**
 * The weights of a TensorFlow.js model, by name and in the order of the manifest.
 *
 * ```js
 * const { manifest, shards } = writeTfjsWeights({ 'dense/kernel': tensor([[1, 2]]) }); // or those of a model.json
 * readTfjsWeights(manifest, shards)['dense/kernel'].array(); // [[1, 2]]
 * ```
 * `manifest`: `weightsManifest` of a model.json. `shards`: the bytes of its files by path, or in an array in the order of the
 * manifest. float32, int32 and bool stay as they are. Quantized weights become what they were: uint8 and uint16 by
 * `q * scale + min`, rounded to the nearest whole number for int32 (halves upwards, as TensorFlow.js does), float16 exactly.
 * @throws ModelFormatError, naming weight, file and byte, when the manifest is malformed, sizes do not add up to the byte, or a
 * dtype is another (string, complex64); ValueError when a file is missing or is no Uint8Array.
 */
export function readTfjsWeights(manifest: TfjsManifest, shards: TfjsShards): Record<string, Tensor> {
  const groups = readManifest(manifest);
  const files = filesOf(groups, shards);
  const tensors: [string, Tensor][] = [];
  for (const [i, { weights }] of groups.entries()) {
    const pieces = files[i];
    const size = pieces.reduce((sum, { length }) => sum + length, 0);
    const wanted = weights.reduce((sum, weight) => sum + weight.size, 0);
    if (size !== wanted) refuse(`${size} bytes in the files of group ${i}, whose weights take ${wanted}`);
    const bytes = pieces.length === 1 ? pieces[0] : join(pieces);
    let at = 0;
    for (const weight of weights) {
      tensors.push([weight.name, new Tensor(dataOf(weight, bytes.subarray(at, at + weight.size), at), weight.shape)]);
      at += weight.size;
    }
  }
  return Object.fromEntries(tensors);
}

function dataOf({ name, dtype, kind, quantization }: PlacedWeight, bytes: Uint8Array, start: number): TensorData {
  const stored = readElements(kind, bytes, (what, at) => refuse(what, name, start + at));
  if (!quantization || quantization.dtype === 'float16') return stored;
  const { min, scale } = quantization;
  const values = Float64Array.from(stored, (value) => value * scale + min);
  const out = dtype === 'int32' ? Int32Array.from(values, Math.round) : Float32Array.from(values);
  const odd = values.findIndex((value, i) => (dtype === 'int32' ? Math.round(value) !== out[i] : !Number.isFinite(out[i])));
  return odd < 0 ? out : refuse(`the number ${values[odd]}, which is too large for ${dtype}`, name);
}

/** The files of each group, in order. */
function filesOf(groups: readonly { readonly paths: readonly string[] }[], shards: unknown): Uint8Array[][] {
  const isList = Array.isArray(shards);
  if (!isList && !(shards instanceof Map) && !isPlain(shards)) {
    throw mismatch(OWNER, 'shards as an object, a Map or an array of Uint8Arrays', describe(shards));
  }
  const count = groups.reduce((sum, { paths }) => sum + paths.length, 0);
  if (isList && shards.length !== count) throw mismatch(OWNER, `${count} shards, as many as paths`, shards.length);
  let next = 0;
  const find = (path: string): unknown =>
    isList ? shards[next++] : shards instanceof Map ? shards.get(path) : Object.hasOwn(shards, path) ? shards[path] : undefined;
  return groups.map(({ paths }) =>
    paths.map((path) => {
      const bytes = find(path);
      if (bytes instanceof Uint8Array) return bytes;
      throw mismatch(OWNER, `a Uint8Array for the shard '${path}'`, describe(bytes), 'Read the file beside model.json.');
    }),
  );
}

/**
 * The manifest and the files of a TensorFlow.js model's weights.
 *
 * ```js
 * const { manifest, shards } = writeTfjsWeights({ 'dense/kernel': tensor([[1, 2]]) });
 * Object.keys(shards); // ['group1-shard1of1.bin'], beside a model.json with weightsManifest: manifest
 * ```
 * `tensors`: an object or a Map; float32, int32 and bool are written as they are. `shardSize`: bytes of a file at most, 4 MiB by
 * default as in TensorFlow.js, whose browsers keep such files in their caches.
 * @throws ValueError for a value that is no Tensor and a shardSize that is no positive integer.
 */
export function writeTfjsWeights(
  tensors: NamedTensors,
  options: { readonly shardSize?: number } = {},
): { manifest: TfjsManifest; shards: Record<string, Uint8Array<ArrayBuffer>> } {
  checkOptions(WRITER, options, ['shardSize']);
  const { shardSize = SHARD_SIZE } = options;
  checkPositiveInteger(WRITER, 'shardSize', shardSize);
  const named = checkTensors(WRITER, tensors);
  const whole = join(named.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));
  const count = Math.max(1, Math.ceil(whole.length / shardSize));
  const paths = Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`);
  const weights = named.map(([name, { shape, dtype }]) => ({ name, shape: [...shape], dtype }));
  return {
    manifest: [{ paths, weights }],
    shards: Object.fromEntries(paths.map((path, i) => [path, whole.slice(i * shardSize, (i + 1) * shardSize)])),
  };
}
