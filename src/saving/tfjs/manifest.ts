// The weightsManifest of TensorFlow.js (tfjs-core/src/io/types.ts): untrusted JSON, every field is validated.

import { describe, isPlain } from '../../common/options.ts';
import { ModelFormatError } from '../../files/model-format-error.ts';
import type { DType } from '../../tensor/tensor.ts';
import { countOf, type Kind, widthOf } from '../arrays/number-conversion.ts';

/** Quantization of a weight: `q * scale + min`, or float16. */
export type TfjsQuantization =
  | { readonly dtype: 'uint8' | 'uint16'; readonly min: number; readonly scale: number; readonly original_dtype?: string }
  | { readonly dtype: 'float16'; readonly original_dtype?: string };

export interface TfjsWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly quantization?: TfjsQuantization;
}

/** Weights that lie one after the other in the concatenated files of `paths`. */
export interface TfjsGroup {
  readonly paths: readonly string[];
  readonly weights: readonly TfjsWeight[];
}

export type TfjsManifest = readonly TfjsGroup[];

/** A weight and its type in the file. */
export interface PlacedWeight extends TfjsWeight {
  readonly kind: Kind;
  /** Bytes in the file. */
  readonly size: number;
}

export const OWNER = 'readTfjsWeights';

/** Refuses a manifest or shards; `path` is that of a weight or shard. */
export function refuse(problem: string, path?: string, byte?: number): never {
  throw new ModelFormatError({ file: OWNER, format: 'TensorFlow.js weights', problem: `found ${problem}`, path, byte });
}

const KINDS: Readonly<Record<DType, Kind>> = { float32: 'f4', int32: 'i4', bool: 'b1' };
const QUANTIZED: Readonly<Record<TfjsQuantization['dtype'], Kind>> = { uint8: 'u1', uint16: 'u2', float16: 'f2' };
const of = <T>(table: Readonly<Record<string, T>>, key: unknown): T | undefined =>
  typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;

/** The groups of a manifest, every field checked. */
export function readManifest(manifest: unknown): { paths: readonly string[]; weights: PlacedWeight[] }[] {
  if (!Array.isArray(manifest)) return refuse(`${describe(manifest)} where an array of groups is expected`);
  const names = new Set<string>();
  return manifest.map((group: unknown, i) => {
    const { paths, weights } = (isPlain(group) ? group : {}) as { paths?: unknown; weights?: unknown };
    if (!Array.isArray(paths) || !paths.every((path) => typeof path === 'string'))
      return refuse(`${describe(paths)} as paths of group ${i}`);
    if (!Array.isArray(weights)) return refuse(`${describe(weights)} as weights of group ${i}`);
    return { paths, weights: weights.map((weight) => readWeight(weight, names)) };
  });
}

function readWeight(weight: unknown, names: Set<string>): PlacedWeight {
  if (!isPlain(weight)) return refuse(`${describe(weight)} where a weight is expected`);
  if (typeof weight.name !== 'string') return refuse(`${describe(weight.name)} as the name of a weight`);
  const { name, shape, dtype, quantization } = weight;
  if (names.has(name)) refuse('a weight a second time', name);
  names.add(name);
  const lengths =
    Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length) && length >= 0) ? (shape as number[]) : undefined;
  const count = lengths && countOf(lengths);
  if (!lengths || count === undefined) return refuse(`the shape ${describe(shape)}`, name);
  const plain = of(KINDS, dtype) ?? refuse(`the dtype ${describe(dtype)} (float32, int32 and bool are read)`, name);
  if (quantization === undefined) return { name, shape: lengths, dtype: dtype as DType, kind: plain, size: count * widthOf(plain) };
  const { dtype: packed, min, scale } = (isPlain(quantization) ? quantization : {}) as { dtype?: unknown; min?: unknown; scale?: unknown };
  const kind = of(QUANTIZED, packed);
  if (!kind || dtype === 'bool' || (kind === 'f2' && dtype !== 'float32'))
    return refuse(`a quantization of ${describe(dtype)} to ${describe(packed)}`, name);
  if (kind !== 'f2' && !(Number.isFinite(min) && Number.isFinite(scale))) {
    return refuse(`the quantization min ${describe(min)} and scale ${describe(scale)}`, name);
  }
  return {
    name,
    shape: lengths,
    dtype: dtype as DType,
    quantization: quantization as unknown as TfjsQuantization,
    kind,
    size: count * widthOf(kind),
  };
}
