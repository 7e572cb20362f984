// Building the vocabulary of a subword encoder from the tokens of a corpus.
import { symbolsOf, written } from './subword-text.ts';
import { ROOT, SPACE_AFTER, Trie } from './subword-trie.ts';

/** Rounds of cutting all tokens with one vocabulary and counting for the next. */
const ROUNDS = 4;
/** The padding id and one for each byte. */
const OTHER_IDS = 257;

/** How often each token occurs; those with a space after them apart. */
export interface TokenCounts {
  readonly plain: ReadonlyMap<string, number>;
  readonly spaced: ReadonlyMap<string, number>;
}

export interface VocabularyOptions {
  readonly targetVocabSize: number;
  readonly maxSubwordLength: number;
  readonly reservedTokens: readonly string[];
}

interface Vocabulary {
  /** Nodes of the subwords that are not reserved. */
  readonly nodes: number[];
  /** How often each counted when it was chosen. */
  readonly counts: Float64Array;
  readonly size: number;
}

/**
 * A vocabulary of about the wanted size, by a binary search for the count below which a subword is left out. tfds's algorithm;
 * here an underscore is one character of a subword, and a reserved token is listed once.
 */
export function buildVocabulary(tokens: TokenCounts, { targetVocabSize, maxSubwordLength, reservedTokens }: VocabularyOptions): string[] {
  const corpus = new Corpus(tokens, maxSubwordLength, reservedTokens);
  const distance = ({ size }: Vocabulary) => Math.abs(size - targetVocabSize);
  let [low, high] = [Math.max(1, corpus.leastCount), corpus.greatestCount];
  let best: Vocabulary | undefined;
  for (;;) {
    const least = Math.floor((low + high) / 2);
    const vocabulary = corpus.vocabulary(least);
    // Of two equally near, the later one.
    if (!best || distance(vocabulary) <= distance(best)) best = vocabulary;
    const near = distance(vocabulary) * 100 < targetVocabSize;
    if (near || low >= high || least <= 1) break;
    if (vocabulary.size > targetVocabSize) low = least + 1;
    else high = least - 1;
  }
  return [...reservedTokens, ...corpus.sorted(best)];
}

/** All tokens as paths in one trie: a cut and a count are then walks over integers. */
class Corpus {
  readonly leastCount: number;
  readonly greatestCount: number;
  private readonly trie = new Trie();
  private readonly lengths: number[] = [];
  private readonly counts: number[] = [];
  /** For each token and each start in it the nodes of the subwords from there, shortest first, one after another. */
  private readonly nodes: Int32Array;
  /** Where the nodes of each start begin; the starts of a token follow one another. */
  private readonly starts: Int32Array;
  private readonly reserved: Set<number>;
  private readonly maxLength: number;

  constructor({ plain, spaced }: TokenCounts, maxLength: number, reservedTokens: readonly string[]) {
    this.maxLength = maxLength;
    const all: number[][] = [];
    for (const [map, spaceAfter] of [
      [plain, false],
      [spaced, true],
    ] as const) {
      for (const [token, count] of map) {
        all.push(symbolsOf(token, spaceAfter));
        this.counts.push(count);
      }
    }
    this.leastCount = this.counts.reduce((a, b) => Math.min(a, b));
    this.greatestCount = this.counts.reduce((a, b) => Math.max(a, b));

    const reservedSymbols = reservedTokens.map((token) => symbolsOf(token, false));
    const reach = reservedSymbols.reduce((longest, { length }) => Math.max(longest, length), maxLength);
    const total = all.reduce((sum, { length }) => sum + length, 0);
    const room = all.reduce((sum, { length }) => sum + nodesOf(length, reach), 0);
    this.starts = new Int32Array(total + 1);
    this.nodes = new Int32Array(room);
    let start = 0;
    let at = 0;
    for (const symbols of all) {
      this.lengths.push(symbols.length);
      for (let i = 0; i < symbols.length; i++) {
        this.starts[start++] = at;
        const end = Math.min(symbols.length, i + reach);
        for (let k = i, node = ROOT; k < end; k++) {
          node = this.trie.add(node, symbols[k]);
          this.nodes[at++] = node;
        }
      }
    }
    this.starts[start] = at;
    const find = (symbols: number[]) => symbols.reduce((node, symbol) => (node < 0 ? node : this.trie.find(node, symbol) || -1), ROOT);
    this.reserved = new Set(reservedSymbols.map(find).filter((node) => node > 0));
    this.reservedCount = reservedTokens.length;
  }

