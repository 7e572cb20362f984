// Multi-head attention.
import { mismatch } from '../../common/errors.ts';
import { boolean, fraction, type OptionType, positiveInteger } from '../../common/option-types.ts';
import { checkInteger, checkPositiveInteger, describe } from '../../common/options.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import type * as initializers from '../../initializers/index.ts';
import { RandomInitializer } from '../../initializers/random.ts';
import { expandDims, reshape, transpose } from '../../primitives/layout.ts';
import { matmul } from '../../primitives/matmul.ts';
import { drawKey, dropout } from '../../primitives/random.ts';
import { affine } from '../../primitives/unary.ts';
import { SeedGenerator } from '../../random/seed.ts';
import type { Layer, LayerInput, LayerOptions, LayerOutput, LayerSpec, Shape, Shapes } from '../base/layer.ts';
import { constraint, initializer, regularizer, seed } from '../base/option-types.ts';
import { isShapeList } from '../base/shape.ts';
import { type AttentionApplyOptions, type AttentionCallOptions, AttentionLayer, allOf, lowerTriangle } from './attention-layer.ts';
import { expandAttentionMask, maskedSoftmax, perHead } from './attention-mask.ts';
import { FoldedAxes } from './folded-axes.ts';
import { Projection } from './projection.ts';

export interface MultiHeadApplyOptions extends AttentionApplyOptions {
  /** [batch, query's steps, value's steps], with an axis of heads behind the batch if these differ: 1 where may be looked, 0 elsewhere. */
  attentionMask?: LayerInput | null;
}

type WithScores = MultiHeadApplyOptions & { returnAttentionScores: true };

const each = (check: (owner: string, name: string, value: unknown) => number): OptionType<number | readonly number[]> => ({
  read: (owner, name, value) => {
    if (!Array.isArray(value)) return check(owner, name, value);
    if (value.length > 0) return value.map((one) => check(owner, name, one));
    throw mismatch(owner, `${name} to be a number or several`, describe(value), 'Leave it out for its default.');
  },
});
const axis = (owner: string, name: string, value: unknown): number => checkInteger(owner, name, value, Number.MIN_SAFE_INTEGER);

/** A copy for each weight: without a seed, weights of the same shape start from different values. */
function copyInitializer(initializer: initializers.Initializer): initializers.Initializer {
  if (!(initializer instanceof RandomInitializer)) return initializer;
  return new (initializer.constructor as new (config: object) => initializers.Initializer)(initializer.getConfig());
}

const options = {
  numHeads: [positiveInteger],
  /** Length of each head's queries and keys. */
  keyDim: [positiveInteger],
  /** Length of each head's values; default keyDim. */
  valueDim: [positiveInteger, null],
  /** Fraction of the attention that is dropped while training. Default 0. */
  dropout: [fraction, 0],
  /** Default true. */
  useBias: [boolean, true],
  /** Lengths of the output's last axes; default the query's last axis. */
  // Layers have an outputShape already.
  outputShape: [/* @__PURE__ */ each(checkPositiveInteger), null, 'projectedShape'],
  /** Axes that are attended over, counted with the batch; default all but the first and the last. */
  attentionAxes: [/* @__PURE__ */ each(axis), null],
  /** Default 'glorot_uniform'. */
  kernelInitializer: [initializer, 'glorot_uniform'],
  /** Default 'zeros'. */
  biasInitializer: [initializer, 'zeros'],
  kernelRegularizer: [regularizer, null],
  biasRegularizer: [regularizer, null],
  kernelConstraint: [constraint, null],
  biasConstraint: [constraint, null],
  /** Makes the draws of `dropout` the same in every run. */
  seed: [seed, null],
} as const satisfies Options;

export interface MultiHeadAttentionOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface MultiHeadAttention extends ValuesOf<typeof options> {
  readonly valueDim: number;
}

