import { describe, expect, it } from 'vitest';
import { utf8 } from '../../src/files/bytes.ts';
import { lookup3 } from '../../src/files/hdf5/checksum.ts';
import { readHdf5 } from '../../src/files/hdf5/read-hdf5.ts';
import type { NewDataset, NewGroup } from '../../src/files/hdf5/tree.ts';
import { writeHdf5 } from '../../src/files/hdf5/write-hdf5.ts';
import recorded from '../fixtures/hdf5.json';
import { draws } from '../helpers/draws.ts';
import { type Entry, entriesOf, plainValue, someGroup, toWrite } from './hdf5-tree.ts';
import { seeded } from './random.ts';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

const byPath = (entries: readonly Entry[]) => new Map(entries.map((entry) => [entry.path, entry]));

/** The entries that a reader should give back for a tree to write. */
function expected(object: NewGroup | NewDataset, path = ''): Entry[] {
  const attributes = Object.fromEntries(Array.from(object.attributes ?? [], ([name, value]) => [name, plainValue(value)]));
  if ('data' in object) {
    const dtype = object.data.constructor.name.replace(/Array|Big/g, '').toLowerCase();
    return [{ path, attributes, dtype, shape: object.shape, data: plainValue(object.data) as unknown[] }];
  }
  const start = path === '' ? '' : `${path}/`;
  return [{ path, attributes }, ...Array.from(object.children ?? [], ([name, child]) => expected(child, start + name)).flat()];
}

describe('readHdf5', () => {
  it.each(Object.entries(recorded.read))('reads what h5py reads: %s', async (_, { bytes, holds }) => {
    const entries = await entriesOf(readHdf5(bytesOf(bytes)));
    expect(byPath(entries)).toEqual(byPath(holds as Entry[]));
  });

  it('gives a new array each time', async () => {
    const a = readHdf5(writeHdf5({ children: new Map([['a', { shape: [2], data: Float32Array.of(1, 2) }]]) })).children.get('a');
    if (a?.kind !== 'dataset') throw new Error('no dataset');
    const first = await a.read();
    first[0] = 9;
    expect(await a.read()).toEqual(Float32Array.of(1, 2));
  });

  it('reads bytes that are a part of a buffer', async () => {
    const bytes = writeHdf5({ children: new Map([['a', { shape: [], data: Int32Array.of(7) }]]) });
    const padded = new Uint8Array(bytes.length + 13);
    padded.set(bytes, 3);
    const entries = await entriesOf(readHdf5(padded.subarray(3, 3 + bytes.length)));
    expect(entries[1]).toEqual({ path: 'a', attributes: {}, dtype: 'int32', shape: [], data: [7] });
  });
});

describe('writeHdf5', () => {
  it('round trips random trees, the same bytes every time', async () => {
    for (let seed = 0; seed < draws(60); seed++) {
      const tree = someGroup(seeded(seed));
      const bytes = writeHdf5(tree);
      expect(byPath(await entriesOf(readHdf5(bytes))), `seed ${seed}`).toEqual(byPath(expected(tree)));
      const again = writeHdf5(await toWrite(readHdf5(bytes)));
      expect(again.length === bytes.length && again.every((byte, i) => byte === bytes[i]), `seed ${seed}`).toBe(true);
    }
  });

  it('writes groups of many children, in the order of their names', async () => {
    for (const count of [1, 8, 9, 256, 257, 8193]) {
      const names = Array.from({ length: count }, (_, i) => `n${i}`);
      const root = readHdf5(writeHdf5({ children: new Map(names.map((name) => [name, {}])) }));
      expect([...root.children.keys()]).toEqual(names.sort());
    }
  });

  it('refuses what HDF5 cannot hold', () => {
    const one = Float32Array.of(1);
    const inRoot = (name: string, child: unknown) => () => writeHdf5({ children: new Map([[name, child as NewDataset]]) });
    const withAttribute = (name: string, value: unknown) => () => writeHdf5({ attributes: new Map([[name, value as string]]) });
    expect(inRoot('a/b', {})).toThrow("writeHdf5: expected names in '/' of 1 to 1024 characters without '/', got 'a/b'.");
    for (const name of ['', '.', '..', 'a\0', 'x'.repeat(1025)]) expect(inRoot(name, {}), name).toThrow('expected names');
    expect(inRoot('a', { shape: [2], data: one })).toThrow("expected data of 'a' to fit its shape an array of shape [1], got 1 numbers");
    expect(inRoot('a', { shape: [-1, -1], data: one })).toThrow('to fit its shape');
    expect(inRoot('a', { shape: [], data: [1] })).toThrow("expected data of 'a' to be a typed array");
    expect(inRoot('a', 3)).toThrow("expected 'a' to be a group or a dataset, got 3");
    expect(withAttribute('a', 'x\0y')).toThrow("expected attribute 'a' of '/' to hold no NUL");
    expect(withAttribute('a', ['x', 1])).toThrow('to hold texts without NUL');
    expect(withAttribute('a', 2n ** 63n)).toThrow('to fit into 64 bits, got 9223372036854775808');
    expect(withAttribute('a', true)).toThrow('to be a text, a number, texts or a typed array');
    expect(withAttribute('a', new Float64Array(9000))).toThrow('to have at most 65528 bytes');
    expect(withAttribute('', 'x')).toThrow('to have a name');
    expect(() =>
      writeHdf5({
        children: new Map([
          ['\ud800', {}],
          ['\ud801', {}],
        ]),
      }),
    ).toThrow('to differ in UTF-8');
    const deep = Array.from({ length: 70 }).reduce<NewGroup>((below) => ({ children: new Map([['d', below]]) }), {});
    expect(() => writeHdf5(deep)).toThrow('expected groups at most 64 deep');
  });
});

it('lookup3 of known texts', () => {
  // from the self-test of lookup3.c
  expect(lookup3(utf8('Four score and seven years ago')).toString(16)).toBe('17770551');
  expect(lookup3(utf8('')).toString(16)).toBe('deadbeef');
});
