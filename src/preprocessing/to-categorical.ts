import { describe } from '../common/describe.ts';
import { mismatch, ValueError } from '../common/errors.ts';
import { checkInteger, checkOptions } from '../common/options.ts';
import { Tensor, type TensorLike, toTensor } from '../tensor/index.ts';

export interface CategoricalOptions {
  /** Number of classes, the length of the last axis. Default: null, the greatest label + 1. */
  readonly numClasses?: number | null;
}

const OWNER = 'toCategorical';

/**
 * Class labels as rows with a single 1, for the loss `'categorical_crossentropy'`.
 *
 * ```ts
 * toCategorical([0, 2, 1]).array();              // [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
 * toCategorical([0, 1], { numClasses: 3 }).shape; // [2, 3]; toCategorical([0, 1], 3) too
 * ```
 *
 * `labels`: whole numbers from 0 in any shape (fractions are dropped); a last axis of length 1 is dropped. `numClasses`:
 * default the greatest label + 1. The result is float32 of shape [...labels, numClasses]. Throws a ValueError that names the
 * first label outside [0, numClasses). Differs from Keras: float32 (Keras 3: float64), and negative labels are an error
 * (Keras counts them from the last class).
 */
export function toCategorical(labels: TensorLike, options: CategoricalOptions | number | null = {}): Tensor<'float32'> {
  const given = typeof options === 'number' ? { numClasses: options } : (options ?? {});
  checkOptions(OWNER, given, ['numClasses']);
  const { shape, data } = toTensor(OWNER, labels, 'int32');
  if (!data.length && !given.numClasses) {
    throw mismatch(OWNER, 'at least one label', 'none', 'Pass numClasses for an empty table.');
  }
  const numClasses = given.numClasses
    ? checkInteger(OWNER, 'numClasses', given.numClasses, 1)
    : data.reduce((most, label) => Math.max(most, label), 0) + 1;
  const result = new Float32Array(data.length * numClasses);
  data.forEach((label, i) => {
    if (label < 0 || label >= numClasses) {
      throw new ValueError(
        `${OWNER}: expected labels from 0 to ${numClasses - 1}, got ${describe(label)} at label ${i}. ` +
          (label < 0 ? 'Number the classes from 0.' : `Set numClasses to at least ${label + 1}.`),
      );
    }
    result[i * numClasses + label] = 1;
  });
  const kept = shape.length > 1 && shape.at(-1) === 1 ? shape.slice(0, -1) : shape;
  return new Tensor<'float32'>(result, [...kept, numClasses]);
}
