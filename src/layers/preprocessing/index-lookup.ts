// Values one by one to ids and back: what StringLookup and IntegerLookup share.
import { ValueError } from '../../common/errors.ts';
import type { Spec } from '../../common/spec.ts';
import type { LayerData, LayerOptions, Shape } from '../base/layer.ts';
import { type EncodeMode, encode, encodedShape, samplesShape } from './encoded-shape.ts';
import type { Table, TableKind } from './host-tensor.ts';
import { LookupLayer } from './lookup-layer.ts';
import type { Token } from './tokens.ts';

export interface LookupOptions<T> extends LayerOptions {
  /** Most tokens of a vocabulary, special ones included. Default null: no limit. */
  maxTokens?: number | null;
  /** Ids for unknown tokens; several are chosen by a hash, and with 0 an unknown token is an error. Default 1. */
  numOovIndices?: number;
  /** A token for padding: id 0 in mode 'int', left out in the others. Default null: none. */
  maskToken?: T | null;
  /** What stands for unknown tokens in the vocabulary, and where `invert` meets an unknown id. */
  oovToken?: T;
  /** The tokens, when they are not to be learnt by `adapt`. */
  vocabulary?: readonly T[] | LayerData | null;
  /** A weight for each token of `vocabulary`, for mode 'tf_idf'. */
  idfWeights?: readonly number[] | LayerData | null;
  /** Whether ids go in and tokens come out. Default false. */
  invert?: boolean;
  /** Default 'int': ids. 'one_hot': a row for each value; 'multi_hot', 'count', 'tf_idf': a row for each sample. */
  outputMode?: EncodeMode;
  /** Whether rows have maxTokens columns, however many tokens there are. Default false. */
  padToMaxTokens?: boolean;
}

export abstract class IndexLookup<T extends Token> extends LookupLayer<T> {
  declare readonly invert: boolean;
  declare readonly numOovIndices: number;
  declare readonly maskToken: T | null;
  declare readonly oovToken: T;

  constructor(spec: Spec, args: readonly unknown[]) {
    super(spec, args);
    if (this.invert && this.outputMode !== 'int')
      throw new ValueError(`${this.name}: expected outputMode 'int' where invert is true, got '${this.outputMode}'.`);
  }

  override get takes(): TableKind {
    return this.invert ? 'integers' : this.tokenKind;
  }

  override shapeOf(data: unknown): Shape {
    return samplesShape(this.outputMode, super.shapeOf(data));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return encodedShape(this.outputMode, inputShape, this.depth);
  }

  override transform({ shape, values }: Table): Table {
    if (this.invert) return { shape, values: this.inverted(values as ArrayLike<number>) };
    const ids = this.idsOf(values as ArrayLike<T>);
    return encode(this.outputMode, shape, ids, this.depth, this.tokenWeights);
  }

  /** The tokens of ids, as they are given out. */
  protected abstract inverted(ids: ArrayLike<number>): ArrayLike<string | number>;

  protected override documents(table: Table, isBatch: boolean): Iterable<readonly T[]> {
    return this.samples(table, isBatch);
  }
}
