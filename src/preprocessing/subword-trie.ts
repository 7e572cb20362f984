/** The node of the empty text. */
export const ROOT = 0;

/** Stands for the space after a token, behind all code points. */
export const SPACE_AFTER = 0x110000;

/** Texts that share their beginnings: a node for each, reached from that of the text without its last symbol. */
export class Trie {
  /** Number of nodes. */
  size = 1;
  private parents = new Int32Array(1024).fill(-1);
  private symbols = new Int32Array(1024);
  /** Nodes by hash of (parent, symbol), open addressing, 0 for a free place: the root has no parent to be found from. */
  private table = new Int32Array(4096);

  parent(node: number): number {
    return this.parents[node];
  }

  /** The last symbol of a node's text. */
  symbol(node: number): number {
    return this.symbols[node];
  }

  /** The symbols of a node's text. */
  path(node: number): number[] {
    const path: number[] = [];
    for (let at = node; at !== ROOT; at = this.parents[at]) path.push(this.symbols[at]);
    return path.reverse();
  }

  /** The node one symbol further; 0 if there is none. */
  find(parent: number, symbol: number): number {
    return this.table[this.slot(parent, symbol)];
  }

  /** The node one symbol further, made if there is none. */
  add(parent: number, symbol: number): number {
    const slot = this.slot(parent, symbol);
    if (this.table[slot] !== 0) return this.table[slot];
    const node = this.size++;
    if (node === this.parents.length) this.grow();
    this.parents[node] = parent;
    this.symbols[node] = symbol;
    this.table[this.slot(parent, symbol)] = node;
    return node;
  }

  private slot(parent: number, symbol: number): number {
    const { table, parents, symbols } = this;
    const mask = table.length - 1;
    let hash = Math.imul(parent ^ Math.imul(symbol, 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 15;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const node = table[slot];
      if (node === 0 || (parents[node] === parent && symbols[node] === symbol)) return slot;
    }
  }

  private grow(): void {
    const { parents, symbols, size } = this;
    this.parents = new Int32Array(parents.length * 2);
    this.parents.set(parents);
    this.symbols = new Int32Array(symbols.length * 2);
    this.symbols.set(symbols);
    this.table = new Int32Array(this.parents.length * 4);
    for (let node = 1; node < size - 1; node++) this.table[this.slot(parents[node], symbols[node])] = node;
  }
}
