// HDF5 files as h5py writes them, with every field validated (HDF5 File Format Specification 3.0).
import { attributeOf } from './attribute.ts';
import { type Budget, datasetOf } from './dataset.ts';
import { GlobalHeaps } from './global-heap.ts';
import { linksOf } from './links.ts';
import { ATTRIBUTES, walkHeap } from './new-tree.ts';
import { MESSAGE, type Messages, messagesAt } from './object-header.ts';
import { type Fields, RAISE, REWRITE, Source } from './source.ts';
import { rootAddress } from './superblock.ts';
import type { Attributes, AttributeValue, Dataset, Group, Hdf5Limits } from './tree.ts';

/**
 * The tree of groups and datasets in a file. Numbers are read when a dataset's `read()` is called, everything else at once.
 *
 * ```ts
 * const root = readHdf5(bytes);
 * const layers = root.children.get('layers');
 * ```
 * It reads superblocks 0, 2 and 3, groups with symbol tables or link messages, whole, compact and chunked datasets (deflate,
 * shuffle) of integers and floats in either order of bytes, attributes of numbers and texts. Not read, as no file of Keras has
 * them: chunks of layout version 4, other types. Refused for safety: links that are not
 * hard, second links to an object, numbers in other files, virtual datasets, parts of the file that are used twice.
 * @throws ModelFormatError, naming the byte and the path; `read()` too, when compressed numbers are damaged.
 */
export function readHdf5(bytes: Uint8Array, limits: Hdf5Limits = {}): Group {
  const source = new Source(bytes, limits);
  const { maxBytes = 2 ** 31, maxFilledBytes = 2 ** 24 } = limits;
  const walk = new Walk(source, { bytes: maxBytes, filled: maxFilledBytes });
  const address = rootAddress(source);
  const root = walk.object(address, '', 0);
  source.checkParts();
  return root.kind === 'group' ? root : source.refuse('a root that is no group', address);
}

class Walk {
  readonly #visited = new Set<number>();
  readonly #heaps: GlobalHeaps;

  readonly #source: Source;
  readonly #budget: Budget;

  constructor(source: Source, budget: Budget) {
    this.#source = source;
    this.#budget = budget;
    this.#heaps = new GlobalHeaps(source);
  }

  object(address: number | undefined, path: string, depth: number): Group | Dataset {
    const source = this.#source;
    const visited = this.#visited;
    const { maxObjects = 200_000, maxDepth = 64 } = source.limits;
    source.path = path === '' ? '/' : path;
    if (address !== undefined) {
      if (visited.has(address)) source.refuse('a second link to one object, or a ring of groups', address);
      visited.add(address);
    }
    if (visited.size > maxObjects) source.refuse(`more than ${maxObjects} groups and datasets (maxObjects)`, address, RAISE);
    if (depth > maxDepth) source.refuse(`groups more than ${maxDepth} deep (maxDepth)`, address, RAISE);
    const messages = messagesAt(source, address);
    const attributes = this.#attributes(messages);
    const links = linksOf(source, messages);
    if (!messages.single.has(MESSAGE.layout)) {
      if (!links) return source.refuse('an object that is neither group nor dataset', address);
      return { kind: 'group', path, attributes, children: this.#children(links, path, depth) };
    }
    if (links) source.refuse('an object that is both group and dataset', address);
    return datasetOf(source, path, messages, attributes, this.#budget);
  }

  #children(links: ReadonlyMap<string, number | undefined>, path: string, depth: number): Map<string, Group | Dataset> {
    const start = path === '' ? '' : `${path}/`;
    return new Map(Array.from(links, ([name, address]) => [name, this.object(address, start + name, depth + 1)]));
  }

  #attributes({ single, attributes }: Messages): Attributes {
    const source = this.#source;
    const values = new Map<string, AttributeValue>();
    const add = (message: Fields, flags: number): void => {
      const at = message.at;
      if (flags !== 0) source.refuse(`a shared attribute`, at, REWRITE);
      const [name, value] = attributeOf(message, this.#heaps);
      if (values.has(name)) source.refuse(`attribute '${name}' a second time`, at);
      values.set(name, value);
    };
    for (const message of attributes) add(message, 0);
    const info = single.get(MESSAGE.attributeInfo);
    if (info) {
      info.expect(1, 0, 'version');
      if (info.number(1) & 1) info.skip(2);
      const heap = info.address();
      const tree = info.address();
      if (heap !== undefined) walkHeap(source, heap, tree, ATTRIBUTES, add);
    }
    return values;
  }
}
