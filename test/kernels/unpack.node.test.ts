import { describe, expect, it } from 'vitest';
import { pack } from '../../scripts/pack.mjs';
import { unpack } from '../../src/kernels/unpack.ts';
import { random } from './harness.ts';

const next = random(7);
const text = new TextEncoder().encode('the quick brown fox jumps over the lazy dog, '.repeat(300));
const noise = Uint8Array.from({ length: 30_000 }, () => next() * 256);
const skewed = Uint8Array.from({ length: 30_000 }, () => Math.floor(next() ** 6 * 40));
const far = Uint8Array.of(...noise.subarray(0, 5000), ...skewed.subarray(0, 20_000), ...noise.subarray(0, 5000));
const stretches = Uint8Array.from({ length: 20_000 }, (_, i) => (Math.floor(i / 37) * 7 + (i % 5 === 0 ? 1 : 0)) % 251);

describe('unpack', () => {
  const cases = {
    empty: new Uint8Array(0),
    'one byte': Uint8Array.of(7),
    text,
    noise,
    skewed,
    far,
    stretches,
    zeros: new Uint8Array(30_000),
  };
  for (const [name, bytes] of Object.entries(cases)) {
    it(`gives back ${name}`, () => {
      expect(Buffer.compare(unpack(pack(bytes), bytes.length), bytes)).toBe(0);
    });
  }

  it('gives back random mixtures of copies and noise', () => {
    for (let round = 0; round < 4; round++) {
      const bytes = new Uint8Array(20_000);
      for (let at = 0; at < bytes.length; ) {
        const length = 1 + Math.floor(next() * 60);
        const from = Math.floor(next() * at);
        const copies = next() < 0.7 && at > 0;
        for (let i = 0; i < length && at < bytes.length; i++, at++) bytes[at] = copies ? bytes[from + i] : next() * 256;
      }
      expect(Buffer.compare(unpack(pack(bytes), bytes.length), bytes)).toBe(0);
    }
  });
});
