// Tensors as one number, to compare their bits.
import type { Tensor } from '../../src/index.ts';

/** FNV-1a over the bit patterns. */
export function digest(tensors: readonly Tensor[]): string {
  let hash = 0x811c9dc5;
  for (const { data } of tensors) {
    for (const byte of new Uint8Array(data.slice().buffer)) hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
