import { describe, expect, it } from 'vitest';
import { join, utf8 } from '../../src/files/bytes.ts';
import { ModelFormatError } from '../../src/files/model-format-error.ts';
import { type ReadZipLimits, readZip } from '../../src/files/read-zip.ts';
import { readStoredZip, writeZip } from '../../src/files/zip.ts';
import { draws } from '../helpers/draws.ts';
import { largestAllocation } from './allocations.ts';
import { type MadeEnd, type MadeEntry, makeZip } from './make-zip.ts';
import { damaged, seeded } from './random.ts';

const a = utf8('{"a": 1}');
const text = utf8('layers '.repeat(500));
const noise = Uint8Array.from({ length: 2000 }, (_, i) => (i * i * 31 + (i >> 3) * 7) & 255);
const entries: MadeEntry[] = [
  { name: 'config.json', contents: text, method: 8 },
  { name: 'assets/', contents: new Uint8Array(0) },
  { name: 'assets/größe.txt', contents: a },
  { name: 'model.weights.h5', contents: noise, method: 8 },
  { name: 'empty', contents: new Uint8Array(0), method: 8 },
];

async function refusal(bytes: Uint8Array, limits?: ReadZipLimits): Promise<ModelFormatError> {
  const error = await readZip(bytes, limits).then(
    () => new Error('it was read'),
    (error) => error,
  );
  if (error instanceof ModelFormatError) return error;
  throw error;
}

describe('readZip', () => {
  it('reads stored and deflated entries, in the order of the directory', async () => {
    const read = await readZip(await makeZip(entries, { comment: utf8('a comment') }));
    expect([...read]).toEqual([
      ['config.json', text],
      ['assets/größe.txt', a],
      ['model.weights.h5', noise],
      ['empty', new Uint8Array(0)],
    ]);
  });

  it('reads what writeZip wrote, and stored entries as views', async () => {
    const bytes = writeZip(
      new Map([
        ['config.json', a],
        ['x/y', noise],
      ]),
    );
    const read = await readZip(bytes);
    expect(read).toEqual(readStoredZip('test', bytes));
    expect(read.get('x/y')?.buffer).toBe(bytes.buffer);
    expect(await readZip(writeZip(new Map()))).toEqual(new Map());
  });

  it('reads an entry of several MiB', async () => {
    const large = Uint8Array.from({ length: 3_000_001 }, (_, i) => (Math.imul(i, 2654435761) >>> 24) & 15);
    const read = await readZip(await makeZip([{ name: 'large', contents: large, method: 8 }]));
    const found = read.get('large');
    expect(found?.length).toBe(large.length);
    expect(found?.every((byte, i) => byte === large[i])).toBe(true);
  });
});

const zeros = new Uint8Array(20 * 2 ** 20);
const named = (name: string): MadeEntry[] => [{ name, contents: a }];
const changed = (entry: Partial<MadeEntry>): MadeEntry[] => [{ name: 'a', contents: a, ...entry }];
const deflatedText = (entry: Partial<MadeEntry>): MadeEntry[] => [{ name: 'a', contents: text, method: 8, ...entry }];
const two: MadeEntry[] = [...named('a'), ...named('b')];

