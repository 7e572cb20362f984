// Draws arrays of random numbers by kernels. The process's memory holds them only during the draw.
import { kernels } from '../kernels/kernels.ts';
import { allocate, float32At, free, uint32At } from '../kernels/memory.ts';
import type { StreamKey } from './philox.ts';

type Draw = 'randomUniform' | 'randomNormal' | 'randomTruncatedNormal';

function draw(kernel: Draw, length: number, key: StreamKey, a: number, b: number): Float32Array<ArrayBuffer> {
  const keyAddress = allocate(16);
  try {
    const y = allocate(length * 4);
    try {
      uint32At(keyAddress, 4).set(key);
      kernels()[kernel](y, length, keyAddress, a, b, 0, 1);
      return float32At(y, length).slice();
    } finally {
      free(y);
    }
  } finally {
    free(keyAddress);
  }
}

/** Uniform from `minval` (included) to `maxval` (excluded). */
export function drawUniform(length: number, key: StreamKey, minval: number, maxval: number): Float32Array<ArrayBuffer> {
  const low = Math.fround(minval);
  return draw('randomUniform', length, key, low, Math.fround(Math.fround(maxval) - low));
}

/** Normal with the given mean and standard deviation. */
export function drawNormal(length: number, key: StreamKey, mean: number, stddev: number): Float32Array<ArrayBuffer> {
  return draw('randomNormal', length, key, mean, stddev);
}

/** Normal, values beyond two standard deviations drawn again. */
export function drawTruncatedNormal(length: number, key: StreamKey, mean: number, stddev: number): Float32Array<ArrayBuffer> {
  return draw('randomTruncatedNormal', length, key, mean, stddev);
}