/**
 * Projects query, value and key for each head, attends by softmax(query · key / sqrt(keyDim)), and projects the heads together.
 *
 * ```js
 * const layer = new layers.MultiHeadAttention({ numHeads: 2, keyDim: 3 });
 * const x = Input({ shape: [10, 16] });
 * layer.apply([x, x], { useCausalMask: true }).shape; // [null, 10, 16]
 * ```
 * Inputs are a list `[query, value]` or `[query, value, key]`; the output has the query's steps and last axis. Weights: kernel
 * [d, numHeads, keyDim] and bias of query, key and value, then kernel [numHeads, valueDim, d] and bias of the output. Masks of all
 * inputs count. Where nothing may be attended to, the attention is the mean of the values, and 0 with `dropout` or
 * `returnAttentionScores`. Options of `apply`: `useCausalMask`,
 * `returnAttentionScores`, `mask` as a list, and `attentionMask` [batch, query's steps, value's steps] of 1 where may be looked. Formula: Vaswani et al. 2017. Where it differs from Keras: query, value and key
 * come as a list, and an activity regularizer counts the output alone.
 * @throws ValueError when the inputs are no such list, or a last axis is unknown.
 */
export class MultiHeadAttention extends AttentionLayer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.MultiHeadAttention',
    positional: ['numHeads', 'keyDim'],
    options,
    supportsMasking: true,
    inputs: ['query', 'value', 'key'],
    callTensors: ['attentionMask'],
    groups: ['query_dense', 'key_dense', 'value_dense', 'output_dense'],
    emptyGroups: ['dropout_layer', 'softmax'],
    config: {
      constants: { activity_regularizer: null, use_gate: false, sliding_window: null },
      ignored: ['query_shape', 'key_shape', 'value_shape', 'flash_attention'],
    },
  };

  declare private readonly projectedShape: number | readonly number[] | null;
  private projections: readonly Projection[] = [];
  private generator: SeedGenerator | undefined;

  constructor(options: MultiHeadAttentionOptions);
  constructor(numHeads: number, keyDim: number, options?: Omit<MultiHeadAttentionOptions, 'numHeads' | 'keyDim'>);
  constructor(...args: readonly never[]) {
    super(...args);
    (this as { valueDim: number }).valueDim ??= this.keyDim;
  }

  /** Keras names the axes when it builds the layer. */
  override fileConfig(inputShape: Shapes | undefined): Record<string, unknown> {
    const config = this.getConfig();
    if (!this.built || !inputShape || this.attentionAxes !== null) return config;
    return { ...config, attentionAxes: this.axesOf((isShapeList(inputShape) ? inputShape[0] : inputShape).length) };
  }

  override get sublayers(): readonly Layer[] {
    return this.projections;
  }

  /**
   * Uses the layer on `[query, value]` or `[query, value, key]`; without a key the value is its own.
   *
   * ```js
   * layer.apply([x, x], { attentionMask: [[[1, 0], [1, 1]]] }); // the first step sees itself alone
   * ```
   * With `returnAttentionScores` it gives `[output, scores]`.
   */
  override apply<T extends LayerInput>(inputs: readonly T[], options: WithScores): [output: LayerOutput<T>, scores: LayerOutput<T>];
  override apply<T extends LayerInput>(inputs: readonly T[], options?: MultiHeadApplyOptions): LayerOutput<T>;
  // biome-ignore lint/suspicious/noExplicitAny: the results of all signatures above
  override apply(inputs: readonly LayerInput[], options?: object): any {
    return super.apply(inputs, options);
  }

  override build(inputShape: Shapes): void {
    const shapes = this.shapesOf(inputShape);
    const [query, value, key] = shapes.map((shape) => this.knownFeatures(shape));
    const { numHeads, keyDim, valueDim } = this;
    const into = (name: string, features: number, width: number) => this.project(name, [features], [numHeads, width]);
    const inner = [into('query', query, keyDim), into('key', key, keyDim), into('value', value, valueDim)];
    this.generator = this.dropout > 0 ? new SeedGenerator(this.seed) : undefined;
    this.projections = [...inner, this.project('attention_output', [numHeads, valueDim], this.outputAxes(shapes[0]))];
  }

  private project(name: string, from: readonly number[], to: readonly number[]): Projection {
    const projection = new Projection(name, from, to, {
      useBias: this.useBias,
      kernelInitializer: copyInitializer(this.kernelInitializer),
      biasInitializer: copyInitializer(this.biasInitializer),
      kernelRegularizer: this.kernelRegularizer,
      biasRegularizer: this.biasRegularizer,
      kernelConstraint: this.kernelConstraint,
      biasConstraint: this.biasConstraint,
    });
    projection.ensureBuilt([null, sizeOf(from)]);
    return projection;
  }

  /** Lengths of the output's last axes. */
  private outputAxes(query: Shape): readonly number[] {
    const shape = this.projectedShape ?? this.knownFeatures(query);
    return typeof shape === 'number' ? [shape] : shape;
  }

  override call(
    inputs: readonly Value[],
    { training, masks, useCausalMask, returnAttentionScores, attentionMask }: AttentionCallOptions & { readonly attentionMask?: Value },
  ): Value | readonly Value[] {
    this.shapesOf(inputs.map(({ shape }) => shape));
    const [query, value, key = value] = inputs;
    const { numHeads, keyDim, valueDim, projections } = this;
    const fold = new FoldedAxes(this.axesOf(query.shape.length));
    const heads = (x: Value, projection: Projection, width: number): Value => {
      const folded = fold.apply(x);
      const [batch, steps] = folded.shape;
      const apart = transpose(reshape(projection.call(folded), [batch, steps, numHeads, width]), [0, 2, 1, 3]);
      return reshape(apart, [batch * numHeads, steps, width]);
    };
    const q = affine(heads(query, projections[0], keyDim), 1 / Math.sqrt(keyDim), 0);
    const k = heads(key, projections[1], keyDim);
    const v = heads(value, projections[2], valueDim);
    const [rows, columns] = [q.shape[1], v.shape[1]];
    const batch = fold.apply(query).shape[0];
    const allowed = allOf([
      useCausalMask ? lowerTriangle(rows, columns) : undefined,
      masks[0] && expandDims(fold.mask(masks[0], query), 2),
      masks[1] && expandDims(fold.mask(masks[1], value), 1),
      inputs[2] && inputs[2] !== inputs[1] && masks[2] ? expandDims(fold.mask(masks[2], key), 1) : undefined,
    ]);
    const scores = reshape(matmul(q, k, false, true), [batch, numHeads, rows, columns]);
    const axesOfBoth = { query: query.shape, value: value.shape, axes: this.axesOf(query.shape.length), heads: numHeads };
    const between = attentionMask && expandAttentionMask(this.name, attentionMask, axesOfBoth);
    // Keras's fused kernel, which this stands for, gives the mean of the values where nothing may be attended to.
    const isFused = this.dropout === 0 && !returnAttentionScores && query.shape.length === 3;
    const weights = maskedSoftmax(scores, allOf([allowed && perHead(allowed), between]), !isFused);
    const kept = training && this.generator ? dropout(weights, this.dropout, drawKey(this.generator)) : weights;
    const attended = reshape(matmul(reshape(kept, [batch * numHeads, rows, columns]), v), [batch, numHeads, rows, valueDim]);
    const together = reshape(transpose(attended, [0, 2, 1, 3]), [batch, rows, numHeads * valueDim]);
    const axes = this.outputAxes(query.shape);
    const output = fold.undo(projections[3].call(together), query.shape, axes);
    return returnAttentionScores ? [output, reshape(weights, this.scoresShape(query.shape, value.shape) as readonly number[])] : output;
  }

  /** The axes attended over, counted from 0. */
  private axesOf(rank: number): readonly number[] {
    const inner = Array.from({ length: rank - 2 }, (_, i) => i + 1);
    if (this.attentionAxes === null) return inner;
    const list = typeof this.attentionAxes === 'number' ? [this.attentionAxes] : this.attentionAxes;
    const axes = list.map((at) => (at < 0 ? at + rank : at));
    if (axes.every((at) => inner.includes(at))) return axes;
    throw mismatch(
      this.name,
      `attentionAxes between the first and the last of ${rank} axes`,
      list.join(', '),
      `Choose from ${inner.join(', ')}.`,
    );
  }

  /** [batch, axes apart, heads, query's steps, value's steps] */
  private scoresShape(query: Shape, value: Shape): Shape {
    const axes = this.axesOf(query.length);
    const apart = query.slice(0, -1).filter((_, i) => !axes.includes(i));
    return [...apart, this.numHeads, ...axes.map((at) => query[at]), ...axes.map((at) => value[at])];
  }
}
