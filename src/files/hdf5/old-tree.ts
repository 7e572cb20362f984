// B-trees of version 1, which find the names of old groups and the chunks of datasets (HDF5 File Format Specification 3.0, III.A.1).
import type { Fields, Source } from './source.ts';

/** The key before each child of a node, and once more behind the last. */
export interface Keys<K> {
  /** Number of the kind of tree. */
  readonly type: number;
  readonly bytes: number;
  /** The name of a node in errors. */
  readonly what: string;
  read(entries: Fields): K;
}

/** Visits what the leaves of a tree point to. The levels of nodes fall by one from node to node, so that no tree is endless. */
export function walkTree<K>(
  source: Source,
  at: number | undefined,
  keys: Keys<K>,
  visit: (child: number | undefined, key: K) => void,
  level?: number,
): void {
  const head = source.claim(at, 24, keys.what);
  head.signature('TREE');
  head.expect(1, keys.type, 'type');
  const nodeLevel = head.number(1);
  if (level !== undefined && nodeLevel !== level) source.refuse(`level ${nodeLevel} of a B-tree (${level} is expected)`, at);
  const count = head.number(2);
  const entries = source.claim(head.end, count * (keys.bytes + 8) + keys.bytes, keys.what);
  for (let i = 0; i < count; i++) {
    const key = keys.read(entries);
    const child = entries.address();
    if (nodeLevel === 0) visit(child, key);
    else walkTree(source, child, keys, visit, nodeLevel - 1);
  }
}
