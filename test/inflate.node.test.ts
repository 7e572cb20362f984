import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflate } from '../src/runtime/inflate.ts';
import { random } from './kernels/harness.ts';

const next = random(7);
const text = new TextEncoder().encode('the quick brown fox jumps over the lazy dog, '.repeat(2000));
const noise = Uint8Array.from({ length: 100_000 }, () => next() * 256);
const skewed = Uint8Array.from({ length: 70_000 }, () => Math.floor(next() ** 6 * 40));

describe('inflate', () => {
  const cases = { empty: new Uint8Array(0), 'one byte': Uint8Array.of(7), text, noise, skewed, zeros: new Uint8Array(300_000) };
  for (const [name, bytes] of Object.entries(cases)) {
    for (const level of [0, 1, 6, 9]) {
      it(`gives back ${name} packed at level ${level}`, () => {
        expect(Buffer.compare(inflate(deflateRawSync(bytes, { level }), bytes.length), bytes)).toBe(0);
      });
    }
  }

  it('reads fixed codes', () => {
    expect(Buffer.compare(inflate(deflateRawSync(text, { strategy: 4 }), text.length), text)).toBe(0);
  });
});
