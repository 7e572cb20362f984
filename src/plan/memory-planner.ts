// Addresses in the arena: buffers whose lifetimes do not overlap share bytes.

/** A stretch of the arena that is needed from instruction `first` to `last`, both included. */
export interface Lifetime {
  readonly bytes: number;
  first: number;
  last: number;
  /** Set by `placeInArena`: the offset from the arena's start. */
  offset: number;
}

const ALIGNMENT = 64;

const align = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/**
 * Gives each lifetime an offset and returns the arena's size. Largest first, each at the lowest place where it meets none
 * that lives at the same time. `gap` bytes stay free behind each (guard words).
 */
export function placeInArena(lifetimes: readonly Lifetime[], gap = 0): number {
  const placed: Lifetime[] = [];
  let end = 0;
  for (const lifetime of [...lifetimes].sort((a, b) => b.bytes - a.bytes || a.first - b.first)) {
    const size = align(lifetime.bytes + gap);
    let offset = 0;
    for (const other of placed) {
      if (other.last < lifetime.first || other.first > lifetime.last) continue;
      if (offset + size <= other.offset) break;
      offset = Math.max(offset, other.offset + align(other.bytes + gap));
    }
    lifetime.offset = offset;
    end = Math.max(end, offset + size);
    let i = placed.length;
    while (i > 0 && placed[i - 1].offset > offset) i--;
    placed.splice(i, 0, lifetime);
  }
  return end;
}