  private readonly reservedCount: number;

  /** The vocabulary of subwords that count at least `least`. */
  vocabulary(least: number): Vocabulary {
    const { size } = this.trie;
    const counts = new Float64Array(size);
    const chosen = new Uint8Array(size);
    let nodes: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      chosen.fill(0);
      for (const node of nodes) chosen[node] = 1;
      for (const node of this.reserved) chosen[node] = 1;
      counts.fill(0);
      this.count(chosen, counts);
      nodes = this.choose(counts, least);
    }
    return { nodes, counts, size: OTHER_IDS + this.reservedCount + nodes.length };
  }

  /** Cuts every token, the longest subword first, and counts all that could begin where a part begins. */
  private count(chosen: Uint8Array, counts: Float64Array): void {
    const { lengths, starts, nodes, maxLength } = this;
    let first = 0;
    for (let t = 0; t < lengths.length; t++) {
      const length = lengths[t];
      const times = this.counts[t];
      for (let i = 0; i < length; ) {
        const from = starts[first + i];
        const end = starts[first + i + 1];
        const counted = Math.min(end, from + maxLength);
        for (let at = from; at < counted; at++) counts[nodes[at]] += times;
        let last = end - 1;
        while (last > from && chosen[nodes[last]] === 0) last--;
        i += last - from + 1;
      }
      first += length;
    }
  }

  /** Long subwords first, each taking its count away from its beginnings. `counts` then hold what decided. */
  private choose(counts: Float64Array, least: number): number[] {
    const { trie } = this;
    const byLength: number[][] = Array.from({ length: this.maxLength + 1 }, () => []);
    const depths = this.depths();
    for (let node = 1; node < trie.size; node++) {
      if (counts[node] >= least && !this.isByte(node)) byLength[depths[node]].push(node);
    }
    const chosen: number[] = [];
    for (const nodes of byLength.reverse()) {
      for (const node of nodes) {
        const count = counts[node];
        if (count < least) continue;
        if (!this.reserved.has(node)) chosen.push(node);
        for (let at = trie.parent(node); at !== ROOT; at = trie.parent(at)) counts[at] -= count;
      }
    }
    return chosen;
  }

  private lengthsOfNodes: Int32Array | undefined;

  /** Length of each node's text. */
  private depths(): Int32Array {
    if (this.lengthsOfNodes) return this.lengthsOfNodes;
    const depths = new Int32Array(this.trie.size);
    for (let node = 1; node < depths.length; node++) depths[node] = depths[this.trie.parent(node)] + 1;
    this.lengthsOfNodes = depths;
    return depths;
  }

  /** Whether a subword is one byte, which has an id anyway; a space after a token is the byte of a space. */
  private isByte(node: number): boolean {
    const symbol = this.trie.symbol(node);
    return this.trie.parent(node) === ROOT && (symbol < 128 || symbol === SPACE_AFTER);
  }

  /** The subwords, most frequent first, equally frequent ones in descending order of their code points. */
  sorted({ nodes, counts }: Vocabulary): string[] {
    return nodes
      .map((node) => ({ count: counts[node], subword: this.written(node) }))
      .sort((a, b) => b.count - a.count || compare(b.subword, a.subword))
      .map(({ subword }) => subword);
  }

  private written(node: number): string {
    const symbols = this.trie.path(node);
    const spaceAfter = symbols.at(-1) === SPACE_AFTER;
    if (spaceAfter) symbols.pop();
    return written(String.fromCodePoint(...symbols), spaceAfter);
  }
}

/** Number of subwords of up to `reach` symbols in a token. */
const nodesOf = (length: number, reach: number): number =>
  length <= reach ? (length * (length + 1)) / 2 : (reach * (reach + 1)) / 2 + (length - reach) * reach;

/** Order by code points: JavaScript's own goes by 16-bit units. */
function compare(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let i = 0;
  while (i < end && a[i] === b[i]) i++;
  return i === end ? a.length - b.length : (a.codePointAt(i) as number) - (b.codePointAt(i) as number);
}
