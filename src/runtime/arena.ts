// The arena that all plans share. Only one plan runs at a time and nothing in the arena outlives its run, so the arena is
// as large as the largest plan needs.
import { allocate, free } from '../kernels/memory.ts';

let address = 0;
let bytes = 0;

/** The arena's address, after making sure that it holds `needed` bytes. */
export function arenaFor(needed: number): number {
  if (needed > bytes || address === 0) {
    if (address) free(address);
    address = 0;
    address = allocate(needed);
    bytes = needed;
  }
  return address;
}
