// Base class of layers with a vocabulary: StringLookup, IntegerLookup and TextVectorization.
import { mismatch, type ValueError } from '../../common/errors.ts';
import { checkOptions, describe } from '../../common/options.ts';
import { Tensor } from '../../tensor/index.ts';
import type { LayerData, LayerOptions } from '../base/layer.ts';
import { type AdaptOptions, adapt } from './adaptation.ts';
import { DROPPED, type EncodeMode } from './encoded-shape.ts';
import { fastBucket } from './fingerprint.ts';
import { evenParts, type HostKind, type HostTensor, rowsOf, toHostTensor } from './host-tensor.ts';
import { PreprocessingLayer } from './preprocessing-layer.ts';
import { type Token, TokenCounter } from './tokens.ts';

/** Tokens by id, with a weight for each in mode 'tf_idf'. */
export interface Learnt<T> {
  readonly tokens: readonly T[];
  readonly weights: readonly number[] | null;
}

export abstract class LookupLayer<T extends Token> extends PreprocessingLayer {
  declare readonly maxTokens: number | null;
  declare readonly outputMode: EncodeMode;
  declare readonly padToMaxTokens: boolean;
  /** The tokens of the option or of `adapt`: what a config holds. */
  declare vocabulary: readonly T[] | null;
  /** Their weights in mode 'tf_idf'. */
  declare idfWeights: readonly number[] | null;
  abstract readonly numOovIndices: number;
  abstract readonly maskToken: T | null;
  abstract readonly oovToken: T;
  abstract readonly invert: boolean;
  /** All tokens by id, special ones included. */
  private tokens: readonly T[] | undefined;
  private ids: ReadonlyMap<T, number> = new Map();
  /** @internal A weight for each of `tokens`. */
  tokenWeights: readonly number[] | null = null;
  private readonly hasOwnVocabulary: boolean;
  /** Number of columns that other layers rely on. */
  private usedDepth: number | undefined;

  constructor(options?: LayerOptions);
  constructor(...args: readonly never[]);
  constructor(...args: readonly never[]) {
    super(...args);
    const { vocabulary, idfWeights } = this;
    if (this.padToMaxTokens && this.maxTokens === null)
      throw mismatch(this.name, 'maxTokens beside padToMaxTokens', 'none', 'Set maxTokens.');
    if (idfWeights && !vocabulary) throw mismatch(this.name, 'a vocabulary beside idfWeights', 'none', 'Pass vocabulary, or call adapt.');
    this.hasOwnVocabulary = vocabulary !== null;
    this.vocabulary = null;
    this.idfWeights = null;
    if (vocabulary) this.setVocabulary(vocabulary, idfWeights);
  }

  /** @internal The type of tokens. */
  abstract get tokenKind(): HostKind;

  /** @internal The tokens of each document in data; `isBatch` says that the data are an element of a dataset. */
  protected abstract documents(data: HostTensor, isBatch: boolean): Iterable<readonly T[]>;

  override get outputDtype(): 'float32' | 'int32' | 'string' {
    return this.outputMode === 'int' ? 'int32' : 'float32';
  }

  /** Where the out-of-vocabulary ids begin, behind the one of the mask token. */
  private get oovStart(): number {
    return this.maskToken !== null && this.outputMode === 'int' ? 1 : 0;
  }

  private get tokenStart(): number {
    return this.oovStart + this.numOovIndices;
  }

  private get specialTokens(): T[] {
    return [...Array<T>(this.oovStart).fill(this.maskToken as T), ...Array<T>(this.numOovIndices).fill(this.oovToken)];
  }

  /**
   * The tokens by id.
   *
   * ```js
   * new layers.StringLookup({ vocabulary: ['a', 'b'] }).getVocabulary(); // ['[UNK]', 'a', 'b']
   * ```
   * `includeSpecialTokens`: whether the mask token and those for unknown ones lead. Default true.
   */
  getVocabulary(options: { includeSpecialTokens?: boolean } = {}): T[] {
    checkOptions(`${this.name}.getVocabulary`, options, ['includeSpecialTokens']);
    const all = this.tokens ?? this.specialTokens;
    return all.slice(options.includeSpecialTokens === false ? this.tokenStart : 0);
  }

  /** Number of tokens, special ones included. */
  vocabularySize(): number {
    return this.tokens?.length ?? this.tokenStart;
  }

