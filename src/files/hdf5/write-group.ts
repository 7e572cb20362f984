// Groups as symbol tables: names in a local heap, a B-tree of nodes of eight (HDF5 File Format Specification 3.0, III.A to D).
import { join, numbers, utf8 } from '../bytes.ts';
import { address, type Output, padded } from './output.ts';

export const LEAF_K = 4; // half the entries of a node of symbols
export const INTERNAL_K = 16; // half the children of a node of the B-tree
const SYMBOL_SIZE = 40;
const NODE_SIZE = 8 + 2 * LEAF_K * SYMBOL_SIZE;
const TREE_SIZE = 24 + 2 * INTERNAL_K * 16 + 8;
const HEAP_HEAD = 32;
const LEAST_NAMES = 88;
const LEAST_FREE = 16;
const NO_FREE = 1; // h5py's end of the list of free blocks

/** Where an object lies; of a group also its B-tree and its heap, which entries repeat. */
export interface Placed {
  readonly header: number;
  readonly tree?: number;
  readonly heap?: number;
}

/** A node of the B-tree, or one of symbols below its leaves, by its address and where its last name starts in the heap. */
interface Below {
  readonly at: number;
  readonly last: number;
}

/** The parts of a group whose children are not yet placed. */
export class GroupParts {
  readonly tree: number;
  readonly heap: number;
  readonly #output: Output;
  readonly #names: readonly Uint8Array[];
  readonly #offsets: number[] = [];

  /** `names` in the order of their bytes. */
  constructor(output: Output, names: readonly Uint8Array[]) {
    this.#output = output;
    this.#names = names;
    this.tree = output.reserve(TREE_SIZE);
    this.heap = output.reserve(HEAP_HEAD);
    this.#putHeap();
  }

  #putHeap(): void {
    const output = this.#output;
    let at = 8; // the name of none
    for (const name of this.#names) {
      this.#offsets.push(at);
      at += padded(name.length + 1);
    }
    let size = LEAST_NAMES;
    while (size < at) size *= 2; // as a heap grows that names are added to
    const data = output.reserve(size);
    const free = size - at;
    const hasFree = free >= LEAST_FREE;
    output.put(this.heap, utf8('HEAP'), numbers([4, 0], [8, size], [8, hasFree ? at : NO_FREE], [8, data]));
    for (const [i, name] of this.#names.entries()) output.put(data + this.#offsets[i], name);
    if (hasFree) output.put(data + at, numbers([8, NO_FREE], [8, free]));
  }

  /** Writes the entries of the children, which are in the order of the names. */
  close(children: readonly Placed[]): void {
    let level: Below[] = [];
    for (let i = 0; i < children.length; i += 2 * LEAF_K) {
      const part = children.slice(i, i + 2 * LEAF_K);
      const at = this.#output.reserve(NODE_SIZE);
      const symbols = part.map((child, j) => symbol(this.#offsets[i + j], child));
      this.#output.put(at, utf8('SNOD'), numbers([1, 1], [1, 0], [2, part.length]), ...symbols);
      level.push({ at, last: this.#offsets[i + part.length - 1] });
    }
    for (let height = 0; ; height++) {
      const isRoot = level.length <= 2 * INTERNAL_K;
      level = this.#putLevel(level, height, isRoot);
      if (isRoot) return;
    }
  }

  /** Nodes of the B-tree above these, from left to right. */
  #putLevel(below: readonly Below[], height: number, isRoot: boolean): Below[] {
    const width = 2 * INTERNAL_K;
    const count = Math.max(1, Math.ceil(below.length / width));
    const places = Array.from({ length: count }, () => (isRoot ? this.tree : this.#output.reserve(TREE_SIZE)));
    return places.map((at, i) => {
      const children = below.slice(i * width, (i + 1) * width);
      const before = i === 0 ? 0 : below[i * width - 1].last;
      this.#output.put(
        at,
        utf8('TREE'),
        numbers([1, 0], [1, height], [2, children.length]),
        address(places[i - 1]),
        address(places[i + 1]),
        numbers([8, before]),
        ...children.map((child) => numbers([8, child.at], [8, child.last])),
      );
      return { at, last: children.at(-1)?.last ?? 0 };
    });
  }
}

const IS_GROUP = 1;

/** An entry of a symbol table. */
export const symbol = (name: number, { header, tree, heap }: Placed): Uint8Array =>
  join([
    numbers([8, name], [8, header], [4, tree === undefined ? 0 : IS_GROUP], [4, 0]),
    tree === undefined || heap === undefined ? new Uint8Array(16) : numbers([8, tree], [8, heap]),
  ]);
