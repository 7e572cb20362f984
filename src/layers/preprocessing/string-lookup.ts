// StringLookup: texts to ids.
import type { Options, OptionsOf } from '../../common/spec.ts';
import type { LayerSpec } from '../base/layer.ts';
import type { HostKind } from './host-tensor.ts';
import { IndexLookup, type LookupOptions } from './index-lookup.ts';
import { anyText } from './lookup-options.ts';

const options = {
  /** A token for padding: id 0 in mode 'int', left out in the others. Default null: none. */
  maskToken: [anyText, null],
  /** What stands for unknown tokens in the vocabulary, and where `invert` meets an unknown id. Default '[UNK]'. */
  oovToken: [anyText, '[UNK]'],
} as const satisfies Options;

export interface StringLookupOptions extends LookupOptions, OptionsOf<typeof options> {}

/**
 * Turns texts into ids by a vocabulary, or into rows with a place for each: `[batch, ...]` keeps its shape in mode 'int'.
 *
 * ```js
 * const lookup = new layers.StringLookup({ vocabulary: ['a', 'b', 'c', 'd'] });
 * lookup.apply([['a', 'c', 'd'], ['d', 'z', 'b']]).array(); // [[1, 3, 4], [4, 0, 2]]
 * ```
 * Ids run: the mask token (0, if there is one), unknown texts, then the vocabulary, which `adapt` learns from data. Ids are
 * int32, rows float32. With `invert` ids go in and `apply<string[][]>` gives texts. In a model it stands first, or directly
 * behind an `Input({ dtype: 'string' })`.
 * Where it differs from Keras: ids are int32; texts come out as strings in nested arrays; a layer without a vocabulary is
 * an error; files of tokens, sparse tensors and other encodings are not read.
 * @throws ValueError when an option or the data do not fit, or a text is unknown and `numOovIndices` is 0.
 */
export class StringLookup extends IndexLookup<string> {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.StringLookup',
    options,
    config: { constants: { encoding: 'utf-8' } },
  };

  constructor(options?: StringLookupOptions);
  constructor(maxTokens: number | null, options?: Omit<StringLookupOptions, 'maxTokens'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override get tokenKind(): HostKind {
    return 'texts';
  }

  override get outputDtype(): 'float32' | 'int32' | 'string' {
    return this.invert ? 'string' : super.outputDtype;
  }

  protected override inverted(ids: ArrayLike<number>): string[] {
    return this.tokensOf(ids);
  }
}
