// The bytes of what we write beside those that h5py wrote for Keras: everything but addresses, and names' places in heaps.
// Groups of more than eight children have nodes that are fuller than those of h5py, which splits them as names arrive.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readHdf5 } from '../../src/files/hdf5/read-hdf5.ts';
import { writeHdf5 } from '../../src/files/hdf5/write-hdf5.ts';
import { readZip } from '../../src/files/read-zip.ts';
import { toWrite } from './hdf5-tree.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The structures of a file by the path of their object, as hexadecimal text without addresses. */
function structures(bytes: Uint8Array): Map<string, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = new Map<string, string>();
  const address = (at: number) => Number(view.getBigUint64(at, true));
  /** Bytes from `at` with those of an address left out. */
  const part = (at: number, size: number, ...addresses: number[]) =>
    hex(bytes.subarray(at, at + size).map((byte, i) => (addresses.some((from) => i >= from && i < from + 8) ? 0xaa : byte)));
  const textAt = (at: number) => new TextDecoder().decode(bytes.subarray(at, bytes.indexOf(0, at)));

  const object = (path: string, at: number): void => {
    found.set(`${path} header`, part(at, 16));
    const blocks = [[at + 16, view.getUint32(at + 8, true)]];
    let count = 0;
    for (const [from, size] of blocks) {
      for (let i = from; i < from + size; count++) {
        const type = view.getUint16(i, true);
        const length = view.getUint16(i + 2, true) + 8;
        if (type === 0x10) blocks.push([address(i + 8), address(i + 16)]);
        if (type === 0x11) group(path, address(i + 8), address(i + 16));
        const masked: Record<number, number[]> = { 16: [8], 17: [8, 16], 8: [10] };
        // of a text of any length: the place in a heap, whose index depends on the order of writing
        const inHeap = type === 0xc && view.getUint8(i + 16 + 8) === 0x19 && view.getUint16(i + 14, true) === 8;
        found.set(`${path} message ${count}`, inHeap ? part(i, length - 12) : part(i, length, ...(masked[type] ?? [])));
        i += length;
      }
    }
  };
  const group = (path: string, tree: number, heap: number): void => {
    found.set(`${path} heap`, part(heap, 32, 24));
    const names = address(heap + 24);
    expect(view.getUint8(tree + 5)).toBe(0);
    found.set(`${path} tree`, part(tree, 32));
    for (let i = 0; i < view.getUint16(tree + 6, true); i++) {
      const node = address(tree + 32 + 16 * i);
      found.set(`${path} node ${i}`, part(node, 8));
      for (let j = 0; j < view.getUint16(node + 6, true); j++) {
        const entry = node + 8 + 40 * j;
        const name = `${path}/${textAt(names + address(entry))}`;
        const isGroup = view.getUint32(entry + 16, true) === 1;
        found.set(`${name} entry`, isGroup ? part(entry, 40, 0, 8, 24, 32) : part(entry, 24, 0, 8)); // the rest of a dataset's is unused
        object(name, address(entry + 8));
      }
    }
  };
  found.set('superblock', part(0, 96, 40, 64, 80, 88)); // the end of the file, the root, its B-tree and heap
  expect(address(40)).toBe(bytes.length);
  object('', address(64));
  return found;
}

it.each(['seed_restaurant', 'random_019', 'random_007', 'seed_imdb_lstm_masked'])(
  'the structures of %s are those of h5py',
  async (name) => {
    const archive = readFileSync(new URL(`../fixtures/archives/${name}.keras`, import.meta.url));
    const bytes = (await readZip(archive)).get('model.weights.h5')!;
    const expected = structures(bytes);
    const ours = structures(writeHdf5(await toWrite(readHdf5(bytes))));
    expect(expected.size).toBeGreaterThan(50);
    expect([...ours.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [place, part] of expected) expect(ours.get(place), place).toBe(part);
  },
);
