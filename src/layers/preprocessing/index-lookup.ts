// Base class of StringLookup and IntegerLookup: values to ids and back, one by one.
import { mismatch } from '../../common/errors.ts';
import { boolean, choice, integerFrom } from '../../common/option-types.ts';
import type { Options, OptionsOf } from '../../common/spec.ts';
import type { LayerOptions, LayerSpec, Shape } from '../base/layer.ts';
import { encode, encodedShape, samplesShape } from './encoded-shape.ts';
import type { HostKind, HostTensor } from './host-tensor.ts';
import { LookupLayer } from './lookup-layer.ts';
import { idfWeights, vocabulary } from './lookup-options.ts';
import type { Token } from './tokens.ts';

const options = {
  /** Most tokens of a vocabulary, special ones included. Default null: no limit. */
  maxTokens: [/* @__PURE__ */ integerFrom(2), null],
  /** Ids for unknown tokens; several are chosen by a hash, and with 0 an unknown token is an error. Default 1. */
  numOovIndices: [/* @__PURE__ */ integerFrom(0), 1],
  /** The tokens, when they are not to be learnt by `adapt`. */
  vocabulary: [vocabulary, null],
  /** A weight for each token of `vocabulary`, for mode 'tf_idf'. */
  idfWeights: [idfWeights, null],
  /** Whether ids go in and tokens come out. Default false. */
  invert: [boolean, false],
  /** Default 'int': ids. 'one_hot': a row for each value; 'multi_hot', 'count', 'tf_idf': a row for each sample. */
  outputMode: [/* @__PURE__ */ choice('int', 'one_hot', 'multi_hot', 'count', 'tf_idf'), 'int'],
  /** Whether rows have maxTokens columns, however many tokens there are. Default false. */
  padToMaxTokens: [boolean, false],
} as const satisfies Options;

export interface LookupOptions extends LayerOptions, OptionsOf<typeof options> {}

export abstract class IndexLookup<T extends Token> extends LookupLayer<T> {
  static override readonly spec: LayerSpec = {
    positional: ['maxTokens'],
    options,
    config: {
      constants: { sparse: false, vocabulary_size: null, oov_method: 'floormod', salt: null },
      ignored: ['vocabulary_size', 'has_input_vocabulary'],
    },
  };

  declare readonly invert: boolean;
  declare readonly numOovIndices: number;
  declare readonly maskToken: T | null;
  declare readonly oovToken: T;

  constructor(options?: LookupOptions);
  constructor(...args: readonly never[]);
  constructor(...args: readonly never[]) {
    super(...args);
    if (this.invert && this.outputMode !== 'int')
      throw mismatch(this.name, "outputMode 'int' where invert is true", `'${this.outputMode}'`);
  }

  override get takes(): HostKind {
    return this.invert ? 'integers' : this.tokenKind;
  }

  override shapeOf(data: unknown): Shape {
    return samplesShape(this.outputMode, super.shapeOf(data));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return encodedShape(this.outputMode, inputShape, this.depth);
  }

  override transform({ shape, values }: HostTensor): HostTensor {
    if (this.invert) return { shape, values: this.inverted(values as ArrayLike<number>) };
    const ids = this.idsOf(values as ArrayLike<T>);
    return encode(this.outputMode, shape, ids, this.depth, this.tokenWeights);
  }

  /** The tokens of ids. */
  protected abstract inverted(ids: ArrayLike<number>): ArrayLike<string | number>;

  protected override documents(tensor: HostTensor, isBatch: boolean): Iterable<readonly T[]> {
    return this.samples(tensor, isBatch);
  }
}
