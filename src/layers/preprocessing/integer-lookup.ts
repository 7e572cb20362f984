// IntegerLookup: integers to ids.
import { mismatch } from '../../common/errors.ts';
import { integer } from '../../common/option-types.ts';
import type { Options, OptionsOf } from '../../common/spec.ts';
import type { LayerSpec } from '../base/layer.ts';
import type { HostKind } from './host-tensor.ts';
import { IndexLookup, type LookupOptions } from './index-lookup.ts';

const options = {
  /** A token for padding: id 0 in mode 'int', left out in the others. Default null: none. */
  maskToken: [integer, null],
  /** What stands for unknown tokens in the vocabulary, and where `invert` meets an unknown id. Default -1. */
  oovToken: [integer, -1],
} as const satisfies Options;

export interface IntegerLookupOptions extends LookupOptions, OptionsOf<typeof options> {}

/**
 * Turns integers of any size into ids by a vocabulary, or into rows with a place for each: StringLookup for integers.
 *
 * ```js
 * const lookup = new layers.IntegerLookup({ vocabulary: [12, 36, 1138, 42] });
 * lookup.apply([[12, 1138, 42], [42, 1000, 36]]).array(); // [[1, 3, 4], [4, 0, 2]]
 * ```
 * Of several ids for unknown integers each gets its remainder. With `invert` ids go in and integers come out.
 * Where it differs from Keras: ids are int32, integers may go up to 2^53 and those of `invert` up to 2^31; a layer without a
 * vocabulary is an error.
 * @throws ValueError when an option or the data do not fit, or an integer is unknown and `numOovIndices` is 0.
 */
export class IntegerLookup extends IndexLookup<number> {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.IntegerLookup',
    options,
    config: { constants: { vocabulary_dtype: 'int64' } },
  };

  constructor(options?: IntegerLookupOptions);
  constructor(maxTokens: number | null, options?: Omit<IntegerLookupOptions, 'maxTokens'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override get tokenKind(): HostKind {
    return 'integers';
  }

  protected override inverted(ids: ArrayLike<number>): Int32Array {
    return Int32Array.from(this.tokensOf(ids), (token) => {
      if ((token | 0) === token) return token;
      throw mismatch(this.name, 'integers of 32 bits where invert is true', token, 'Use a StringLookup of its digits.');
    });
  }
}
