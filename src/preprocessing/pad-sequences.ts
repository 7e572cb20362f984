import { describe } from '../common/describe.ts';
import { mismatch } from '../common/errors.ts';
import { checkChoice, checkInteger, checkNumber, checkOptions } from '../common/options.ts';
import { Tensor, type TensorLike, toTensor } from '../tensor/index.ts';

export interface PadOptions<D extends 'int32' | 'float32' = 'int32' | 'float32'> {
  /** Length of every row. Default: null, that of the longest sequence. */
  readonly maxlen?: number | null;
  /** dtype of the result. Default: `'int32'`, in which fractions are dropped. */
  readonly dtype?: D;
  /** Where short sequences are filled: before (`'pre'`, the default) or after (`'post'`) their values. */
  readonly padding?: 'pre' | 'post';
  /** Where long sequences are cut: at their beginning (`'pre'`, the default) or end (`'post'`). */
  readonly truncating?: 'pre' | 'post';
  /** The value filled in. Default: 0. */
  readonly value?: number;
}

const OWNER = 'padSequences';
const OPTIONS = ['maxlen', 'dtype', 'padding', 'truncating', 'value'] as const;
const SIDES = ['pre', 'post'] as const;

/**
 * Sequences of any lengths as a Tensor of rows of one length, filled up or cut.
 *
 * ```ts
 * const rows = padSequences([[9, 42, 7], [14, 9]], { maxlen: 4, padding: 'post' });
 * rows.array(); // [[9, 42, 7, 0], [14, 9, 0, 0]]
 * ```
 *
 * `sequences`: arrays, typed arrays or Tensors of numbers, or of samples of one shape; the result has the shape
 * [sequences, maxlen, ...sample]. `maxlen` (default: the longest), `dtype` (`'int32'`), `padding` (`'pre'`), `truncating`
 * (`'pre'`) and `value` (0) are those of {@link PadOptions}. An empty sequence becomes a row of `value`. Throws a ValueError
 * that names the position for a sequence that is none or has samples of another shape, and for unknown options and values.
 * The rules are those of Keras's pad_sequences. Differs from Keras: texts cannot be padded, `maxlen` has to be positive.
 */
export function padSequences(sequences: Iterable<TensorLike>, options?: PadOptions<'int32'>): Tensor<'int32'>;
export function padSequences<D extends 'int32' | 'float32'>(sequences: Iterable<TensorLike>, options: PadOptions<D>): Tensor<D>;
export function padSequences(sequences: Iterable<TensorLike>, options: PadOptions = {}): Tensor<'int32' | 'float32'> {
  checkOptions(OWNER, options, OPTIONS);
  const { maxlen = null, dtype = 'int32', padding = 'pre', truncating = 'pre', value = 0 } = options;
  checkChoice(OWNER, 'dtype', dtype, ['int32', 'float32']);
  checkChoice(OWNER, 'padding', padding, SIDES);
  checkChoice(OWNER, 'truncating', truncating, SIDES);
  checkNumber(OWNER, 'value', value);

  const list = listOf(sequences, dtype);
  const sample = sampleShape(list);
  const length = maxlen === null ? list.reduce((most, { shape }) => Math.max(most, shape[0]), 0) : checkInteger(OWNER, 'maxlen', maxlen, 1);
  const step = sample.reduce((product, axis) => product * axis, 1);
  const size = list.length * length * step;
  const data = dtype === 'int32' ? new Int32Array(size) : new Float32Array(size);
  data.fill(toTensor(OWNER, value, dtype).data[0]);
  list.forEach((sequence, row) => {
    const kept = Math.min(sequence.shape[0], length);
    const from = truncating === 'pre' ? sequence.shape[0] - kept : 0;
    const to = row * length + (padding === 'pre' ? length - kept : 0);
    data.set(sequence.data.subarray(from * step, (from + kept) * step), to * step);
  });
  return new Tensor<'int32' | 'float32'>(data, [list.length, length, ...sample]);
}

function listOf<D extends 'int32' | 'float32'>(sequences: unknown, dtype: D): Tensor<D>[] {
  if (typeof sequences === 'string' || typeof (sequences as Iterable<unknown> | undefined)?.[Symbol.iterator] !== 'function') {
    throw mismatch(OWNER, 'an array of sequences', describe(sequences), 'Write it like [[1, 2], [3]].');
  }
  const list = Array.from(sequences as Iterable<unknown>, (sequence, row) => {
    const isSequence = Array.isArray(sequence) || ArrayBuffer.isView(sequence) || sequence instanceof Tensor;
    if (isSequence) {
      const numbers = toTensor(`${OWNER}: sequence ${row}`, sequence, dtype);
      if (numbers.rank) return numbers;
    }
    throw mismatch(
      OWNER,
      'an array of sequences',
      `${describe(sequence)} at position [${row}]`,
      'A single sequence goes into an array: [[1, 2, 3]].',
    );
  });
  if (list.length) return list;
  throw mismatch(OWNER, 'at least one sequence', 'none', 'Check that the data were read.');
}

/** Shape of one entry of a sequence, by the first sequence that has one; the others have to agree. */
function sampleShape(list: readonly Tensor[]): readonly number[] {
  const sample = list.find(({ shape }) => shape[0] > 0)?.shape.slice(1) ?? [];
  list.forEach(({ shape }, row) => {
    const own = shape.slice(1);
    if (shape[0] > 0 && (own.length !== sample.length || own.some((axis, i) => axis !== sample[i]))) {
      throw mismatch(
        OWNER,
        `samples of shape [${sample.join(', ')}]`,
        `[${own.join(', ')}] in the sequence at position [${row}]`,
        'All samples need one shape.',
      );
    }
  });
  return sample;
}
