// Damaged files, always the same ones.
import { expect } from 'vitest';
import { ModelFormatError } from '../../src/files/model-format-error.ts';
import { type Tensor, tensor } from '../../src/tensor/index.ts';
import { draws } from '../helpers/draws.ts';

/** Bytes of a text and of numbers, one after the other. */
export const bytesOf = (...parts: (string | number[] | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? new TextEncoder().encode(part) : part)]));

/** What a tensor is, to be compared. */
export const facts = ({ shape, dtype, data }: Tensor) => ({ shape: [...shape], dtype, data: [...data] });

/** Whole numbers below `n` (xorshift32). */
export function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
}

const ODD = [0, 1, 9, 10, 32, 34, 39, 40, 41, 44, 45, 48, 57, 58, 91, 92, 93, 123, 125, 127, 128, 255];

/** One to three changes: bits, bytes, digits, pieces that are cut out, doubled or put in, and the end cut off. */
export function mutate(bytes: Uint8Array, roll: (n: number) => number, focus = bytes.length): Uint8Array {
  let out = bytes.slice();
  for (let left = 1 + roll(3); left > 0 && out.length > 0; left--) {
    const at = roll(2) ? roll(out.length) : roll(Math.min(focus, out.length));
    const size = 1 + roll(12);
    const piece = [...out.subarray(at, at + size)];
    const spliced = (cut: number, put: readonly number[]) => Uint8Array.from([...out.subarray(0, at), ...put, ...out.subarray(at + cut)]);
    switch (roll(7)) {
      case 0:
        out[at] ^= 1 << roll(8);
        break;
      case 1:
        out[at] = ODD[roll(ODD.length)];
        break;
      case 2:
        out = spliced(piece.length, []);
        break;
      case 3:
        out = spliced(0, piece);
        break;
      case 4:
        out = spliced(
          0,
          Array.from({ length: size }, () => roll(256)),
        );
        break;
      case 5: {
        const digits = [...out.keys()].filter((i) => out[i] >= 48 && out[i] <= 57);
        if (digits.length) out[digits[roll(digits.length)]] = 48 + roll(10);
        break;
      }
      default:
        out = out.slice(0, roll(8) ? at : Math.max(0, out.length - 1 - roll(4)));
    }
  }
  return out;
}

/**
 * Reads damaged files, `all` or the part of them that this run draws; each is refused with a ModelFormatError, or read as tensors that hold what their shapes say.
 * `focus`: half of the changes lie in so many bytes at the start. `most`: elements of a tensor, if the file is compressed.
 */
export async function survives(
  all: number,
  originals: readonly Uint8Array[],
  read: (bytes: Uint8Array) => readonly Tensor[] | Promise<readonly Tensor[]>,
  { focus, most }: { focus?: number; most?: number } = {},
): Promise<{ readonly refused: number; readonly read: number }> {
  const roll = dice(20_260_101);
  const count = draws(all);
  let refused = 0;
  for (let i = 0; i < count; i++) {
    const damaged = mutate(originals[i % originals.length], roll, focus);
    let tensors: readonly Tensor[];
    try {
      tensors = await read(damaged);
    } catch (error) {
      if (!(error instanceof ModelFormatError)) throw error;
      expect(error.message).toMatch(/^\w+: cannot read this as .+: found .+\. \S/s);
      refused++;
      continue;
    }
    for (const one of tensors) {
      expect(one.size).toBe(one.shape.reduce((size, length) => size * length, 1));
      expect(one.data.length).toBeLessThanOrEqual(most ?? damaged.length);
      expect(facts(tensor(one, one.shape))).toEqual(facts(one));
    }
  }
  return { refused, read: count - refused };
}
