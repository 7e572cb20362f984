// Counts tokens and sorts vocabularies.
import { log } from '../../kernels/scalar.ts';

export type Token = string | number;

/** A code unit as its code point sorts: surrogates stand for code points above all others. */
const weight = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);

/** The order of numbers, and of texts by their bytes in UTF-8, which is that of code points and not of JavaScript's units. */
export function compareTokens(a: Token, b: Token): number {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return weight(x) - weight(y);
  }
  return a.length - b.length;
}

/** Counts tokens, and with `byDocument` the documents that hold them. */
export class TokenCounter<T extends Token> {
  private readonly counts = new Map<T, number>();
  private readonly documentCounts = new Map<T, number>();
  private documents = 0;
  private readonly byDocument: boolean;

  constructor(byDocument: boolean) {
    this.byDocument = byDocument;
  }

  add(document: readonly T[]): void {
    this.documents++;
    for (const token of document) this.counts.set(token, (this.counts.get(token) ?? 0) + 1);
    if (this.byDocument) for (const token of new Set(document)) this.documentCounts.set(token, (this.documentCounts.get(token) ?? 0) + 1);
  }

  /** The most frequent tokens first; of equally frequent ones the last in order first, as in Keras. */
  ranked(without: readonly (T | null)[], most: number): T[] {
    const entries = [...this.counts].filter(([token]) => !without.includes(token));
    entries.sort(([a, m], [b, n]) => n - m || compareTokens(b, a));
    return entries.slice(0, most).map(([token]) => token);
  }

  /** ln(1 + documents / (1 + documents with the token)), in float32. */
  inverseDocumentFrequency(token: T): number {
    return Math.fround(log(1 + this.documents / (1 + (this.documentCounts.get(token) ?? 0))));
  }
}
