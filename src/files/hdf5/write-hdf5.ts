// HDF5 files with the structures that h5py chooses by default: superblock 0, symbol tables, headers of version 1, numbers in
// one piece, lowest byte first (HDF5 File Format Specification 3.0).
import { describe } from '../../common/describe.ts';
import { mismatch, ValueError } from '../../common/errors.ts';
import { join, numbers, utf8 } from '../bytes.ts';
import { MESSAGE } from './object-header.ts';
import { address, NOWHERE, Output } from './output.ts';
import { SIGNATURE } from './superblock.ts';
import type { Attributes, NewDataset, NewGroup } from './tree.ts';
import { attributeMessages, isNumberArray, TextHeap } from './write-attributes.ts';
import { GroupParts, INTERNAL_K, LEAF_K, type Placed, symbol } from './write-group.ts';
import { dataspace, header, message, numberType } from './write-types.ts';

const SUPERBLOCK_SIZE = 96;
const HEADER_SIZE = 16;
const DATASET_BLOCK = 256; // h5py leaves room for attributes
const MESSAGE_HEAD = 8;
const MAX_MESSAGES = 65_535;
const MAX_DEPTH = 64;
const CONSTANT = 1; // flag of a message that is never changed

/**
 * A file that h5py, Keras and `readHdf5` read.
 *
 * ```ts
 * const vars = { attributes: new Map([['name', 'dense']]), children: new Map([['0', { shape: [2], data: Float32Array.of(1, 2) }]]) };
 * const bytes = writeHdf5({ children: new Map([['vars', vars]]) });
 * ```
 * Equal trees give equal bytes. A text becomes one of any length in UTF-8, texts an array of NumPy's kind S, a number a
 * float64, a bigint an int64.
 * @throws ValueError for a name with '/', data that do not fit the shape, and attributes of more than 64 kB.
 */
export function writeHdf5(root: NewGroup): Uint8Array<ArrayBuffer> {
  const output = new Output();
  const start = output.reserve(SUPERBLOCK_SIZE);
  const heap = new TextHeap(output);
  const placed = new Writing(output, heap).group(root, '', 0);
  heap.close();
  output.put(
    start,
    Uint8Array.from(SIGNATURE),
    numbers([1, 0], [1, 0], [1, 0], [1, 0], [1, 0], [1, 8], [1, 8], [1, 0], [2, LEAF_K], [2, INTERNAL_K], [4, 0], [8, 0]),
    NOWHERE,
    numbers([8, output.size]),
    NOWHERE,
    symbol(0, placed),
  );
  return output.bytes();
}

class Writing {
  readonly #output: Output;
  readonly #heap: TextHeap;

  constructor(output: Output, heap: TextHeap) {
    this.#output = output;
    this.#heap = heap;
  }

  group({ attributes, children }: NewGroup, path: string, depth: number): Placed {
    const output = this.#output;
    if (depth > MAX_DEPTH) throw mismatch('writeHdf5', `groups at most ${MAX_DEPTH} deep`, `'${path.slice(0, 80)}'`);
    const sorted = Array.from(children ?? [], ([name, child]) => ({ name: checkedName(name, path), child }));
    sorted.sort((a, b) => compare(a.name, b.name));
    const twice = sorted.findIndex(({ name }, i) => i > 0 && compare(name, sorted[i - 1].name) === 0);
    if (twice > 0) throw mismatch('writeHdf5', `names in '${path || '/'}' to differ in UTF-8`, 'two that do not');
    const at = output.reserve(HEADER_SIZE + MESSAGE_HEAD + 16);
    const parts = new GroupParts(
      output,
      sorted.map(({ name }) => name),
    );
    const below = path === '' ? '' : `${path}/`;
    parts.close(sorted.map(({ name, child }) => this.#object(child, below + new TextDecoder().decode(name), depth + 1)));
    const table = message(MESSAGE.symbolTable, 0, numbers([8, parts.tree], [8, parts.heap]));
    this.#putGroupHeader(at, table, this.#attributes(attributes, path));
    return { header: at, tree: parts.tree, heap: parts.heap };
  }

  /** The header has room for one message: with attributes that one tells where the others are. */
  #putGroupHeader(at: number, table: Uint8Array, attributes: readonly Uint8Array[]): void {
    const output = this.#output;
    if (attributes.length === 0) {
      output.put(at, header(1, table));
      return;
    }
    const block = join([table, ...attributes]);
    const rest = output.reserve(block.length);
    output.put(rest, block);
    output.put(at, header(attributes.length + 2, message(MESSAGE.continuation, 0, numbers([8, rest], [8, block.length]))));
  }

  #object(child: NewGroup | NewDataset, path: string, depth: number): Placed {
    if (typeof child !== 'object' || child === null) {
      throw mismatch('writeHdf5', `'${path}' to be a group or a dataset`, describe(child));
    }
    return 'data' in child ? this.#dataset(child, path) : this.group(child, path, depth);
  }

  #dataset({ shape, data, attributes }: NewDataset, path: string): Placed {
    const output = this.#output;
    if (!isNumberArray(data)) throw mismatch('writeHdf5', `data of '${path}' to be a typed array`, describe(data));
    if (!isShapeOf(shape, data.length)) {
      throw mismatch('writeHdf5', `data of '${path}' to fit its shape ${describe(shape)}`, `${data.length} numbers`);
    }
    const rest = this.#attributes(attributes, path);
    const known = [
      message(MESSAGE.dataspace, 0, dataspace(shape)),
      message(MESSAGE.datatype, CONSTANT, numberType(data)),
      // version 2, room is made when first written, filled only if a value was set, which is zero
      message(MESSAGE.fillValue, CONSTANT, numbers([1, 2], [1, 2], [1, 2], [1, 1], [4, 0])),
    ];
    const layoutSize = MESSAGE_HEAD + 24;
    const size = [...known, ...rest].reduce((sum, { length }) => sum + length, layoutSize);
    const at = output.reserve(HEADER_SIZE + Math.max(size, DATASET_BLOCK));
    const place = data.byteLength > 0 ? output.reserve(data.byteLength) : undefined;
    if (place !== undefined) output.put(place, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    // version 3, in one piece
    known.push(message(MESSAGE.layout, 0, join([numbers([1, 3], [1, 1]), address(place), numbers([8, data.byteLength])])));
    if (size < DATASET_BLOCK) rest.push(message(MESSAGE.nil, 0, new Uint8Array(DATASET_BLOCK - size - MESSAGE_HEAD)));
    output.put(at, header(known.length + rest.length, join([...known, ...rest])));
    return { header: at };
  }

  #attributes(attributes: Attributes | undefined, path: string): Uint8Array[] {
    const messages = attributeMessages(attributes, this.#heap, path);
    if (messages.length > MAX_MESSAGES - 5) throw new ValueError(`writeHdf5: '${path || '/'}' has ${messages.length} attributes.`);
    return messages;
  }
}

function isShapeOf(shape: unknown, count: number): boolean {
  if (!Array.isArray(shape) || shape.length > 32) return false;
  return (
    shape.every((length) => Number.isSafeInteger(length) && length >= 0) && shape.reduce((product, length) => product * length, 1) === count
  );
}

function checkedName(name: string, path: string): Uint8Array {
  if (name === '' || name.length > 1024 || name === '.' || name === '..' || /[/\0]/.test(name)) {
    throw mismatch('writeHdf5', `names in '${path || '/'}' of 1 to 1024 characters without '/'`, `'${name.slice(0, 40)}'`);
  }
  return utf8(name);
}

/** Order of bytes, in which HDF5 looks names up. */
function compare(a: Uint8Array, b: Uint8Array): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}
