import { describe, expect, it } from 'vitest';
import { lookup3 } from '../../src/files/hdf5/checksum.ts';
import { readHdf5 } from '../../src/files/hdf5/read-hdf5.ts';
import type { Group, Hdf5Limits, NewGroup } from '../../src/files/hdf5/tree.ts';
import { writeHdf5 } from '../../src/files/hdf5/write-hdf5.ts';
import { ModelFormatError } from '../../src/files/model-format-error.ts';
import recorded from '../fixtures/hdf5.json';
import { draws } from '../helpers/draws.ts';
import { largestAllocation } from './allocations.ts';
import { entriesOf, someGroup } from './hdf5-tree.ts';
import { damaged, type Random, seeded } from './random.ts';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const good = (name: keyof typeof recorded.read) => bytesOf(recorded.read[name].bytes);

function refusal(bytes: Uint8Array, limits?: Hdf5Limits): ModelFormatError {
  try {
    readHdf5(bytes, limits);
  } catch (error) {
    if (error instanceof ModelFormatError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('files of h5py that are refused', () => {
  const reasons: Record<keyof typeof recorded.refused, string> = {
    softLink: "the soft link 'b'",
    softLinkLatest: "the soft link 'b'",
    externalLink: "the external link 'b'",
    hardLinkTwice: 'a second link to one object, or a ring of groups',
    ring: 'a second link to one object, or a ring of groups',
    externalStorage: 'a dataset in other files',
    virtual: 'a virtual dataset',
    reference: "values of the kind 'a reference'",
    committedType: 'a shared message of type 3 (a committed type)',
    lzf: 'filter 32000 (deflate and shuffle are read)',
    fletcher: 'filter 3 (deflate and shuffle are read)',
    hugeShape: 'datasets of more bytes than are read (maxBytes), the last of shape [1099511627776]',
    hugeFilledShape: 'a shape [67108864] whose numbers are not in the file (maxFilledBytes)',
    hugeSparseChunks: 'a shape [268435456] whose numbers are not in the file (maxFilledBytes)',
    manyShapes: 'a shape [1048576] whose numbers are not in the file (maxFilledBytes)',
    texts: 'a dataset of texts (numbers are read)',
    booleans: "values of the kind 'an enumeration'",
    compound: "values of the kind 'a compound'",
    emptyAttribute: 'an empty value (a null dataspace)',
    latestChunks: 'a layout of version 5 (3 and 4 are read)',
    userBlock: 'other first bytes',
  };
  it.each(Object.entries(recorded.refused))('%s', (name, bytes) => {
    const error = refusal(bytesOf(bytes), { file: 'a.h5' });
    expect(error.message).toMatch(/^a\.h5: cannot read this as HDF5: found /);
    expect(error.message).toContain(reasons[name as keyof typeof reasons]);
  });
});

const one = { shape: [4], data: Float32Array.of(1, 2, 3, 4) };
/** Root with dataset a, group g, dataset h in it, and its places: see write-hdf5.ts for the order. */
const small: NewGroup = {
  attributes: new Map([['name', 'model']]),
  children: new Map<string, NewGroup | typeof one>([
    ['a', one],
    ['g', { children: new Map([['h', one]]) }],
  ]),
};

/** Where a text, or the n-th of it, stands. */
function find(bytes: Uint8Array, text: string, nth = 0): number {
  const at = Array.from(bytes, (_, i) => i).filter((i) => Array.from(text).every((c, j) => bytes[i + j] === c.charCodeAt(0)));
  if (at[nth] === undefined) throw new Error(`no ${nth}. ${text}`);
  return at[nth];
}

const edited = (edit: (bytes: Uint8Array, view: DataView) => void, tree = small): Uint8Array => {
  const bytes = writeHdf5(tree);
  edit(bytes, new DataView(bytes.buffer));
  return bytes;
};

const put = (at: (bytes: Uint8Array) => number, value: number, high = 0) =>
  edited((bytes, view) => {
    view.setUint32(at(bytes), value, true);
    view.setUint32(at(bytes) + 4, high, true);
  });
const NODE = 8; // the first entry of a node of symbols
const layoutOf = (bytes: Uint8Array, nth = 0) => find(bytes, '\x08\x00\x18\x00\x00\x00\x00\x00\x03\x01', nth) + 10;

describe('hostile files made by hand', () => {
  const files: [string, Uint8Array, string][] = [
    ['nothing', new Uint8Array(0), 'other first bytes'],
    ['a ZIP archive', Uint8Array.of(0x50, 0x4b, 3, 4, ...new Uint8Array(100)), 'other first bytes'],
    ['superblock 1', edited((bytes) => bytes.set([1], 8)), 'a superblock of version 1'],
    ['offsets of 4 bytes', edited((bytes) => bytes.set([4], 13)), 'size of offsets 4'],
    ['an end beyond the file', put(() => 40, 1 << 30), 'of a file of 1073741824'],
    ['an end of 2^60', put(() => 40, 0, 1 << 28), 'more than 2^53'],
    ['an end before the root', put(() => 40, 100), 'that ends after the file (100 bytes)'],
    ['a root beyond the file', put(() => 64, 1 << 20), 'that ends after the file'],
    ['a root in the superblock', put(() => 64, 0), 'version'],
    [
      'a root that is a dataset',
      edited((bytes, view) => view.setUint32(64, view.getUint32(find(bytes, 'SNOD', 1) + NODE + 8, true), true)),
      'a root that is no group',
    ],
    ['a ring: g is the root', put((bytes) => find(bytes, 'SNOD', 1) + NODE + 40 + 8, 96), 'a second link to one object'],
    [
      'a ring of B-trees',
      edited((bytes, view) => {
        const tree = find(bytes, 'TREE');
        bytes[tree + 5] = 1;
        view.setUint32(tree + 32, tree, true);
      }),
      'level 1 of a B-tree (0 is expected)',
    ],
    ['B-trees 255 deep', edited((bytes) => bytes.set([255], find(bytes, 'TREE') + 5)), 'no signature TREE'],
    [
      'a node of symbols of another group',
      put((bytes) => find(bytes, 'TREE', 1) + 32, find(writeHdf5(small), 'SNOD', 1)),
      'a second link to one object',
    ],
    [
      'a heap beyond the file',
      put((bytes) => find(bytes, 'HEAP') + 8, 1 << 30),
      'names of a group of 1073741824 bytes that ends after the file',
    ],
    ['a name outside the heap', put((bytes) => find(bytes, 'SNOD') + NODE, 10_000), 'a name outside its heap'],
    ['a name with a slash', edited((bytes) => bytes.set([0x2f], find(bytes, 'h\0\0\0\0\0\0\0'))), "the name '/' of a link"],
    ['two equal names', edited((bytes) => bytes.set([0x61], find(bytes, 'g\0\0\0\0\0\0\0'))), "the name 'a' a second time"],
    ['a name that is not UTF-8', edited((bytes) => bytes.set([0xff], find(bytes, 'h\0\0\0\0\0\0\0'))), 'a text that is not UTF-8'],
    ['a soft link', put((bytes) => find(bytes, 'SNOD') + NODE + 16, 2), "the soft link 'h'"],
    ['numbers beyond the file', put((bytes) => layoutOf(bytes), 1 << 28), 'a dataset of 16 bytes that ends after the file'],
    ['numbers at 2^52', put((bytes) => layoutOf(bytes), 0, 1 << 20), 'that ends after the file'],
    ['numbers at 2^63', put((bytes) => layoutOf(bytes), 0, 2 ** 31), 'more than 2^53'],
    ['more bytes than the shape', put((bytes) => layoutOf(bytes) + 8, 20), 'size 20 of a message (16 is read)'],
    ['numbers over the superblock', put((bytes) => layoutOf(bytes), 0), 'that lies over'],
    [
      'numbers over other numbers',
      edited((bytes, view) => view.setUint32(layoutOf(bytes, 1), view.getUint32(layoutOf(bytes), true), true)),
      'a dataset that lies over a dataset',
    ],
    [
      'a shape of 2^60',
      edited((bytes, view) => view.setUint32(find(bytes, '\x01\x01\x01\0\0\0\0\0\x04') + 12, 1 << 28, true)),
      'more than 2^53',
    ],
    [
      'a shape of 2^52',
      edited((bytes, view) => view.setUint32(find(bytes, '\x01\x01\x01\0\0\0\0\0\x04') + 12, 1 << 20, true)),
      'a shape [4503599627370500] of too many elements',
    ],
    [
      'a shape of 2^30',
      edited((bytes, view) => view.setUint32(find(bytes, '\x01\x01\x01\0\0\0\0\0\x04') + 8, 1 << 28, true)),
      'size 16 of a message (1073741824 is read)',
    ],
    ['33 axes', edited((bytes) => bytes.set([33], find(bytes, '\x01\x01\x01\0\0\0\0\0\x04') + 1)), 'a shape of 33 axes'],
    ['external storage', edited((bytes) => bytes.set([7], find(bytes, '\x05\0\x08\0\x01\0\0\0'))), 'a dataset in other files'],
    ['a virtual layout', edited((bytes) => bytes.set([3], layoutOf(bytes) - 1)), 'a virtual dataset'],
    ['a layout twice', edited((bytes) => bytes.set([8], find(bytes, '\x05\0\x08\0\x01\0\0\0'))), 'two messages of type 8'],
    ['a type that is shared', edited((bytes) => bytes.set([3], find(bytes, '\x03\0\x18\0\x01\0\0\0') + 4)), 'a shared message of type 3'],
    ['bfloat16', edited((bytes) => bytes.set([2], find(bytes, '\x11\x20\x1f\0\x04') + 4)), 'precision 32'],
    ['a header of 65535 messages', edited((_, view) => view.setUint16(98, 65_535, true)), 'messages in an object header of 65535'],
    [
      'a header that continues in itself',
      edited((_, view) => view.setUint32(96 + 24, 112, true)),
      'a continued object header that is cut off',
    ],
    [
      'a text beyond its heap',
      edited((bytes, view) => view.setUint32(find(bytes, 'GCOL') + 24, 1 << 24, true)),
      'a global heap that is cut off',
    ],
    [
      'a text of another length',
      edited((bytes, view) => view.setUint32(find(bytes, 'GCOL') + 24, 2, true)),
      'a text of 5 bytes that is not in the global heap',
    ],
    [
      'a heap of 2^40',
      edited((bytes, view) => view.setUint32(find(bytes, 'GCOL') + 12, 1 << 8, true)),
      'a global heap of 1099511631856 bytes that ends after the file',
    ],
    [
      'an attribute of a huge name',
      edited((bytes, view) => view.setUint16(find(bytes, 'name\0\0\0\0') - 6, 60_000, true)),
      'a message that is cut off',
    ],
    [
      'an attribute of a huge shape',
      edited((bytes, view) => {
        const shape = find(bytes, 'name\0\0\0\0') + 8 + 24;
        bytes[shape + 1] = 1;
        view.setUint32(shape + 8, 1 << 30, true);
      }),
      "attribute 'name'",
    ],
  ];

  it.each(files)('%s', (_, bytes, reason) => {
    const error = refusal(bytes);
    expect(error.message).toContain(reason);
    expect(error.byte !== undefined || error.path !== undefined).toBe(true);
  });

  it('says where', () => {
    const error = refusal(
      put((bytes) => layoutOf(bytes, 1), 1 << 28),
      { file: 'model.weights.h5' },
    );
    expect(error.message).toBe(
      `model.weights.h5: cannot read this as HDF5: found a dataset of 16 bytes that ends after the file (${writeHdf5(small).length} bytes) in 'g/h' at byte 268435456. The file may be damaged: save or download it again.`,
    );
    expect([error.name, error.path, error.byte, error.format]).toEqual(['ModelFormatError', 'g/h', 268435456, 'HDF5']);
  });

  it('keeps its limits', () => {
    const bytes = writeHdf5(small);
    expect(refusal(bytes, { maxBytes: 31 }).message).toContain('maxBytes');
    expect(refusal(bytes, { maxObjects: 3 }).message).toContain('more than 3 groups and datasets (maxObjects)');
    expect(refusal(bytes, { maxDepth: 1 }).message).toContain('groups more than 1 deep (maxDepth)');
    expect(refusal(bytes, { maxAttributeBytes: 4 }).message).toContain(
      "attribute 'name' of 16 bytes (at most 4 are read, maxAttributeBytes)",
    );
    expect(readHdf5(bytes, { maxBytes: 32, maxObjects: 4, maxDepth: 2, maxAttributeBytes: 16 }).children.size).toBe(2);
  });

  it('finds damaged chunks when they are read', async () => {
    const bytes = good('chunks');
    const { children } = readHdf5(bytes).children.get('c') as Group;
    const dataset = children.get('gzip');
    if (dataset?.kind !== 'dataset') throw new Error('no dataset');
    bytes.fill(0x55, 6000); // the chunks lie at the end
    await expect(dataset.read()).rejects.toThrow(/compressed contents .* in 'c\/gzip' at byte/);
    await expect(dataset.read()).rejects.toBeInstanceOf(ModelFormatError);
  });
});

/** Checksums of a sound file made right again after damage, so that what lies behind them is reached. */
function repairer(sound: Uint8Array): (bytes: Uint8Array) => void {
  const sums: [from: number, end: number][] = [];
  for (let from = 0; from < sound.length - 8; from++) {
    const text = String.fromCharCode(...sound.subarray(from, from + 4));
    if (!/^(OHDR|OCHK|FRHP|FHIB|BTHD|BTLF|BTIN)$/.test(text) && from !== 0) continue;
    for (let end = from + 8; end + 4 <= Math.min(sound.length, from + 1500); end++) {
      const sum = (sound[end] | (sound[end + 1] << 8) | (sound[end + 2] << 16) | (sound[end + 3] << 24)) >>> 0;
      if (sum !== 0 && lookup3(sound.subarray(from, end)) === sum) sums.push([from, end]);
    }
  }
  return (bytes) => {
    for (const [from, end] of sums) {
      if (end + 4 <= bytes.length) new DataView(bytes.buffer).setUint32(end, lookup3(bytes.subarray(from, end)), true);
    }
  };
}

describe('damaged files', () => {
  const limits = { maxBytes: 2 ** 20, maxFilledBytes: 2 ** 16 };
  const sources: [string, () => Uint8Array, number][] = [
    ['default', () => good('default'), 4000],
    ['chunks', () => good('chunks'), 1000],
    ['v108', () => good('v108'), 500],
    ['latest', () => good('latest'), 4000],
    ['fractalLinks', () => good('fractalLinks'), 1500],
    ['fractalAttributes', () => good('fractalAttributes'), 1500],
    ['many', () => good('many'), 300],
    ['our own', () => writeHdf5(someGroup(seeded(4))), 2000],
  ];

  it.each(sources)('%s: is read or refused with ModelFormatError, within the limits', async (_, make, all) => {
    const count = draws(all);
    const sound = make();
    const repair = repairer(sound);
    const random: Random = seeded(sound.length);
    let refused = 0;
    const largest = await largestAllocation(async () => {
      for (let i = 0; i < count; i++) {
        const bytes = damaged(sound, random);
        if (random.below(8)) repair(bytes);
        try {
          await entriesOf(readHdf5(bytes, limits));
        } catch (error) {
          if (!(error instanceof ModelFormatError)) throw new Error(`damage ${i}`, { cause: error });
          refused++;
        }
      }
    });
    expect(refused).toBeGreaterThan(count / 20);
    expect(refused).toBeLessThan(count);
    expect(largest).toBeLessThanOrEqual(limits.maxBytes);
  });
});
