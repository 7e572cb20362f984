import { describe } from '../common/describe.ts';
import { mismatch } from '../common/errors.ts';
import { checkBoolean, checkInteger, checkNumber, checkOptions } from '../common/options.ts';
import { fraction, MersenneTwister, shuffleList } from '../random/mt19937.ts';
import { globalRandom } from '../random/seed.ts';
import { type TensorLike, toTensor } from '../tensor/index.ts';

export interface SkipgramOptions {
  /** Words up to this far apart are a couple. Default: 4. */
  readonly windowSize?: number;
  /** Random couples per true one. Default: 1. */
  readonly negativeSamples?: number;
  /** Shuffle couples and labels, both in the same way. Default: true. */
  readonly shuffle?: boolean;
  /** Labels [0, 1] for true couples and [1, 0] for random ones, instead of 1 and 0. Default: false. */
  readonly categorical?: boolean;
  /** Probability of keeping each word of the sequence as a centre, by id: see makeSamplingTable. Default: null, keep all. */
  readonly samplingTable?: TensorLike | null;
  /** A whole number from 0; the same seed gives the same couples. Default: null, drawn from the generator of setRandomSeed. */
  readonly seed?: number | null;
}

/** Labels of couples, as `categorical` asks. */
export type SkipgramLabels<O extends SkipgramOptions> = O extends { readonly categorical: true } ? number[][] : number[];

const OWNER = 'skipgrams';
const OPTIONS = ['windowSize', 'negativeSamples', 'shuffle', 'categorical', 'samplingTable', 'seed'] as const;
const MAX_SEED = 1e7; // what Keras draws a seed from

/**
 * Couples of words for training skip-gram embeddings: words near each other (label 1) and random ones (label 0).
 *
 * ```ts
 * const [couples, labels] = skipgrams([1, 2, 3], 10, { windowSize: 1, seed: 7 });
 * // couples of ids such as [1, 2], and a label for each: 4 near each other and 4 random ones
 * ```
 *
 * `sequence`: ids of words; 0 is no word and is left out. `vocabularySize`: greatest id + 1, at least 2. `windowSize` (4),
 * `negativeSamples` (1), `shuffle` (true), `categorical` (false), `samplingTable` (null) and `seed` (null) are those of
 * {@link SkipgramOptions}. Throws a ValueError for ids that are none, a sampling table that is too short, and unknown
 * options. The algorithm is that of Keras's skipgrams: a seed gives what `random.seed(s); skipgrams(..., seed=s)` gives in
 * Python, and the first call after `setRandomSeed(s)` what it gives there. Differs from Keras: there `seed` alone fixes the
 * order only, not the random couples, and each call seeds Python's generator anew.
 */
export function skipgrams<O extends SkipgramOptions>(
  sequence: TensorLike,
  vocabularySize: number,
  options: O = {} as O,
): [couples: number[][], labels: SkipgramLabels<O>] {
  checkOptions(OWNER, options, OPTIONS);
  const { windowSize = 4, negativeSamples = 1, shuffle = true, categorical = false, samplingTable = null } = options;
  checkInteger(OWNER, 'vocabularySize', vocabularySize, 2);
  checkInteger(OWNER, 'windowSize', windowSize);
  checkNumber(OWNER, 'negativeSamples', negativeSamples, { min: 0, max: 1e6 });
  checkBoolean(OWNER, 'shuffle', shuffle);
  checkBoolean(OWNER, 'categorical', categorical);
  const seed = options.seed ?? null;
  const random = seed === null ? globalRandom() : new MersenneTwister(checkInteger(OWNER, 'seed', seed));
  const words = idsOf(sequence, vocabularySize);
  const table = samplingTable === null ? null : tableOf(samplingTable, words);

  const couples: number[][] = [];
  words.forEach((centre, i) => {
    if (centre === 0 || (table && table[centre] < fraction(random))) return;
    for (let j = Math.max(0, i - windowSize); j < Math.min(words.length, i + windowSize + 1); j++) {
      if (j !== i && words[j] !== 0) couples.push([centre, words[j]]);
    }
  });
  const near = couples.length;
  if (negativeSamples > 0) {
    const centres = couples.map(([centre]) => centre);
    shuffleList(random, centres);
    const count = Math.floor(near * negativeSamples);
    for (let i = 0; i < count; i++) couples.push([centres[i % near], random.randint(1, vocabularySize - 1)]);
  }
  const labels = couples.map((_, i) => (categorical ? (i < near ? [0, 1] : [1, 0]) : Number(i < near)));
  if (shuffle) {
    // couples and labels each from a generator of one seed, so that both take the same order
    const order = seed ?? random.randint(0, MAX_SEED);
    shuffleList(new MersenneTwister(order), couples);
    shuffleList<number | number[]>(new MersenneTwister(order), labels);
  }
  return [couples, labels as SkipgramLabels<O>];
}

function idsOf(sequence: TensorLike, vocabularySize: number): number[] {
  const ids = toTensor(OWNER, sequence, 'int32');
  if (ids.rank !== 1) throw mismatch(OWNER, 'one sequence of ids', describe(sequence), 'Call it for each sequence.');
  const bad = ids.data.findIndex((id) => id < 0 || id >= vocabularySize);
  if (bad >= 0) {
    throw mismatch(
      OWNER,
      `ids from 0 to ${vocabularySize - 1}`,
      `${ids.data[bad]} at position [${bad}]`,
      'vocabularySize is the greatest id + 1.',
    );
  }
  return Array.from(ids.data);
}

function tableOf(samplingTable: TensorLike, words: readonly number[]): Float32Array {
  const { data } = toTensor(`${OWNER}: samplingTable`, samplingTable, 'float32');
  const most = words.reduce((greatest, word) => Math.max(greatest, word), 0);
  if (most < data.length) return data;
  throw mismatch(OWNER, `a samplingTable of at least ${most + 1} entries`, data.length, 'Make it with makeSamplingTable(vocabularySize).');
}