  /**
   * Replaces the vocabulary; in mode 'tf_idf' with the weight of each token.
   *
   * ```js
   * lookup.setVocabulary(['a', 'b', 'c']);
   * ```
   * The special tokens may lead, in their order, or be left out; left out, the unknown get the mean weight.
   * @throws ValueError when a token is repeated or reserved, there are too many, or weights are missing or not asked for.
   */
  setVocabulary(vocabulary: LayerData, idfWeights?: LayerData | null): void {
    const owner = `${this.name}.setVocabulary`;
    const { shape, values } = toHostTensor(owner, vocabulary, this.tokenKind);
    if (shape.length !== 1 || shape[0] === 0) throw mismatch(owner, 'an array of at least one token', describe(vocabulary));
    const all = Array.from(values) as T[];
    const special = this.specialTokens;
    const hasSpecial = special.every((token, i) => token === all[i]);
    const tokens = hasSpecial ? all.slice(special.length) : all;
    this.checkTokens(owner, tokens);
    const weights = this.readWeights(owner, idfWeights ?? null, all.length);
    const front = hasSpecial || !weights ? [] : Array<number>(this.tokenStart).fill(mean(weights));
    this.install(tokens, weights && [...front, ...weights]);
    this.vocabulary = all;
    this.idfWeights = weights;
  }

  private checkTokens(owner: string, tokens: readonly T[]): void {
    if (new Set(tokens).size < tokens.length) {
      const repeated = tokens.find((token, i) => tokens.indexOf(token) !== i);
      throw mismatch(owner, 'each token once', `${describe(repeated)} again`, 'Take the second one out.');
    }
    for (const [token, what] of [
      [this.maskToken, 'mask token'],
      [this.invert ? this.oovToken : null, 'token for unknown ones'],
    ] as const) {
      if (token === null || !tokens.includes(token)) continue;
      throw mismatch(
        owner,
        `the ${what} ${describe(token)} at the start or nowhere`,
        'it among the others',
        `Leave the special tokens out, or begin with ${this.specialTokens.map(describe).join(', ')}.`,
      );
    }
    const size = this.tokenStart + tokens.length;
    if (this.maxTokens !== null && size > this.maxTokens)
      throw mismatch(owner, `at most maxTokens ${this.maxTokens} tokens`, `${size} with the special ones`);
  }

  private readWeights(owner: string, idfWeights: LayerData | null, count: number): number[] | null {
    if (this.outputMode !== 'tf_idf') {
      if (idfWeights === null) return null;
      throw mismatch(owner, `no idfWeights in outputMode '${this.outputMode}'`, 'some', "Use outputMode 'tf_idf'.");
    }
    const list = idfWeights instanceof Tensor ? idfWeights.data : idfWeights;
    const weights = Array.isArray(list) || ArrayBuffer.isView(list) ? Array.from(list as ArrayLike<unknown>) : [];
    if (weights.length !== count || !weights.every(Number.isFinite))
      throw mismatch(owner, `idfWeights as ${count} numbers, one for each token given`, describe(idfWeights));
    return weights as number[];
  }

  private install(tokens: readonly T[], weights: readonly number[] | null): void {
    const size = this.tokenStart + tokens.length;
    if (this.usedDepth !== undefined && this.usedDepth !== size) {
      throw mismatch(
        this.name,
        `${this.usedDepth} tokens again, since the layer is in use`,
        size,
        'Adapt it before it is used, or set maxTokens and padToMaxTokens.',
      );
    }
    this.ids = new Map(tokens.map((token, i) => [token, this.tokenStart + i]));
    this.tokens = [...this.specialTokens, ...tokens];
    this.tokenWeights = weights;
    this.adapted();
  }

  /** @internal The learnt vocabulary, special tokens included; undefined where there is none, or the config holds it. */
  get learnt(): Learnt<T> | undefined {
    return this.tokens && this.vocabulary === null ? { tokens: this.tokens, weights: this.tokenWeights } : undefined;
  }

  /** @internal Takes what another layer learnt. */
  restore({ tokens, weights }: Learnt<T>): void {
    const owner = `${this.name}: the vocabulary`;
    const special = this.specialTokens;
    if (!special.every((token, i) => token === tokens[i]))
      throw mismatch(owner, `${special.map(describe).join(', ')} at the start`, describe(tokens[0]));
    const ordinary = tokens.slice(special.length);
    this.checkTokens(owner, ordinary);
    this.install(ordinary, this.readWeights(owner, weights, tokens.length));
  }

  /** @internal Called when there is a new vocabulary. */
  protected adapted(): void {}

