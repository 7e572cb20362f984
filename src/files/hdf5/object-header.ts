// Object headers: what is known about a group or dataset, as a list of messages (HDF5 File Format Specification 3.0, IV.A).
import { lookup3 } from './checksum.ts';
import { Fields, REWRITE, type Source } from './source.ts';

/** Types of messages. */
export const MESSAGE = {
  nil: 0x0,
  dataspace: 0x1,
  linkInfo: 0x2,
  datatype: 0x3,
  oldFillValue: 0x4,
  fillValue: 0x5,
  link: 0x6,
  externalFiles: 0x7,
  layout: 0x8,
  filters: 0xb,
  attribute: 0xc,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

/** Those that only describe or are hints: group info, comment, times, rank of B-trees, driver, reference count, free space. */
const WITHOUT_MEANING: readonly number[] = [0xa, 0xd, 0xe, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18];
const MAY_REPEAT: readonly number[] = [MESSAGE.link, MESSAGE.attribute];

const SHARED = 0x2;
const FAIL_IF_UNKNOWN = 0x80;

export interface Messages {
  /** Of each type that is there once at most. */
  readonly single: ReadonlyMap<number, Fields>;
  readonly links: readonly Fields[];
  readonly attributes: readonly Fields[];
}

/** All messages of the object at that address. */
export function messagesAt(source: Source, address: number | undefined): Messages {
  const found = { single: new Map<number, Fields>(), links: [] as Fields[], attributes: [] as Fields[] };
  const at = address ?? source.refuse('no address of an object');
  const read = source.bytes[at] === 0x4f ? newHeader : oldHeader; // O of OHDR
  read(source, at, (type, flags, body) => {
    if (flags & SHARED) source.refuse(`a shared message of type ${type} (a committed type)`, body.at, REWRITE);
    if (type === MESSAGE.attribute) found.attributes.push(body);
    else if (type === MESSAGE.link) found.links.push(body);
    else if (found.single.has(type) && !MAY_REPEAT.includes(type)) source.refuse(`two messages of type ${type}`, body.at);
    else found.single.set(type, body);
  });
  return found;
}

type Take = (type: number, flags: number, body: Fields) => void;

/** Leaves out what has no meaning here, and follows no message that must not be passed over. */
function take(source: Source, type: number, flags: number, body: Fields, next: Fields[], pass: Take): void {
  if (type === MESSAGE.nil || WITHOUT_MEANING.includes(type)) return;
  if (type === MESSAGE.continuation) {
    const at = body.address();
    next.push(source.claim(at, body.number(8), 'a continued object header'));
  } else if (type === MESSAGE.externalFiles) {
    source.refuse('a dataset in other files', body.at, 'Numbers are read from the file itself only.');
  } else if (!(Object.values(MESSAGE) as number[]).includes(type)) {
    if (type === 0xf || flags & FAIL_IF_UNKNOWN) source.refuse(`a message of type ${type}, which is not read`, body.at, REWRITE);
  } else pass(type, flags, body);
}

function oldHeader(source: Source, at: number, pass: Take): void {
  const fields = source.claim(at, 16, 'an object header');
  fields.expect(1, 1, 'version');
  fields.skip(1);
  const count = fields.number(2);
  fields.skip(4);
  const size = fields.number(4);
  const blocks = [source.claim(at + 16, size, 'an object header')];
  let seen = 0;
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i];
    while (block.left >= 8 && seen < count) {
      const type = block.number(2);
      const length = block.number(2);
      const flags = block.number(1);
      block.skip(3);
      take(source, type, flags, block.inner(length, 'a message'), blocks, pass);
      seen++;
    }
  }
  if (seen !== count) source.refuse(`${seen} messages in an object header of ${count}`, at);
}

const TIMES = 0x20;
const THRESHOLDS = 0x10;
const ORDERED = 0x4;

function newHeader(source: Source, at: number, pass: Take): void {
  // As its length depends on flags, the start is read before it is taken.
  const start = new Fields(source, at, source.end, 'an object header');
  start.signature('OHDR');
  start.expect(1, 2, 'version');
  const flags = start.number(1);
  start.skip((flags & TIMES ? 16 : 0) + (flags & THRESHOLDS ? 4 : 0));
  const size = start.number(([1, 2, 4, 8] as const)[flags & 3]);
  const blocks = [source.claim(at, start.at - at + size + 4, 'an object header')];
  for (let i = 0; i < blocks.length; i++) {
    const { at: from, end } = blocks[i];
    if (end - from < 8) source.refuse('an object header that is cut off', from);
    const sum = source.view.getUint32(end - 4, true);
    if (lookup3(source.bytes.subarray(from, end - 4)) !== sum) source.refuse('a wrong checksum of an object header', from);
    const block = new Fields(source, from, end - 4, 'an object header');
    if (i === 0) block.skip(start.at - at);
    else block.signature('OCHK');
    const head = flags & ORDERED ? 6 : 4;
    while (block.left >= head) {
      const type = block.number(1);
      const length = block.number(2);
      const messageFlags = block.number(1);
      if (flags & ORDERED) block.skip(2);
      take(source, type, messageFlags, block.inner(length, 'a message'), blocks, pass);
    }
  }
}
