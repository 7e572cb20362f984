import { describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from '../../../src/saving/arrays/npy.ts';
import { readNpz, writeNpz } from '../../../src/saving/arrays/npz.ts';
import { Tensor, tensor } from '../../../src/tensor/index.ts';
import recorded from '../../fixtures/npz.json';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

const facts = ({ shape, dtype, data }: Tensor) => ({ shape, dtype, data });
const factsOf = (named: Record<string, Tensor>) => Object.entries(named).map(([name, array]) => [name, facts(array)]);

const arrays = {
  weights: tensor([
    [0, 1 / 3, 2 / 3],
    [1, 4 / 3, 5 / 3],
  ]),
  ids: tensor(Int32Array.of(1, -2, 3)),
  flags: tensor([[true], [false]]),
  scalar: tensor(2.5),
  empty: new Tensor(new Float32Array(0), [0, 4]),
  long: new Tensor(Int32Array.of(12345, 12346, 12347), [1, 3, 1]),
};

describe('.npy and .npz', () => {
  it.each(Object.entries(arrays))('%s: the bytes of numpy.save', (name, array) => {
    const bytes = bytesOf(recorded.npy[name as keyof typeof arrays]);
    expect(writeNpy(array)).toEqual(bytes);
    expect(facts(readNpy(bytes))).toEqual(facts(array));
  });

  it('reads what numpy.savez wrote, in its order', () => {
    const read = readNpz(bytesOf(recorded.npz));
    expect(Object.keys(read)).toEqual(['weights', 'ids', 'flags', 'scalar', 'empty', 'long', 'double', 'int64']);
    for (const [name, array] of Object.entries(arrays)) expect(facts(read[name])).toEqual(facts(array));
    expect(read.double).toEqual(tensor([0.1, Infinity]));
    expect(read.int64).toEqual(tensor(Int32Array.of(7, -9)));
  });

  it('reads back what it wrote, the same bytes every time', () => {
    const named = { 'dense/kernel': arrays.weights, 'dense/bias': arrays.ids, ä: arrays.flags, odd: tensor([NaN, -0, -Infinity]) };
    const bytes = writeNpz(named);
    expect(factsOf(readNpz(bytes))).toEqual(factsOf(named));
    expect(writeNpz(named)).toEqual(bytes);
    expect(readNpz(writeNpz({}))).toEqual({});
  });

  it('finds every flipped bit and every cut', () => {
    const bytes = writeNpz({ a: arrays.weights, b: arrays.ids });
    const whole = readNpz(bytes);
    let unnoticed = 0;
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const damaged = bytes.slice();
        damaged[at] ^= 1 << bit;
        try {
          // versions, dates and attributes mean nothing to the reader; the contents must be the same then
          expect(readNpz(damaged)).toEqual(whole);
          unnoticed++;
        } catch (error) {
          expect((error as Error).name).toBe('ModelFormatError');
        }
      }
    }
    expect(unnoticed).toBeLessThan(8 * 100);
    for (let length = 0; length < bytes.length; length++)
      expect(() => readNpz(bytes.subarray(0, length))).toThrow('readNpz: cannot read this as ZIP: found');
  });

  it('refuses other archives, each with its reason', () => {
    expect(() => readNpz(bytesOf(recorded.compressed))).toThrow(
      "a compressed entry in 'a.npy' at byte 55. Read it with await loadNpz(bytes)",
    );
    expect(() => readNpy(bytesOf(recorded.object))).toThrow("readNpy: cannot read this as npy: found numbers of the kind '|O' at byte");
    expect(() => readNpz(writeNpz({ a: tensor([1]), b: tensor([2]) }), { maxEntries: 1 })).toThrow('2 entries (at most 1 are read)');
    expect(() => readNpz(writeNpz({ a: tensor([1]), b: tensor([2]) }), { maxBytes: 200 })).toThrow('more than 200 bytes of contents');
    expect(() => readNpz(new Uint8Array(0), { maxByte: 1 } as object)).toThrow('Did you mean maxBytes?');
    expect(() => readNpz(new Uint8Array(0), { maxBytes: -1 })).toThrow('expected maxBytes to be an integer of at least 0, got -1');
    expect(() => readNpz([1] as never)).toThrow('expected a Uint8Array, got an array of shape [1]');
    for (const name of ['../a', '/a', 'a/../b', '__proto__', 'a\\b', 'a\0'])
      expect(() => writeNpz({ [name]: tensor([1]) }), name).toThrow('expected names of entries');
    expect(() => writeNpz({ a: [1] as never })).toThrow('expected a to be a Tensor, got an array of shape [1]');
  });

  it('refuses a header that lies about the size', () => {
    const bytes = writeNpy(tensor([1, 2, 3]));
    const text = String.fromCharCode(...bytes);
    for (const shape of ['(4,)', '(9,)', '(3,1,2)']) {
      const lying = Uint8Array.from(text.replace(/\(3,\)/, shape).slice(0, bytes.length), (c) => c.charCodeAt(0));
      expect(() => readNpy(lying), shape).toThrow(/^readNpy: cannot read this as npy: found 12 bytes for shape/);
    }
  });
});
