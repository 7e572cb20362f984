// A penalty on rows or columns that point the same way.
import { mismatch } from '../common/errors.ts';
import { choice, nonNegative } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import { shapeText } from '../graph/shape.ts';
import type { Value } from '../graph/value.ts';
import { onOperands } from '../ops/dispatch.ts';
import { asFloat } from '../ops/dtypes.ts';
import type { Operand, OpResult } from '../ops/operand.ts';
import { subtract } from '../primitives/binary.ts';
import { matmul } from '../primitives/matmul.ts';
import { normalizeLength } from '../primitives/normalize.ts';
import { sum } from '../primitives/reduce.ts';
import { absolute, affine, square } from '../primitives/unary.ts';
import { Regularizer } from './regularizer.ts';

const options = {
  /** The factor, 0.01 by default. */
  factor: [nonNegative, 0.01],
  /** What is to be orthogonal, `'rows'` by default. */
  mode: [/* @__PURE__ */ choice('rows', 'columns'), 'rows'],
} as const satisfies Options;

/** Options of {@link OrthogonalRegularizer}. */
export interface OrthogonalRegularizerOptions extends OptionsOf<typeof options> {}

export interface OrthogonalRegularizer extends ValuesOf<typeof options> {}

/**
 * factor times the mean |cosine| of each two rows (or columns) of a matrix: `new regularizers.OrthogonalRegularizer(0.01)`.
 *
 * `factor` is at least 0 and 0.01 by default; `mode` is `'rows'` (default) or `'columns'`. Anything else, and a weight that is
 * no matrix, is a ValueError.
 */
export class OrthogonalRegularizer extends Regularizer {
  static override readonly spec: Spec = { keras: 'keras.regularizers.OrthogonalRegularizer', positional: ['factor'], options };

  constructor(factorOrOptions?: number | OrthogonalRegularizerOptions, options?: OrthogonalRegularizerOptions) {
    super(factorOrOptions, options);
  }

  call<A extends Operand>(x: A): OpResult<A> {
    return onOperands(this.className, { x }, ({ x: value }: { x: Value }) => this.#penalty(asFloat(value)));
  }

  #penalty(value: Value): Value {
    if (value.shape.length !== 2) {
      throw mismatch(this.className, 'a matrix', `shape ${shapeText(value.shape)}`, 'Regularize a weight of two axes.');
    }
    const rows = this.mode === 'rows';
    const unit = normalizeLength(value, rows ? 1 : 0);
    const product = matmul(unit, unit, !rows, rows);
    const pairs = (product.shape[0] * (product.shape[0] - 1)) / 2;
    // The diagonal holds the squared lengths, so that the rest of the sum needs no mask.
    const others = subtract(sum(absolute(product)), sum(square(unit)));
    return affine(others, (this.factor * 0.5) / pairs, 0);
  }
}