  /**
   * Learns the vocabulary from data: the most frequent tokens, of equally frequent ones the last in byte order first.
   *
   * ```js
   * vectorization.adapt(['the food was good', 'the service was not']);
   * await vectorization.adapt(Dataset.textLines('reviews.txt').batch(100));
   * ```
   * Data are an array of samples, an iterable of batches, or a dataset (or another async iterable) of batches, which gives a
   * promise. `steps`: how many batches to take of the latter two. Default: all. What was learnt before is forgotten.
   * @throws ValueError when the layer was made with a vocabulary, the data do not fit, or hold no token; nothing changes then.
   */
  adapt(data: AsyncIterable<unknown>, options?: AdaptOptions): Promise<void>;
  adapt(data: string | LayerData | Iterable<unknown>, options?: AdaptOptions): void;
  adapt(data: unknown, options: AdaptOptions = {}): Promise<void> | void {
    const owner = `${this.name}.adapt`;
    if (this.hasOwnVocabulary)
      throw mismatch(owner, 'a layer made without a vocabulary', 'one with it', 'Make another layer, or call setVocabulary.');
    const counter = new TokenCounter<T>(this.outputMode === 'tf_idf');
    const count = (batch: unknown, isBatch: boolean) => {
      for (const part of evenParts(batch)) {
        for (const document of this.documents(toHostTensor(owner, part, this.tokenKind), isBatch)) counter.add(document);
      }
    };
    return adapt(owner, data, options, count, () => this.learn(counter));
  }

  private learn(counter: TokenCounter<T>): void {
    const most = this.maxTokens === null ? Infinity : Math.max(0, this.maxTokens - this.tokenStart);
    const tokens = counter.ranked([this.maskToken, this.oovToken], most);
    if (tokens.length === 0) throw mismatch(`${this.name}.adapt`, 'data with tokens', 'none', 'Check the data, and maxTokens.');
    const weights = this.outputMode === 'tf_idf' ? tokens.map((token) => counter.inverseDocumentFrequency(token)) : null;
    this.install(tokens, weights && [...Array<number>(this.tokenStart).fill(Math.fround(mean(weights))), ...weights]);
    // Weights of the special tokens make sense beside these only.
    this.vocabulary = weights ? this.getVocabulary() : tokens;
    this.idfWeights = this.tokenWeights;
  }

  /** Whether the number of columns is known. */
  protected get hasDepth(): boolean {
    return this.outputMode === 'int' || this.padToMaxTokens || this.tokens !== undefined;
  }

  /** Number of columns of the modes other than 'int'; null where it is not known yet. */
  protected get depth(): number | null {
    if (this.outputMode === 'int') return null;
    if (this.padToMaxTokens) return this.maxTokens;
    this.usedDepth = this.tokens?.length;
    return this.usedDepth ?? null;
  }

  private withoutVocabulary(): ValueError {
    return mismatch(this.name, 'a vocabulary', 'none yet', 'Call adapt(data) first, or pass vocabulary.');
  }

  /** The ids of tokens. */
  protected idsOf(tokens: ArrayLike<T>): Int32Array {
    if (!this.tokens) throw this.withoutVocabulary();
    const { ids, maskToken } = this;
    const masked = this.outputMode === 'int' ? 0 : DROPPED;
    const result = new Int32Array(tokens.length);
    for (let i = 0; i < result.length; i++) {
      const token = tokens[i];
      result[i] = token === maskToken ? masked : (ids.get(token) ?? this.unknownId(token));
    }
    return result;
  }

  private unknownId(token: T): number {
    const { numOovIndices, oovStart } = this;
    if (numOovIndices === 0)
      throw mismatch(this.name, 'tokens of the vocabulary', describe(token), 'Set numOovIndices to 1 to allow others.');
    return numOovIndices === 1 ? oovStart : oovStart + bucket(token, numOovIndices);
  }

  /** The tokens of ids, the other way round. */
  protected tokensOf(ids: ArrayLike<number>): T[] {
    const { tokens } = this;
    if (!tokens) throw this.withoutVocabulary();
    return Array.from(ids, (id) => tokens[id] ?? this.oovToken);
  }

  /** Samples as documents: rows, or single values; in a dataset an array of values is one sample. */
  protected samples(tensor: HostTensor, isBatch: boolean): T[][] {
    return rowsOf<T>(tensor.shape.length === 1 && !isBatch ? { ...tensor, shape: [...tensor.shape, 1] } : tensor);
  }
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

/** Which of several ids an unknown token gets: by FarmHash64, or a number's remainder. */
const bucket = (token: Token, buckets: number): number =>
  typeof token === 'string' ? fastBucket(token, buckets) : ((token % buckets) + buckets) % buckets;
