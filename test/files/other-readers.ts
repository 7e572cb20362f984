// Other libraries' readings of HDF5 files, as the entries that hdf5-tree.ts gives. Node only: h5wasm opens real files.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import h5wasm, { Dataset, type Group } from 'h5wasm/node';
// @ts-expect-error it has no types
import * as jsfive from 'jsfive';
import { type Entry, plainValue } from './hdf5-tree.ts';

/** What the NIST's build of the HDF5 library reads. */
export async function readByH5wasm(bytes: Uint8Array): Promise<Entry[]> {
  await h5wasm.ready;
  const folder = mkdtempSync(join(tmpdir(), 'keratin-hdf5-'));
  try {
    const path = join(folder, 'file.h5');
    writeFileSync(path, bytes);
    const file = new h5wasm.File(path, 'r');
    try {
      return entriesBy(file, '');
    } finally {
      file.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function entriesBy(object: Group | Dataset, path: string): Entry[] {
  const attributes = Object.fromEntries(Object.entries(object.attrs).map(([name, attribute]) => [name, plainValue(attribute.value)]));
  if (object instanceof Dataset) {
    const { value, shape } = object;
    const data = plainValue(ArrayBuffer.isView(value) ? value : [value].flat()) as unknown[];
    return [{ path, attributes, shape: shape ?? [], data: data.map((x) => plainValue(x)) }];
  }
  const start = path === '' ? '' : `${path}/`;
  const children = object.keys().map((name) => entriesBy(object.get(name) as Group, start + name));
  return [{ path, attributes }, ...children.flat()];
}

interface JsfiveObject {
  readonly attrs: Record<string, unknown>;
  readonly keys?: string[];
  readonly value?: unknown;
  readonly shape?: number[];
  get(name: string): JsfiveObject;
}

/** What jsfive reads: floats of 32 and 64 bits and whole numbers of 32. */
export function readByJsfive(bytes: Uint8Array): Entry[] {
  return jsfiveEntries(new jsfive.File(new Uint8Array(bytes).buffer, 'file.h5') as JsfiveObject, '');
}

function jsfiveEntries(object: JsfiveObject, path: string): Entry[] {
  // It leaves the NULs that fill up texts of one length.
  const bare = (value: unknown) => (Array.isArray(value) ? value.map((text) => String(text).replace(/\0+$/, '')) : plainValue(value));
  const attributes = Object.fromEntries(Object.entries(object.attrs).map(([name, value]) => [name, bare(value)]));
  if (object instanceof jsfive.Dataset) {
    return [{ path, attributes, shape: object.shape, data: [object.value].flat().map((x) => plainValue(x)) }];
  }
  const start = path === '' ? '' : `${path}/`;
  return [{ path, attributes }, ...(object.keys ?? []).flatMap((name) => jsfiveEntries(object.get(name), start + name))];
}
