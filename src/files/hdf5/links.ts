// The names in a group: symbol tables of old, links of late (HDF5 File Format Specification 3.0, III.A to D, IV.A.2.c and g).
import { LINKS, walkHeap } from './new-tree.ts';
import { MESSAGE, type Messages } from './object-header.ts';
import { type Keys, walkTree } from './old-tree.ts';
import { type Fields, REWRITE, type Source, textOf } from './source.ts';

const MAX_NAME = 1024;
const SOFT_IN_TABLE = 2;

/** The addresses of a group's children by name, or undefined where the messages are not those of a group. */
export function linksOf(source: Source, { single, links }: Messages): Map<string, number | undefined> | undefined {
  const table = single.get(MESSAGE.symbolTable);
  const info = single.get(MESSAGE.linkInfo);
  const found = new Map<string, number | undefined>();
  const add = (name: string, address: number | undefined, at: number): void => {
    if (name === '' || name.length > MAX_NAME || name === '.' || name === '..' || /[/\0]/.test(name)) {
      source.refuse(`the name '${name.slice(0, 40)}' of a link`, at);
    }
    if (found.has(name)) source.refuse(`the name '${name.slice(0, 40)}' a second time`, at);
    found.set(name, address);
  };
  if (table && (info || links.length > 0)) source.refuse('a group of both kinds', table.at);
  if (table) symbolTable(source, table, add);
  else if (info || links.length > 0) {
    if (info) linksInHeap(source, info, add);
    for (const link of links) linkMessage(link, add);
  } else return undefined;
  return found;
}

type Add = (name: string, address: number | undefined, at: number) => void;

function symbolTable(source: Source, table: Fields, add: Add): void {
  const tree = table.address();
  const head = source.claim(table.address(), 32, 'a local heap');
  head.signature('HEAP');
  head.expect(1, 0, 'version');
  head.skip(3);
  const size = head.number(8);
  head.skip(8);
  const names = source.claim(head.address(), size, 'names of a group');
  walkTree(source, tree, groupKeys, (node) => {
    const symbols = symbolNode(source, node);
    while (symbols.left >= 40) {
      const at = symbols.at;
      const name = nameIn(source, names, symbols.number(8), at);
      const address = symbols.address();
      if (symbols.number(4) === SOFT_IN_TABLE) source.refuse(`the soft link '${name}'`, at, REWRITE);
      symbols.skip(20);
      add(name, address, at);
    }
  });
}

/** Names are ordered by these, which does not matter where all are read. */
const groupKeys: Keys<unknown> = { type: 0, bytes: 8, what: 'a B-tree', read: (entries) => entries.skip(8) };

function symbolNode(source: Source, at: number | undefined): Fields {
  const head = source.claim(at, 8, 'a node of symbols');
  head.signature('SNOD');
  head.expect(1, 1, 'version');
  head.skip(1);
  return source.claim(head.end, head.number(2) * 40, 'a node of symbols');
}

function nameIn(source: Source, names: Fields, offset: number, at: number): string {
  if (offset >= names.left) source.refuse('a name outside its heap', at);
  const bytes = source.bytes.subarray(names.at + offset, Math.min(names.end, names.at + offset + 4 * MAX_NAME + 1));
  const end = bytes.indexOf(0);
  if (end < 0) source.refuse('a name without an end', names.at + offset);
  return textOf(source, bytes.subarray(0, end), names.at + offset);
}

/** Groups of more than eight children in files of the latest versions keep them in a heap. */
function linksInHeap(source: Source, info: Fields, add: Add): void {
  info.expect(1, 0, 'version');
  const flags = info.number(1);
  if (flags & 1) info.skip(8);
  const heap = info.address();
  const tree = info.address();
  if (heap !== undefined) walkHeap(source, heap, tree, LINKS, (message) => linkMessage(message, add));
}

function linkMessage(link: Fields, add: Add): void {
  const { source, at } = link;
  link.expect(1, 1, 'version');
  const flags = link.number(1);
  const kind = flags & 8 ? link.number(1) : 0;
  if (flags & 4) link.skip(8);
  if (flags & 16) link.skip(1);
  const name = link.text(link.number(([1, 2, 4, 8] as const)[flags & 3]));
  if (kind !== 0)
    source.refuse(`the ${kind === 1 ? 'soft' : kind === 64 ? 'external' : 'user-defined'} link '${name.slice(0, 40)}'`, at, REWRITE);
  add(name, link.address(), at);
}
