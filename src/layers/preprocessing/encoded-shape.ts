// Output modes of layers that give ids: the ids themselves, or encoded rows.
import type { Shape } from '../base/layer.ts';
import type { HostTensor } from './host-tensor.ts';

/** 'int': ids; 'one_hot': a row for each; 'multi_hot', 'count' and 'tf_idf': a row for each sample. */
export type EncodeMode = 'int' | 'one_hot' | 'multi_hot' | 'count' | 'tf_idf';

/** The id of what is left out of all rows. */
export const DROPPED = -1;

/** The shape of encoded ids; the last axis of `shape` runs along a sample. */
export function encodedShape(mode: EncodeMode, shape: Shape, depth: number | null): Shape {
  if (mode === 'int') return shape;
  const perValue = mode === 'one_hot' && !(shape.length > 1 && shape.at(-1) === 1);
  return [...(perValue ? shape : shape.slice(0, -1)), depth];
}

/** In the modes with a row for each sample, single values are samples of one. */
export const samplesShape = (mode: EncodeMode, shape: Shape): Shape => (shape.length === 1 && mode !== 'int' ? [null, 1] : shape);

/** Counts the ids of one sample into its row of zeros. */
export function countInto(row: Float32Array, ids: ArrayLike<number>, mode: EncodeMode, idf: readonly number[] | null): void {
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i];
    if (id === DROPPED) continue;
    if (mode === 'one_hot' || mode === 'multi_hot') row[id] = 1;
    else row[id] += 1;
  }
  if (mode !== 'tf_idf' || !idf) return;
  for (let id = 0; id < idf.length; id++) row[id] *= idf[id];
}

/** Ids of any shape, encoded. */
export function encode(
  mode: EncodeMode,
  shape: readonly number[],
  ids: Int32Array,
  depth: number | null,
  idf: readonly number[] | null,
): HostTensor {
  if (mode === 'int') return { shape, values: ids };
  const encoded = encodedShape(mode, shape, depth) as number[];
  const width = encoded[encoded.length - 1];
  const length = mode === 'one_hot' ? 1 : (shape.at(-1) ?? 1);
  const values = new Float32Array(encoded.reduce((a, b) => a * b, 1));
  for (let row = 0; row * width < values.length; row++) {
    countInto(values.subarray(row * width, (row + 1) * width), ids.subarray(row * length, (row + 1) * length), mode, idf);
  }
  return { shape: encoded, values };
}
