// Attention (dot products) and AdditiveAttention.

import { boolean, choice, fraction } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Variable } from '../../graph/variable.ts';
import { add, multiply } from '../../primitives/binary.ts';
import { expandDims } from '../../primitives/layout.ts';
import { matmul } from '../../primitives/matmul.ts';
import { drawKey, dropout } from '../../primitives/random.ts';
import { sum } from '../../primitives/reduce.ts';
import { softmax } from '../../primitives/softmax.ts';
import { affine, tanh } from '../../primitives/unary.ts';
import { SeedGenerator } from '../../random/seed.ts';
import type { LayerOptions, LayerSpec, Shape, Shapes } from '../base/layer.ts';
import { seed } from '../base/option-types.ts';
import { type AttentionCallOptions, AttentionLayer, allOf, lowerTriangle, MASKED } from './attention-layer.ts';

const additiveOptions = {
  /** Whether the scores have a weight of their own. Default true. */
  useScale: [boolean, true],
  /** Fraction of the attention that is dropped while training. Default 0. */
  dropout: [fraction, 0],
  /** Makes the draws of `dropout` the same in every run. */
  seed: [seed, null],
} as const satisfies Options;

export interface AdditiveAttentionOptions extends LayerOptions, OptionsOf<typeof additiveOptions> {}

const options = {
  /** Whether the scores have a weight of their own. Default false. */
  useScale: [boolean, false],
  /** How a query and a key are compared: by their dot product ('dot', the default), or by the sum of tanh(query + key) ('concat'). */
  scoreMode: [/* @__PURE__ */ choice('dot', 'concat'), 'dot'],
  /** Fraction of the attention that is dropped while training. Default 0. */
  dropout: [fraction, 0],
  /** Makes the draws of `dropout` the same in every run. */
  seed: [seed, null],
} as const satisfies Options;

export interface AttentionOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface SingleAttention extends ValuesOf<typeof additiveOptions> {}

/** softmax(scores) x value, with the masks. */
export abstract class SingleAttention extends AttentionLayer {
  static override readonly spec: LayerSpec = {
    supportsMasking: true,
    training: false,
    takesMask: true,
    config: { unsupported: ['causal'] },
  };

  protected scale: Variable | undefined;
  private readonly generator: SeedGenerator | undefined;

  constructor(options?: LayerOptions) {
    super(options);
    this.generator = this.dropout > 0 ? new SeedGenerator(this.seed) : undefined;
  }

  /** Scores [batch, query steps, value steps]. */
  protected abstract scores(query: Value, key: Value): Value;

  override call(
    inputs: readonly Value[],
    { training, masks, useCausalMask, returnAttentionScores }: AttentionCallOptions,
  ): Value | readonly Value[] {
    this.shapesOf(inputs.map(({ shape }) => shape));
    const [query, value, key = value] = inputs;
    const scores = this.scores(query, key);
    const [, rows, columns] = scores.shape;
    const allowed = allOf([useCausalMask ? lowerTriangle(rows, columns) : undefined, masks[1] && expandDims(masks[1], 1)]);
    let weights = softmax(allowed ? add(scores, affine(allowed, MASKED, -MASKED)) : scores);
    if (training && this.generator) weights = dropout(weights, this.dropout, drawKey(this.generator));
    const attended = matmul(weights, value);
    const output = masks[0] ? multiply(attended, expandDims(masks[0], -1)) : attended;
    return returnAttentionScores ? [output, weights] : output;
  }

  protected override shapesOf(inputShape: Shapes): readonly [query: Shape, value: Shape, key: Shape] {
    return super.shapesOf(inputShape, 3);
  }
}

/** query + key for each pair of steps: [batch, query steps, value steps, features]. */
const pairs = (query: Value, key: Value): Value => add(expandDims(query, 2), expandDims(key, 1));

const read = (variable: Variable): Value => currentTrace().read(variable);

export interface Attention extends ValuesOf<typeof options> {}

/**
 * Each step of the query becomes a mean of the value's steps, weighted by softmax(query · key).
 *
 * ```js
 * const layer = new layers.Attention();
 * layer.apply([tensor([[[1, 0]]]), tensor([[[5, 5], [7, 7]]])]).shape; // [1, 1, 2]
 * ```
 * Inputs are `[query, value]` or `[query, value, key]`: [batch, query steps, d], [batch, value steps, e], [batch, value steps, d].
 * Masked steps of the value have no weight; the output is 0 where the query is masked. Options of `apply`: `useCausalMask`,
 * `returnAttentionScores`, and `mask` as a list [query mask, value mask]. Formula: Luong et al. 2015, 'concat' as in Keras.
 * @throws ValueError when the inputs are no such list.
 */
export class Attention extends SingleAttention {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.Attention', options };

  private concatWeight: Variable | undefined;

  constructor(options?: AttentionOptions) {
    super(options);
  }

  override build(inputShape: Shapes): void {
    super.build(inputShape);
    if (this.useScale) this.scale = this.addWeight('scale', [], { initializer: 'ones' });
    if (this.scoreMode === 'concat') this.concatWeight = this.addWeight('concat_score_weight', [], { initializer: 'ones' });
  }

  protected override scores(query: Value, key: Value): Value {
    const scaled = (x: Value) => (this.scale ? multiply(x, read(this.scale)) : x);
    if (!this.concatWeight) return scaled(matmul(query, key, false, true));
    return multiply(sum(tanh(scaled(pairs(query, key))), -1), read(this.concatWeight));
  }
}

/**
 * Attention whose scores are the sum over features of scale · tanh(query + key).
 *
 * ```js
 * new layers.AdditiveAttention().apply([tensor([[[1, 0]]]), tensor([[[5, 5], [7, 7]]])]).shape; // [1, 1, 2]
 * ```
 * Takes the inputs and options of a call that Attention takes; with `useScale` (the default) it has a weight for each feature.
 * Formula: Bahdanau et al. 2015.
 * @throws ValueError when the inputs are no list [query, value] or [query, value, key].
 */
export class AdditiveAttention extends SingleAttention {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.AdditiveAttention', options: additiveOptions };

  constructor(options?: AdditiveAttentionOptions) {
    super(options);
  }

  override build(inputShape: Shapes): void {
    const [query] = this.shapesOf(inputShape);
    const features = this.knownFeatures(query);
    if (this.useScale) this.scale = this.addWeight('scale', [features], { initializer: 'glorot_uniform' });
  }

  protected override scores(query: Value, key: Value): Value {
    const sums = tanh(pairs(query, key));
    return sum(this.scale ? multiply(sums, read(this.scale)) : sums, -1);
  }
}
