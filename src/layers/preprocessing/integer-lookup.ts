// Integers to ids.
import { ValueError } from '../../common/errors.ts';
import { integer, type Spec } from '../../common/spec.ts';
import type { TableKind } from './host-tensor.ts';
import { IndexLookup, type LookupOptions } from './index-lookup.ts';
import { lookupFields } from './lookup-options.ts';

export interface IntegerLookupOptions extends LookupOptions<number> {
  /** Default -1. */
  oovToken?: number;
}

const spec: Spec = {
  className: 'IntegerLookup',
  positional: ['maxTokens'],
  fields: { ...lookupFields, maskToken: [integer, null], oovToken: [integer, -1] },
};

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
  constructor(options?: IntegerLookupOptions);
  constructor(maxTokens: number | null, options?: Omit<IntegerLookupOptions, 'maxTokens'>);
  constructor(...args: readonly unknown[]) {
    super(spec, args);
  }

  override get tokenKind(): TableKind {
    return 'integers';
  }

  protected override inverted(ids: ArrayLike<number>): Int32Array {
    return Int32Array.from(this.tokensOf(ids), (token) => {
      if ((token | 0) === token) return token;
      throw new ValueError(
        `${this.name}: expected integers of 32 bits where invert is true, got ${token}. Use a StringLookup of its digits.`,
      );
    });
  }
}
