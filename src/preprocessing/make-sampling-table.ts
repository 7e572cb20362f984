import { checkNumber, checkOptions, checkPositiveInteger } from '../common/options.ts';
import { log } from '../kernels/scalar.ts';
import { Tensor } from '../tensor/index.ts';

export interface SamplingTableOptions {
  /** word2vec's sampling factor: the smaller, the rarer frequent words are kept. Default: 1e-5. */
  readonly samplingFactor?: number;
}

const GAMMA = 0.577; // the Euler-Mascheroni constant, to the digits Keras takes

/**
 * Probabilities of keeping words by their rank, for {@link skipgrams}: frequent words are kept more rarely.
 *
 * ```ts
 * const samplingTable = makeSamplingTable(10000);
 * const [couples, labels] = skipgrams(ids, 10000, { samplingTable });
 * ```
 *
 * `size`: number of words, a positive integer. `samplingFactor`: default 1e-5. The result is float32 of shape [size]. Throws
 * a ValueError for other values. Word frequencies are taken to follow Zipf's law, as in Keras's make_sampling_table: with
 * f = samplingFactor (rank (ln rank + 0.577) + 1/2 - 1 / (12 rank)), the probability is min(1, f / sqrt(f)); places 0 and 1
 * both have rank 1. Differs from Keras: float32 instead of float64.
 */
export function makeSamplingTable(size: number, options: SamplingTableOptions = {}): Tensor<'float32'> {
  checkPositiveInteger('makeSamplingTable', 'size', size);
  checkOptions('makeSamplingTable', options, ['samplingFactor']);
  const factor = checkNumber('makeSamplingTable', 'samplingFactor', options.samplingFactor ?? 1e-5, {
    min: Number.MIN_VALUE,
    max: Number.MAX_VALUE,
  });
  const table = Float32Array.from({ length: size }, (_, place) => {
    const rank = Math.max(1, place);
    const f = factor * (rank * (log(rank) + GAMMA) + 0.5 - 1 / (12 * rank));
    return Math.min(1, f / Math.sqrt(f));
  });
  return new Tensor<'float32'>(table);
}
