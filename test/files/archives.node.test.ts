import { readdirSync, readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readHdf5 } from '../../src/files/hdf5/read-hdf5.ts';
import { writeHdf5 } from '../../src/files/hdf5/write-hdf5.ts';
import { readZip } from '../../src/files/read-zip.ts';
import { draws } from '../helpers/draws.ts';
import { type Entry, entriesOf, someGroup, toWrite } from './hdf5-tree.ts';
import { readByH5wasm, readByJsfive } from './other-readers.ts';
import { seeded } from './random.ts';

const folder = new URL('../fixtures/archives/', import.meta.url);
const names = readdirSync(folder);
const fileOf = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const weightsOf = async (name: string) => (name.endsWith('.keras') ? (await readZip(fileOf(name))).get('model.weights.h5')! : fileOf(name));

/** What all of them tell; jsfive gives 64-bit integers as numbers. */
const withoutType = (entries: readonly Entry[]) =>
  new Map(
    entries.map(({ path, attributes, shape, data }) => [path, data ? { attributes, shape, data: data.map(String) } : { attributes }]),
  );

describe.each(names)('%s', (name) => {
  it('reads as h5wasm and jsfive read it', async () => {
    const bytes = await weightsOf(name);
    const ours = withoutType(await entriesOf(readHdf5(bytes)));
    expect(ours.size).toBeGreaterThan(3);
    expect(ours).toEqual(withoutType(await readByH5wasm(bytes)));
    expect(ours).toEqual(withoutType(readByJsfive(bytes)));
  });

  it('is read by h5wasm and jsfive when written again', async () => {
    const root = readHdf5(await weightsOf(name));
    const bytes = writeHdf5(await toWrite(root));
    const ours = withoutType(await entriesOf(root));
    expect(withoutType(await entriesOf(readHdf5(bytes)))).toEqual(ours);
    expect(withoutType(await readByH5wasm(bytes))).toEqual(ours);
    expect(withoutType(readByJsfive(bytes))).toEqual(ours);
  });
});

it.each(names.filter((name) => name.endsWith('.keras')))('%s: the entries that fflate finds', async (name) => {
  const ours = await readZip(fileOf(name));
  const theirs = unzipSync(fileOf(name));
  expect([...ours.keys()].sort()).toEqual(Object.keys(theirs).sort());
  for (const [entry, bytes] of ours) expect(Buffer.compare(bytes, theirs[entry]), entry).toBe(0);
});

it('random trees are read by h5wasm as by us', async () => {
  for (let seed = 100; seed < 100 + draws(25); seed++) {
    const bytes = writeHdf5(someGroup(seeded(seed)));
    expect(withoutType(await readByH5wasm(bytes)), `seed ${seed}`).toEqual(withoutType(await entriesOf(readHdf5(bytes))));
  }
});
