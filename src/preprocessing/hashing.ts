import { describe } from '../common/describe.ts';
import { mismatch } from '../common/errors.ts';
import { checkInteger, checkOptions } from '../common/options.ts';
import { md5 } from './md5.ts';
import { utf8 } from './utf8.ts';
import { type Analyzer, checkAnalyzer, checkText, splitter, WORD_OPTIONS, type WordOptions } from './words.ts';

/** A function from a word to an integer, negative ones and bigints included. */
export type HashFunction = (word: string) => number | bigint;

export interface OneHotOptions extends WordOptions {
  /** Turns the text into words by itself; `filters`, `lower` and `split` are then not used. Default: none. */
  readonly analyzer?: Analyzer | null;
}

export interface HashingTrickOptions extends OneHotOptions {
  /** `'md5'`, or a function from a word to an integer. Default: FNV-1a, 32 bits. */
  readonly hashFunction?: 'md5' | HashFunction | null;
}

const ONE_HOT_OPTIONS = [...WORD_OPTIONS, 'analyzer'] as const;
const HASHING_OPTIONS = [...WORD_OPTIONS, 'analyzer', 'hashFunction'] as const;

/** FNV-1a over the bytes, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv: offset basis and prime are from there). */
function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** The remainder of a big-endian number of any length. */
function remainder(bytes: Uint8Array, divisor: number): number {
  let rest = 0;
  for (const byte of bytes) rest = (rest * 256 + byte) % divisor;
  return rest;
}

/** Python's modulo, never negative. */
function modulo(owner: string, hash: unknown, divisor: number, word: string): number {
  if (typeof hash === 'bigint') return Number(((hash % BigInt(divisor)) + BigInt(divisor)) % BigInt(divisor));
  if (!Number.isSafeInteger(hash)) {
    throw mismatch(owner, 'hashFunction to return an integer', `${describe(hash)} for '${word}'`, 'Return a whole number or a bigint.');
  }
  return (((hash as number) % divisor) + divisor) % divisor;
}

/** Which bucket a word goes into, of so many. */
type Buckets = (buckets: number) => (word: string) => number;

const stable: Buckets = (buckets) => (word) => fnv1a(utf8(word)) % buckets;

function chosen(owner: string, hashFunction: unknown): Buckets {
  if (hashFunction === undefined || hashFunction === null) return stable;
  if (hashFunction === 'md5') return (buckets) => (word) => remainder(md5(utf8(word)), buckets);
  if (typeof hashFunction === 'function') return (buckets) => (word) => modulo(owner, hashFunction(word), buckets, word);
  throw mismatch(owner, "hashFunction to be 'md5' or a function", describe(hashFunction), 'Leave it out for FNV-1a.');
}

function hashed(owner: string, text: string, n: number, { analyzer, ...words }: OneHotOptions, buckets: Buckets): number[] {
  checkText(owner, 'text', text);
  // Keras divides by n - 1, so that ids run from 1 and 0 stays free for padding
  const bucket = buckets(checkInteger(owner, 'n', n, 2) - 1);
  const split = analyzer == null ? splitter(owner, words) : checkAnalyzer(owner, analyzer);
  return split(text).map((word) => bucket(word) + 1);
}

/**
 * The words of a text as ids from 1 to n - 1, by a hash: no vocabulary has to be kept, different words may share an id.
 *
 * ```ts
 * hashingTrick('Horrible service', 50);                          // [12, 30]
 * hashingTrick('Horrible service', 50, { hashFunction: 'md5' }); // [35, 18], as in Keras
 * ```
 *
 * `n`: size of the space of ids, at least 2; 0 is never given, it is for padding. `hashFunction`: FNV-1a (32 bits, over the
 * word's UTF-8 bytes; the default), `'md5'`, or a function from a word to an integer. `filters`, `lower`, `split` as in
 * {@link textToWordSequence}; `analyzer`: a function from text to words instead of them. Each id is hash mod (n - 1) + 1,
 * as in Keras. Throws a ValueError for a text that is not a string, n below 2, an unknown option, or a hash that is no
 * integer. Differs from Keras: its default is Python's hash, which is another one in each process; this one never changes.
 */
export function hashingTrick(text: string, n: number, options: HashingTrickOptions = {}): number[] {
  checkOptions('hashingTrick', options, HASHING_OPTIONS);
  const { hashFunction, ...words } = options;
  return hashed('hashingTrick', text, n, words, chosen('hashingTrick', hashFunction));
}

/**
 * The words of a text as ids from 1 to n - 1: {@link hashingTrick} with its default hash, under Keras's older name.
 *
 * ```ts
 * oneHot('Horrible service', 50); // [12, 30]
 * ```
 *
 * `n`: size of the space of ids, at least 2. `filters` (default: punctuation except `'`, tab, newline), `lower` (default
 * true), `split` (default `' '`) and `analyzer` (default none) as in {@link hashingTrick}, and so are the errors. Differs
 * from Keras: the ids are the same in each run.
 */
export function oneHot(text: string, n: number, options: OneHotOptions = {}): number[] {
  checkOptions('oneHot', options, ONE_HOT_OPTIONS);
  return hashed('oneHot', text, n, options, stable);
}
