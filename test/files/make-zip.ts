// ZIP archives with any field, right or wrong, for tests of readers.
import { join, numbers, utf8 } from '../../src/files/bytes.ts';
import { crc32 } from '../../src/files/crc.ts';

export interface MadeEntry {
  name: string | Uint8Array;
  /** As it is when inflated. */
  contents: Uint8Array;
  /** 8 is deflate. Default 0. */
  method?: number;
  flags?: number;
  /** What is told instead of the truth, in both headers. */
  crc?: number;
  size?: number;
  packedSize?: number;
  packed?: Uint8Array;
  /** Only in the local header. */
  localName?: string;
  localSize?: number;
  /** Only in the directory. */
  attributes?: number;
  offset?: number;
}

async function deflated(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export interface MadeEnd {
  comment?: Uint8Array;
  /** What is told instead of the truth. */
  count?: number;
  start?: number;
  disk?: number;
  before?: Uint8Array;
}

export async function makeZip(entries: readonly MadeEntry[], end: MadeEnd = {}): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = end.before ? [end.before] : [];
  const directory: Uint8Array[] = [];
  let at = end.before?.length ?? 0;
  for (const entry of entries) {
    const { contents, method = 0, flags = 0x800 } = entry;
    const name = typeof entry.name === 'string' ? utf8(entry.name) : entry.name;
    const packed = entry.packed ?? (method === 8 ? await deflated(contents) : contents);
    const localName = entry.localName === undefined ? name : utf8(entry.localName);
    const { crc = crc32(contents), size = contents.length, packedSize = packed.length } = entry;
    const fields = (told: number, nameSize: number) =>
      numbers([2, 20], [2, flags], [2, method], [4, 33 << 16], [4, crc], [4, packedSize], [4, told], [2, nameSize], [2, 0]);
    pieces.push(numbers([4, 0x04034b50]), fields(entry.localSize ?? size, localName.length), localName, packed);
    directory.push(numbers([4, 0x02014b50], [2, 20]), fields(size, name.length));
    directory.push(numbers([2, 0], [2, 0], [2, 0], [4, entry.attributes ?? 0], [4, entry.offset ?? at]), name);
    at += 30 + localName.length + packed.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const { comment = new Uint8Array(0), count = entries.length, start = at, disk = 0 } = end;
  const last = numbers([4, 0x06054b50], [2, disk], [2, disk], [2, count], [2, count], [4, size], [4, start], [2, comment.length]);
  return join([...pieces, ...directory, last, comment]);
}
