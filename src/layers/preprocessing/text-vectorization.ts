// TextVectorization: texts to the ids of their words.
import { mismatch } from '../../common/errors.ts';
import { boolean, choice, integerFrom, type OptionType, positiveInteger } from '../../common/option-types.ts';
import { checkChoice, describe } from '../../common/options.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { describeShape, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';
import { countInto } from './encoded-shape.ts';
import type { HostKind, HostTensor } from './host-tensor.ts';
import { LookupLayer } from './lookup-layer.ts';
import { idfWeights, vocabulary } from './lookup-options.ts';
import { ngramsOf, type Split, type Standardize, standardizer, textSplitter } from './text-rules.ts';

/** A rule by name, a function of the user's, or null for none. */
const rule = <Rule>(choices: readonly Extract<Rule, string>[]): OptionType<Rule> => ({
  read: (owner, name, value) =>
    (value === null || typeof value === 'function' ? value : checkChoice(owner, name, value, choices as readonly string[])) as Rule,
  nullable: true,
});

const ngrams: OptionType<number | readonly number[]> = {
  read: (owner, name, value) => {
    const widths = Array.isArray(value) ? value : [value];
    if (widths.length > 0 && widths.every((width) => Number.isSafeInteger(width) && width > 0)) return value as number | readonly number[];
    throw mismatch(owner, `${name} to be a positive integer or an array of them`, describe(value));
  },
};

const options = {
  /** Most tokens of the vocabulary, '' and '[UNK]' included. Default null: no limit. */
  maxTokens: [/* @__PURE__ */ integerFrom(2), null],
  /** Standardization of a text. Default 'lower_and_strip_punctuation'; a function takes and returns one text; null: nothing. */
  standardize: [
    /* @__PURE__ */ rule<Standardize>(['lower_and_strip_punctuation', 'lower', 'strip_punctuation']),
    'lower_and_strip_punctuation',
  ],
  /** How a text is split. Default 'whitespace'; a function takes one text and returns its parts; null: a text is a token. */
  split: [/* @__PURE__ */ rule<Split>(['whitespace', 'character']), 'whitespace'],
  /** Runs of tokens that become tokens: all lengths up to a number, or the lengths listed. Default null: single tokens. */
  ngrams: [ngrams, null],
  /** Default 'int': ids in order. 'multi_hot', 'count', 'tf_idf': a row with a place for each token. */
  outputMode: [/* @__PURE__ */ choice('int', 'multi_hot', 'count', 'tf_idf'), 'int'],
  /** Number of ids of a text: longer ones lose their end, shorter ones end in 0. Default null: that of the longest text. */
  outputSequenceLength: [positiveInteger, null],
  /** Whether rows have maxTokens columns, however many tokens there are. Default false. */
  padToMaxTokens: [boolean, false],
  /** The tokens, when they are not to be learnt by `adapt`. */
  vocabulary: [vocabulary, null],
  /** A weight for each token of `vocabulary`, for mode 'tf_idf'. */
  idfWeights: [idfWeights, null],
} as const satisfies Options;

export interface TextVectorizationOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface TextVectorization extends Pick<ValuesOf<typeof options>, 'standardize' | 'split' | 'ngrams' | 'outputSequenceLength'> {}

/**
 * Turns texts into the ids of their words: `[batch]` or `[batch, 1]` texts become `[batch, length]` of int32, or rows of float32
 * with a place for each token.
 *
 * ```js
 * const vectorization = new layers.TextVectorization({ outputSequenceLength: 4 });
 * vectorization.adapt(['foo bar', 'bar baz', 'baz bada boom']);
 * vectorization.getVocabulary(); // ['', '[UNK]', 'baz', 'bar', 'foo', 'boom', 'bada']
 * vectorization.apply(['foo qux bar', 'qux baz']).array(); // [[4, 1, 3, 0], [1, 2, 0, 0]]
 * ```
 * Id 0 is padding and 1 an unknown token; the other modes have a column 0 for unknown tokens and none for padding. The steps
 * are those of Keras: ASCII letters are lowered, ASCII punctuation is deleted (`don't` becomes `dont`), ASCII white space
 * splits. In 'tf_idf' a token weighs ln(1 + documents / (1 + documents with it)), an unknown one the mean of all. In a model it
 * stands first, or directly behind an `Input({ shape: [1], dtype: 'string' })`, and `fit` and `predict` take texts.
 * Where it differs from Keras: functions take one text at a time; a model pads to the longest text of the data it is given, not of
 * each batch; a layer without a vocabulary is an error; vocabulary files, ragged and sparse tensors are not read or made.
 * @throws ValueError when an option or the data do not fit.
 */