describe('hostile archives made by hand', () => {
  const archives: [string, MadeEntry[], string, MadeEnd?][] = [
    ['a bomb', [{ name: 'a', contents: zeros, method: 8 }], 'bytes compressed to'],
    [
      'a bomb of many entries',
      Array.from({ length: 300 }, (_, i) => ({ name: `a${i}`, contents: a, size: 2 ** 24, packedSize: 8 })),
      'a wrong size',
    ],
    ['more than the size tells', deflatedText({ size: 100 }), 'more than 100 bytes of compressed contents'],
    ['less than the size tells', deflatedText({ size: 4000 }), '3500 bytes of compressed contents where 4000 are told'],
    ['a size that deflate cannot reach', deflatedText({ size: 2 ** 24 }), 'which cannot hold 16777216'],
    ['a stored entry of another size', changed({ size: 7 }), "a wrong size of 'a'"],
    ['a size beyond the archive', changed({ size: 5000, packedSize: 5000 }), "a wrong size of 'a'"],
    ['other sizes in the local header', changed({ localSize: 9 }), "other facts about 'a' than in the directory"],
    ['another name in the local header', changed({ localName: 'b' }), "other facts about 'a' than in the directory"],
    ['a wrong checksum', changed({ crc: 1 }), 'a wrong checksum'],
    ['a wrong checksum of a deflated entry', deflatedText({ crc: 1 }), 'a wrong checksum'],
    ['other bytes than deflate', deflatedText({ packed: noise }), 'compressed contents that cannot be inflated'],
    ['deflated bytes that are cut off', deflatedText({ packed: Uint8Array.of(0x4b), size: 5 }), 'compressed contents'],
    [
      'two entries over each other',
      [{ ...two[0] }, { ...two[0], offset: 0 }].map((entry, i) => ({ ...entry, name: i ? 'b' : 'a', localName: 'a' })),
      'other facts',
    ],
    ['the same name twice', [...named('a'), ...named('a')], "the name 'a' a second time"],
    ['a name for the prototype', named('__proto__'), "the name '__proto__'"],
    ['one inside a folder', named('x/constructor'), "the name 'x/constructor'"],
    ['a way out', named('../a'), "the name '../a'"],
    ['a way out in the middle', named('x/../../a'), "the name 'x/../../a'"],
    ['an absolute name', named('/etc/passwd'), "the name '/etc/passwd'"],
    ['a name with a drive', named('C:/a'), "the name 'C:/a'"],
    ['a backslash', named('x\\a'), "the name 'x\\a'"],
    ['a NUL', named('a\0.json'), 'the name '],
    ['no name', named(''), "the name ''"],
    ['a name of 2000 characters', named('a'.repeat(2000)), 'the name '],
    ['a name that is not UTF-8', changed({ name: Uint8Array.of(0x61, 0xff) }), 'a name that is not UTF-8'],
    ['encryption', changed({ flags: 0x801 }), 'an encrypted entry'],
    ['another compression', changed({ method: 12 }), 'compression method 12 (0 and 8 are read)'],
    ['a symbolic link', changed({ attributes: 0xa1ff0000 }), 'a symbolic link'],
    ['a folder with contents', named('a/'), "a wrong size of 'a/'"],
    ['Zip64', changed({ size: 0xffffffff }), 'the 64-bit kind (Zip64)'],
    ['contents in the directory', changed({ offset: 40 }), "no contents of 'a'"],
    ['contents beyond the archive', changed({ offset: 2 ** 30 }), "no contents of 'a'"],
    ['a split archive', two, 'a part of a split archive', { disk: 1 }],
    ['fewer entries than told', two, 'no entry of the central directory', { count: 3 }],
    ['more entries than told', two, 'more than the entries in the central directory', { count: 1 }],
    ['a directory elsewhere', two, 'a central directory of another size', { start: 0 }],
    ['bytes before it', two, 'a central directory of another size', { before: noise, start: 78 }],
    ['two ends', two, 'two ends of the central directory', { comment: writeZip(new Map()) }],
    ['an end in the comment', two, 'two ends of the central directory', { comment: join([writeZip(new Map()), utf8('x')]) }],
    [
      'too many entries',
      Array.from({ length: 4097 }, (_, i) => ({ name: `${i}`, contents: new Uint8Array(0) })),
      '4097 entries (at most 4096 are read)',
    ],
    [
      'metadata of 2 MiB',
      [{ name: 'metadata.json', contents: new Uint8Array(2 ** 21), method: 8 }],
      '2097152 bytes (at most 1048576 are read)',
    ],
  ];

  it.each(archives)('%s', async (_, made, reason, end) => {
    const bytes = await makeZip(made, end);
    const error = await refusal(bytes, { file: 'a.keras' });
    expect(error.message).toMatch(/^a\.keras: cannot read this as ZIP: found /);
    expect(error.message).toContain(reason);
    expect(error.byte).toBeLessThanOrEqual(Math.max(bytes.length, 2 ** 30));
  });

  it('two entries of the same bytes', async () => {
    // Two headers in the directory, for two names, one inside what the other stores.
    const inner = await makeZip(named('b'));
    const local = inner.slice(0, 30 + 1 + a.length);
    const bytes = await makeZip([
      { name: 'a', contents: local },
      { name: 'b', contents: a, offset: 31 },
    ]);
    expect((await refusal(bytes)).message).toContain("contents of 'b' that lie over those of 'a' in 'b' at byte 31");
  });

  it('nothing, other files, and cut archives', async () => {
    expect((await refusal(new Uint8Array(0))).message).toContain('no end of the central directory at byte 0');
    expect((await refusal(utf8('PK and other text that is no archive'))).message).toContain('no end of the central directory');
    const bytes = await makeZip(entries);
    for (let length = 0; length < bytes.length; length += 7) expect((await refusal(bytes.subarray(0, length))).format).toBe('ZIP');
  });

  it('says where', async () => {
    const error = await refusal(await makeZip([...named('a'), { name: 'b/c', contents: text, crc: 5 }]), { file: 'model.keras' });
    expect(error.message).toBe(
      "model.keras: cannot read this as ZIP: found a wrong checksum in 'b/c' at byte 72. The file may be damaged: save or download it again.",
    );
    expect([error.name, error.path, error.byte, error.file]).toEqual(['ModelFormatError', 'b/c', 72, 'model.keras']);
  });

  it('keeps its limits', async () => {
    const bytes = await makeZip(entries);
    expect((await refusal(bytes, { maxEntries: 4 })).message).toContain('5 entries (at most 4 are read)');
    expect((await refusal(bytes, { maxBytes: 5507 })).message).toContain('more than 5507 bytes of contents');
    expect((await refusal(bytes, { maxBytesOf: new Map([['config.json', 3499]]) })).message).toContain(
      '3500 bytes (at most 3499 are read)',
    );
    expect((await refusal(bytes, { maxAnyRatio: 1000, maxRatio: 10 })).path).toBe('config.json');
    const same = { maxEntries: 5, maxBytes: 5508, maxBytesOf: new Map([['config.json', 3500]]), maxAnyRatio: 3500 };
    expect((await readZip(bytes, same)).size).toBe(4);
  });
});

describe('damaged archives', () => {
  it('are read the same or refused with ModelFormatError, within the limits', async () => {
    const sound = await makeZip(entries);
    const contents = new Map(entries.map(({ name, contents }) => [name as string, contents]));
    const random = seeded(7);
    let refused = 0;
    const largest = await largestAllocation(async () => {
      for (let i = 0; i < draws(6000); i++) {
        try {
          for (const [name, bytes] of await readZip(damaged(sound, random), { maxBytes: 2 ** 16 })) {
            // Names may be other ones; what has a checksum is as it was.
            const whole = contents.get(name);
            if (whole && (whole.length !== bytes.length || whole.some((byte, i) => byte !== bytes[i])))
              throw new Error(`damage ${i}: ${name}`);
          }
        } catch (error) {
          if (!(error instanceof ModelFormatError)) throw new Error(`damage ${i}`, { cause: error });
          refused++;
        }
      }
    });
    expect(refused).toBeGreaterThan(draws(4000));
    expect(refused).toBeLessThan(draws(6000));
    expect(largest).toBeLessThanOrEqual(2 ** 16);
  });
});
