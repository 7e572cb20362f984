// The first bytes of an HDF5 file (HDF5 File Format Specification 3.0, II.A).
import { lookup3 } from './checksum.ts';
import { REWRITE, type Source } from './source.ts';

export const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Reads it and gives the address of the root group's object header. */
export function rootAddress(source: Source): number | undefined {
  if (source.bytes.length < 48 || SIGNATURE.some((byte, i) => source.bytes[i] !== byte)) {
    return source.refuse('other first bytes', 0, 'Give the bytes of a .weights.h5 or .h5 file, or of a .keras archive to its own reader.');
  }
  const version = source.bytes[8];
  if (version === 0) return oldRoot(source);
  if (version === 2 || version === 3) return newRoot(source);
  return source.refuse(`a superblock of version ${version} (0, 2 and 3 are read)`, 8, REWRITE);
}

/** Version 0: sizes of both kinds, the ranks of the B-trees, four addresses, then the root's entry of a symbol table. */
function oldRoot(source: Source): number | undefined {
  const fields = source.claim(0, 96, 'the superblock');
  fields.skip(SIGNATURE.length + 1);
  fields.expect(1, 0, 'version of the free space');
  fields.expect(1, 0, 'version of the root group');
  fields.skip(1);
  fields.expect(1, 0, 'version of shared headers');
  fields.expect(1, 8, 'size of offsets');
  fields.expect(1, 8, 'size of lengths');
  fields.skip(1 + 2 + 2 + 4);
  fields.expect(8, 0, 'base address');
  if (fields.address() !== undefined) source.refuse('a table of free space', fields.at - 8);
  setEnd(source, fields.number(8), fields.at - 8);
  if (fields.address() !== undefined) source.refuse('a driver of its own (a family of files)', fields.at - 8);
  fields.skip(8);
  return fields.address();
}

function newRoot(source: Source): number | undefined {
  const fields = source.claim(0, 48, 'the superblock');
  fields.skip(SIGNATURE.length + 1);
  fields.expect(1, 8, 'size of offsets');
  fields.expect(1, 8, 'size of lengths');
  fields.skip(1); // whether a writer has it open
  fields.expect(8, 0, 'base address');
  fields.address(); // the extension tells of ranks of B-trees and of free space, which a reader does not need
  setEnd(source, fields.number(8), fields.at - 8);
  const root = fields.address();
  if (fields.number(4) !== lookup3(source.bytes.subarray(0, 44))) source.refuse('a wrong checksum of the superblock', 44);
  return root;
}

function setEnd(source: Source, end: number, at: number): void {
  if (end > source.bytes.length) source.refuse(`${source.bytes.length} bytes of a file of ${end}`, at, 'It is cut off: load it again.');
  source.end = end;
}