export class TextVectorization extends LookupLayer<string> {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.TextVectorization',
    positional: ['maxTokens'],
    options,
    vocabularyGroups: ['_lookup_layer'],
    config: {
      constants: { sparse: false, ragged: false, encoding: 'utf-8' },
      ignored: ['vocabulary_size', 'has_input_vocabulary'],
    },
  };

  constructor(options?: TextVectorizationOptions);
  constructor(maxTokens: number | null, options?: Omit<TextVectorizationOptions, 'maxTokens'>);
  constructor(...args: readonly never[]) {
    super(...args);
    if (this.outputMode !== 'int' && this.outputSequenceLength !== null)
      throw mismatch(this.name, `no outputSequenceLength in outputMode '${this.outputMode}'`, this.outputSequenceLength);
    this.adapted();
  }

  get numOovIndices(): number {
    return 1;
  }

  get maskToken(): string {
    return '';
  }

  get oovToken(): string {
    return '[UNK]';
  }

  get invert(): boolean {
    return false;
  }

  override get takes(): HostKind {
    return 'texts';
  }

  override get tokenKind(): HostKind {
    return 'texts';
  }

  /** A model can be built as soon as the shape of the output is known, since texts come as [batch]. */
  protected override adapted(): void {
    if (this.split !== null && this.hasDepth) this.batchInputShape ??= [null];
  }

  /** Whether ids keep the shape of the texts, each of which is a token. */
  private get keepsShape(): boolean {
    return this.split === null && this.ngrams === null && this.outputMode === 'int' && this.outputSequenceLength === null;
  }

  /** The axes that lead to a text, or to a row of tokens where texts are not split. */
  private outerShape(shape: Shape): Shape {
    if (shape.length <= 1) return shape;
    if (this.split !== null && shape.at(-1) !== 1) {
      throw mismatch(this.name, 'texts of shape [batch] or [batch, 1]', describeShape(shape), 'Join the parts, or set split: null.');
    }
    return shape.slice(0, -1);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    if (this.keepsShape) return inputShape;
    const outer = this.outerShape(inputShape);
    if (this.outputMode !== 'int') return [...outer, this.depth];
    const isWhole = this.split === null && this.ngrams === null;
    const length = isWhole ? (inputShape.length > 1 ? (inputShape.at(-1) ?? null) : 1) : null;
    return [...outer, this.outputSequenceLength ?? length];
  }

  override transform(tensor: HostTensor): HostTensor {
    const { shape, values } = tensor;
    if (this.keepsShape)
      return { shape, values: this.idsOf(Array.from(values as ArrayLike<string>, standardizer(this.name, this.standardize))) };
    const outer = this.outerShape(shape) as readonly number[];
    const rows = Array.from(this.tokenRows(tensor), (tokens) => this.idsOf(tokens));
    if (this.outputMode !== 'int') {
      const depth = this.depth as number;
      const encoded = new Float32Array(rows.length * depth);
      for (const [i, ids] of rows.entries())
        countInto(encoded.subarray(i * depth, (i + 1) * depth), ids, this.outputMode, this.tokenWeights);
      return { shape: [...outer, depth], values: encoded };
    }
    const length = this.outputSequenceLength ?? rows.reduce((most, ids) => Math.max(most, ids.length), 0);
    const padded = new Int32Array(rows.length * length);
    for (const [i, ids] of rows.entries()) padded.set(ids.subarray(0, length), i * length);
    return { shape: [...outer, length], values: padded };
  }

  /** The tokens of each text; of each row of texts where they are not split. One at a time, since there may be millions. */
  private *tokenRows(tensor: HostTensor): Generator<readonly string[]> {
    const standardize = standardizer(this.name, this.standardize);
    const widths = typeof this.ngrams === 'number' ? Array.from({ length: this.ngrams }, (_, i) => i + 1) : this.ngrams;
    const withNgrams = (tokens: readonly string[]) => (widths ? ngramsOf(tokens, widths) : tokens);
    if (this.split === null) {
      for (const texts of this.samples(tensor, false)) yield withNgrams(texts.map(standardize));
      return;
    }
    const split = textSplitter(this.name, this.split);
    this.outerShape(tensor.shape);
    for (let i = 0; i < tensor.values.length; i++) yield withNgrams(split(standardize(tensor.values[i] as string)));
  }

  protected override documents(tensor: HostTensor): Iterable<readonly string[]> {
    return this.tokenRows(tensor);
  }
}
