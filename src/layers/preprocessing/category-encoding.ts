// CategoryEncoding: ids as rows of 0 and 1, or of counts.
import { choice, positiveInteger } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { sizeOf } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import { encodeIds } from '../../primitives/encoding.ts';
import { reshape } from '../../primitives/layout.ts';
import { toInt } from '../../primitives/unary.ts';
import { Layer, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';
import { no } from '../base/option-types.ts';

/** How ids become numbers: a row for each id, a 1 for each id that a sample has, or how often it has it. */
export type EncodingMode = 'one_hot' | 'multi_hot' | 'count';

const options = {
  /** Number of ids: they are 0 to numTokens - 1. */
  numTokens: [positiveInteger],
  /**
   * 'multi_hot' (the default) gives each sample a row with 1 at the ids it has, 'count' one with how often it has them,
   * 'one_hot' gives each id a row.
   */
  outputMode: [/* @__PURE__ */ choice('one_hot', 'multi_hot', 'count'), 'multi_hot'],
  /** Sparse output; false is the only value here. */
  sparse: [no, false],
} as const satisfies Options;

export interface CategoryEncodingOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface CategoryEncoding extends ValuesOf<typeof options> {}

/**
 * Encodes ids: `[batch, length]` becomes `[batch, numTokens]`, or with 'one_hot' `[batch, length, numTokens]`.
 *
 * ```js
 * new layers.CategoryEncoding(4, 'count').apply(tensor([[0, 2, 2]])).array(); // [[1, 0, 2, 0]]
 * ```
 * 'one_hot' drops a last axis of length 1. Where it differs from Keras: there are no weights for the counts, and no sparse
 * output; several axes before the last are kept.
 * @throws ValueError when `numTokens` is not a positive integer, or an id is out of range.
 */
export class CategoryEncoding extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.CategoryEncoding',
    positional: ['numTokens', 'outputMode', 'sparse'],
    options,
    config: { omitted: ['sparse'], unsupported: ['sparse'] },
  };

  constructor(options: CategoryEncodingOptions);
  constructor(numTokens: number, outputMode?: EncodingMode, options?: LayerOptions);
  constructor(numTokens: number, options?: Omit<CategoryEncodingOptions, 'numTokens'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override get inputDtype(): 'int32' {
    return 'int32';
  }

  override call(ids: Value): Value {
    currentTrace().requireIds(ids, this.numTokens, this.name, 'numTokens');
    return encode(toInt(ids), this.numTokens, this.outputMode);
  }
}

/** The axes before those that an encoding takes together. */
function outerAxes<T extends Shape>(shape: T, mode: EncodingMode): Shape {
  if (mode !== 'one_hot') return shape.slice(0, -1);
  return shape.length > 1 && shape.at(-1) === 1 ? shape.slice(0, -1) : shape;
}

/** The shape of an encoding of ids of this shape. */
export const encodedShape = (shape: Shape, tokens: number, mode: EncodingMode): Shape => [...outerAxes(shape, mode), tokens];

/** int32 ids encoded. */
export function encode(ids: Value, tokens: number, mode: EncodingMode): Value {
  const outer = outerAxes(ids.shape, mode) as number[];
  const rows = sizeOf(outer);
  const length = mode === 'one_hot' ? 1 : (ids.shape.at(-1) ?? 1);
  return reshape(encodeIds(reshape(ids, [rows, length]), tokens, mode === 'count'), [...outer, tokens]);
}
