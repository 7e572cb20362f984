import { describe, expect, it } from 'vitest';
import { Variable } from '../../src/graph/variable.ts';
import { allocate, bytesInUse, float32At, free, memory, uint32At } from '../../src/kernels/memory.ts';
import { random } from '../kernels/harness.ts';

const rounded = (bytes: number): number => Math.max(64, Math.ceil(bytes / 64) * 64);

describe('memory', () => {
  it('gives blocks that never overlap, whatever the order of allocate and free', () => {
    const next = random(41);
    const below = (n: number) => Math.floor(next() * n);
    const start = bytesInUse();
    const blocks: { address: number; bytes: number; tag: number }[] = [];
    for (let step = 0; step < 4000; step++) {
      if (blocks.length === 0 || (next() < 0.55 && blocks.length < 120)) {
        const bytes = below(8) ? below(600) : below(60_000);
        const address = allocate(bytes);
        expect(address % 64).toBe(0);
        expect(address + bytes).toBeLessThanOrEqual(memory.buffer.byteLength);
        uint32At(address, rounded(bytes) / 4).fill(step);
        blocks.push({ address, bytes, tag: step });
      } else {
        const [{ address, bytes, tag }] = blocks.splice(below(blocks.length), 1);
        expect(uint32At(address, rounded(bytes) / 4).every((word) => word === tag)).toBe(true);
        free(address);
      }
      if (step % 50 === 0) expect(bytesInUse() - start).toBe(blocks.reduce((sum, { bytes }) => sum + rounded(bytes), 0));
    }
    for (const { address } of blocks) free(address);
    expect(bytesInUse()).toBe(start);
  });

  it.each([
    ['forwards', [0, 1, 2, 3]],
    ['backwards', [3, 2, 1, 0]],
    ['the middle last', [0, 3, 1, 2]],
    ['the ends last', [2, 1, 3, 0]],
  ])('joins neighbours that are free: %s', (_, order) => {
    // The last block keeps the others from becoming part of the unused rest.
    const blocks = [640, 64, 1280, 128].map(allocate);
    const last = allocate(64);
    const isInOnePiece = blocks.every((address, i) => i === 0 || address === blocks[i - 1] + [640, 64, 1280, 128][i - 1]);
    for (const i of order) free(blocks[i]);
    const whole = allocate(640 + 64 + 1280 + 128);
    // A hole left by an earlier test may have served some of them.
    if (isInOnePiece) expect(whole).toBe(blocks[0]);
    expect(whole % 64).toBe(0);
    free(whole);
    free(last);
  });

  it('takes the smallest hole that is large enough', () => {
    const blocks = [4096, 64, 1024, 64, 2048, 64].map(allocate);
    for (const i of [0, 2, 4]) free(blocks[i]);
    const again = allocate(1000);
    expect(again).toBe(blocks[2]);
    for (const address of [again, blocks[1], blocks[3], blocks[5]]) free(address);
  });

  it('gives the end of memory back, so that the next block starts there again', () => {
    const before = allocate(64);
    const large = allocate(1 << 22);
    free(large);
    expect(allocate(1 << 22)).toBe(large);
    free(large);
    free(before);
  });

  it('keeps contents when it grows', () => {
    const address = allocate(1024);
    float32At(address, 256).fill(1.5);
    const size = memory.buffer.byteLength;
    const large = allocate(size);
    expect(memory.buffer.byteLength).toBeGreaterThan(size);
    expect(float32At(address, 256).every((v) => v === 1.5)).toBe(true);
    free(large);
    free(address);
  });

  it('an empty block has an address of its own', () => {
    const [a, b] = [allocate(0), allocate(0)];
    expect(a).not.toBe(b);
    free(a);
    free(b);
  });

  it('refuses what was not allocated, and a second free', () => {
    const address = allocate(64);
    expect(() => free(address + 64 * 1024)).toThrow(`internal: free of ${address + 64 * 1024}, which is not an allocated block`);
    free(address);
    expect(() => free(address)).toThrow('internal: free of');
  });

  it('says how much it could not get, and stays usable', () => {
    const used = bytesInUse();
    expect(() => allocate(2 ** 33)).toThrow(/keratin: expected \d+ bytes of WebAssembly memory, got at most \d+\. Use a smaller batch\./);
    expect(bytesInUse()).toBe(used);
    const address = allocate(64);
    expect(address).toBeGreaterThan(0);
    free(address);
  });
});

describe('a variable', () => {
  it('owns its bytes as long as it lives', () => {
    const used = bytesInUse();
    const variable = new Variable(
      'v',
      [3, 5],
      Array.from({ length: 15 }, (_, i) => i),
    );
    expect(bytesInUse() - used).toBe(64);
    expect([...variable.view()]).toEqual(Array.from({ length: 15 }, (_, i) => i));
    expect([...new Variable('zeros', [4]).view()]).toEqual([0, 0, 0, 0]);
  });
});
