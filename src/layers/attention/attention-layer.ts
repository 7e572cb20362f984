// Base class of the attention layers: inputs [query, value, key], options of a call, masks.
import { mismatch } from '../../common/errors.ts';
import { boolean } from '../../common/option-types.ts';
import type { Options } from '../../common/spec.ts';
import { fitsDim, shapeText, UNKNOWN } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import { float32At } from '../../kernels/memory.ts';
import { multiply } from '../../primitives/binary.ts';
import type { ApplyOptions, CallOptions, LayerInput, LayerOutput, LayerSpec, Shape, Shapes } from '../base/layer.ts';
import { shapeList } from '../base/shape.ts';
import { ListLayer, type Masks } from '../merging/merge.ts';

export interface AttentionApplyOptions extends ApplyOptions {
  /** Whether each step of the query sees only the steps of the value up to its own. Default false. */
  useCausalMask?: boolean;
  /** Whether the result is [output, scores]. Default false. */
  returnAttentionScores?: boolean;
}

type WithScores = AttentionApplyOptions & { returnAttentionScores: true };

const callOptions: Options = { useCausalMask: [boolean, false], returnAttentionScores: [boolean, false] };

/** Options of a call of an attention layer. */
export interface AttentionOptionValues {
  readonly useCausalMask: boolean;
  readonly returnAttentionScores: boolean;
}

export type AttentionCallOptions = CallOptions & AttentionOptionValues;

/** Subtracted from masked scores. */
export const MASKED = 1e9;

export abstract class AttentionLayer extends ListLayer {
  static override readonly spec: LayerSpec = { callOptions };

  /**
   * Uses the layer on `[query, value]` or `[query, value, key]`; without a key the value is its own.
   *
   * ```js
   * layer.apply([query, value], { useCausalMask: true, mask: [null, valueMask] });
   * ```
   * With `returnAttentionScores` it gives `[output, scores]`.
   */
  override apply<T extends LayerInput>(inputs: readonly T[], options: WithScores): [output: LayerOutput<T>, scores: LayerOutput<T>];
  override apply<T extends LayerInput>(inputs: readonly T[], options?: AttentionApplyOptions): LayerOutput<T>;
  // biome-ignore lint/suspicious/noExplicitAny: the results of all signatures above
  override apply(inputs: readonly LayerInput[], options?: object): any {
    return super.apply(inputs, options);
  }

  override computeMask(_inputs: readonly Value[], masks: Masks): Value | undefined {
    return masks[0];
  }

  /** The checked shapes of query, value and key. */
  protected shapesOf(inputShape: Shapes, mostAxes = Number.POSITIVE_INFINITY): readonly [query: Shape, value: Shape, key: Shape] {
    const [query, value, key = value] = shapeList(this.name, inputShape, 2, 3);
    if (
      query.length >= 3 &&
      query.length <= mostAxes &&
      value.length === query.length &&
      key.length === value.length &&
      same(value.slice(1, -1), key.slice(1, -1))
    )
      return [query, value, key];
    throw mismatch(
      this.name,
      'query, value and key of shape [batch, steps, features], with as many steps in the key as in the value',
      [query, value, key].map(shapeText).join(', '),
      'Pass [query, value] or [query, value, key].',
    );
  }

  /** The length of a shape's last axis, which a weight needs. */
  protected knownFeatures(shape: Shape): number {
    const features = shape[shape.length - 1];
    if (typeof features === 'number') return features;
    throw mismatch(this.name, 'inputs with a known last axis', `shape ${shapeText(shape)}`, 'Give the layers before it fixed lengths.');
  }

  override build(inputShape: Shapes): void {
    this.shapesOf(inputShape);
  }
}

const same = (a: Shape, b: Shape): boolean => a.every((dim, i) => fitsDim(dim ?? UNKNOWN, b[i] ?? UNKNOWN));

/** The product of the masks that there are: 1 where all of them are. */
export function allOf(masks: Masks): Value | undefined {
  const all = masks.filter((mask) => mask !== undefined);
  return all.length > 0 ? all.reduce(multiply) : undefined;
}

/** [rows, columns] of 1 where the column is at most the row, 0 elsewhere. */
export function lowerTriangle(rows: number, columns: number): Value {
  return currentTrace().feed({ shape: [rows, columns], dtype: 'float32' }, (address) => {
    const triangle = float32At(address, rows * columns).fill(0);
    for (let row = 0; row < rows; row++) triangle.fill(1, row * columns, row * columns + Math.min(row + 1, columns));
  });
}
