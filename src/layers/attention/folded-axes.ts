// Folds the axes that multi-head attention attends over into one.
import { sizeOf } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { expandDims, reshape, transpose } from '../../primitives/layout.ts';
import { maskOfSteps } from '../merging/merge.ts';

/** [batch, ..., features] as [batch and axes apart, axes attended over, features], and back. */
export class FoldedAxes {
  private readonly axes: readonly number[];

  constructor(axes: readonly number[]) {
    this.axes = axes;
  }

  /** The order in which the axes but the last are folded. */
  private order(rank: number): number[] {
    const apart = Array.from({ length: rank - 1 }, (_, i) => i).filter((i) => !this.axes.includes(i));
    return [...apart, ...this.axes];
  }

  apply(x: Value): Value {
    const { shape } = x;
    const moved = transpose(x, [...this.order(shape.length), shape.length - 1]);
    const steps = sizeOf(this.axes.map((at) => shape[at]));
    const apart = sizeOf(shape.filter((_, i) => i < shape.length - 1 && !this.axes.includes(i)));
    return reshape(moved, [apart, steps, shape[shape.length - 1]]);
  }

  /** A mask of x's steps. */
  mask(mask: Value, x: Value): Value {
    const folded = this.apply(expandDims(maskOfSteps(mask, x), -1));
    return reshape(folded, folded.shape.slice(0, 2));
  }

  /** y [batch and axes apart, steps, features] with the axes of `shape` and, in place of its last, those of `last`. */
  undo(y: Value, shape: readonly number[], last: readonly number[]): Value {
    const order = this.order(shape.length);
    const apart = reshape(y, [...order.map((at) => shape[at]), ...last]);
    const back = order.map((_, at) => order.indexOf(at));
    return transpose(apart, [...back, ...last.map((_, i) => order.length + i)]);
  }
}
