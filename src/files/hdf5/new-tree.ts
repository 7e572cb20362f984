// B-trees of version 2, which find the objects of a fractal heap (HDF5 File Format Specification 3.0, III.A.2).
import { FractalHeap, widthOf } from './fractal-heap.ts';
import type { Fields, Source } from './source.ts';

/** Kinds of records: of links by name, and of attributes by name. */
export const LINKS = 5;
export const ATTRIBUTES = 8;

const NODE_HEAD = 6;
const SUM = 4;

/** Of a level: width of the counts of all records below a node of it, and the most that there can be. */
interface Level {
  readonly most: number;
  readonly width: number;
}

/** Visits the messages in a heap that the records of a tree tell of. */
export function walkHeap(
  source: Source,
  heapAddress: number | undefined,
  address: number | undefined,
  kind: typeof LINKS | typeof ATTRIBUTES,
  visit: (message: Fields, flags: number) => void,
): void {
  const heap = new FractalHeap(source, heapAddress);
  const head = source.claim(address, 38, 'a B-tree');
  head.signature('BTHD');
  head.expect(1, 0, 'version');
  head.expect(1, kind, 'type');
  const nodeSize = head.number(4);
  const recordSize = kind === LINKS ? 11 : 17;
  head.expect(2, recordSize, 'size of a record');
  const depth = head.number(2);
  head.skip(2);
  const root = head.address();
  const count = head.number(2);
  head.skip(8);
  source.checkSum(head.at - 34, head);
  const most = Math.floor((nodeSize - NODE_HEAD - SUM) / recordSize);
  if (nodeSize > source.end || most < 1 || depth > 16) source.refuse(`a B-tree of nodes of ${nodeSize} bytes and depth ${depth}`, address);
  const countWidth = widthOf(most);
  const levels: Level[] = [{ most, width: 0 }];
  for (let i = 1; i <= depth; i++) {
    const below = levels[i - 1];
    const pointer = 8 + countWidth + below.width;
    const records = Math.floor((nodeSize - NODE_HEAD - SUM - pointer) / (recordSize + pointer));
    const all = Math.min((records + 1) * below.most + records, Number.MAX_SAFE_INTEGER);
    levels.push({ most: all, width: widthOf(all) });
  }

  const record = (fields: Fields): void => {
    const entry = fields.inner(recordSize, 'a record of a B-tree');
    if (kind === LINKS) entry.skip(4); // the sum of the name
    const object = heap.object(entry);
    visit(object, kind === ATTRIBUTES ? flagsOf(entry) : 0);
  };
  const node = (at: number | undefined, records: number, height: number): void => {
    const pointer = height > 0 ? 8 + countWidth + levels[height - 1].width : 0;
    const fields = source.claim(
      at,
      NODE_HEAD + records * recordSize + (height > 0 ? (records + 1) * pointer : 0) + SUM,
      'a node of a B-tree',
    );
    const from = fields.at;
    fields.signature(height > 0 ? 'BTIN' : 'BTLF');
    fields.expect(1, 0, 'version');
    fields.expect(1, kind, 'type');
    for (let i = 0; i < records; i++) record(fields);
    for (let i = 0; height > 0 && i <= records; i++) {
      const child = fields.address();
      const below = fields.whole(countWidth);
      fields.skip(levels[height - 1].width);
      node(child, below, height - 1);
    }
    source.checkSum(from, fields);
  };
  if (root !== undefined && count > 0) node(root, count, depth);
}

/** The flags of an attribute's message; the rest of its record is its order and the sum of its name. */
const flagsOf = (entry: Fields): number => entry.source.bytes[entry.end - 9];
