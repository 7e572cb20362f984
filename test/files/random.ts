// What the tests of damaged files draw, the same every time.

export interface Random {
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
  pick<T>(values: readonly T[]): T;
}

/** mulberry32 of Tommy Ettinger (public domain). */
export function seeded(seed: number): Random {
  let state = seed | 0;
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * end);
  };
  return { below, pick: (values) => values[below(values.length)] };
}

/** A damaged copy: bytes changed, cut off, zeroed, copied over others, or a length raised. */
export function damaged(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  const view = new DataView(copy.buffer);
  const place = (size: number) => random.below(Math.max(1, copy.length - size));
  switch (random.below(7)) {
    case 0:
      for (let i = random.below(8); i >= 0; i--) copy[place(1)] ^= 1 << random.below(8);
      return copy;
    case 1:
      for (let i = random.below(4); i >= 0; i--) copy[place(1)] = random.below(256);
      return copy;
    case 2:
      return copy.slice(0, place(0));
    case 3: {
      const at = place(0);
      return copy.fill(0, at, at + 1 + random.below(64));
    }
    case 4: {
      const size = 1 + random.below(Math.min(256, copy.length));
      return copy.copyWithin(place(size), place(size), place(size) + size);
    }
    case 5:
      view.setUint32(place(4), random.pick([0xffffffff, 0x7fffffff, 0x80000000, 0x10000000, 0xffff, copy.length, copy.length + 1]), true);
      return copy;
    default: {
      // A number that is there already, a little more or many times as much.
      const at = place(8);
      const value = view.getUint32(at, true);
      view.setUint32(at, random.pick([value + 1, value + 8, value * 2, value * 256, value - 1]), true);
      if (random.below(4) === 0) view.setUint32(at + 4, random.below(1 << 22), true);
      return copy;
    }
  }
}
