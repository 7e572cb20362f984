// Base classes of layers that take a list of inputs, and their masks.
import { mismatch } from '../../common/errors.ts';
import { broadcastDim, eitherDim, fitsDim, innerShape, publicShape, shapeText, UNKNOWN } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { broadcastTo, maximum } from '../../primitives/binary.ts';
import { expandDims, reshape } from '../../primitives/layout.ts';
import { max } from '../../primitives/reduce.ts';
import { type CallOptions, Layer, type LayerSpec, type Shape, type Shapes } from '../base/layer.ts';
import { shapeList } from '../base/shape.ts';

/** Masks of several inputs. */
export type Masks = readonly (Value | undefined)[];

/** 1 where any of the masks is. */
export const anyOf = (masks: readonly Value[]): Value => masks.reduce(maximum);

/** The mask with axes of 1 behind it, so that it broadcasts against x. */
export const liftMask = (mask: Value, x: Value): Value =>
  reshape(mask, [...mask.shape, ...Array<number>(Math.max(0, x.shape.length - mask.shape.length)).fill(1)]);

/** One number for each of x's vectors: 1 where the mask is 1 in any place of it. */
export const stepsOf = (mask: Value, x: Value): Value => (mask.shape.length === x.shape.length ? max(mask, -1) : maskOfSteps(mask, x));

/** The mask repeated to one number for each of x's vectors, x's shape without its last axis. */
export function maskOfSteps(mask: Value, x: Value): Value {
  const shape = x.shape.slice(0, -1);
  return broadcastTo(reshape(mask, [...mask.shape, ...Array<number>(shape.length - mask.shape.length).fill(1)]), shape);
}

/** A layer that takes a list of inputs. */
export abstract class ListLayer extends Layer {
  override get takesList(): boolean {
    return true;
  }
}

/** The number of rows of the result: a constant of one row goes with any number. */
function commonBatch(batches: readonly number[]): number {
  const known = batches.filter((batch) => batch !== 1);
  return known.length > 0 ? known.reduce(eitherDim) : 1;
}

/** An operation element by element on inputs that broadcast; an input of fewer axes gets axes of 1 behind its batch. */
export abstract class Merge extends ListLayer {
  static override readonly spec: LayerSpec = { supportsMasking: true };

  /** How many inputs there may be. */
  protected get limits(): readonly [least: number, most: number] {
    return [1, Number.POSITIVE_INFINITY];
  }

  /** The result for inputs of the same rank; `masks` can be broadcast against them. */
  protected abstract merge(inputs: readonly Value[], masks: Masks): Value;

  override build(inputShape: Shapes): void {
    this.checkFit(shapeList(this.name, inputShape, ...this.limits).map(innerShape), fitsDim);
  }

  override call(inputs: readonly Value[], { masks }: CallOptions): Value {
    // A constant of one row is for all.
    this.checkFit(
      inputs.map(({ shape }) => shape),
      (a, b) => broadcastDim(a, b) !== undefined,
    );
    const rank = Math.max(...inputs.map(({ shape }) => shape.length));
    const sameRank = inputs.every(({ shape }) => shape.length === rank);
    const aligned = inputs.map((input) => {
      let x = input;
      while (x.shape.length < rank) x = expandDims(x, 1);
      return x;
    });
    // Keras loses the masks' effect on the values, though not on the output's mask, when it adds axes.
    return this.merge(aligned, sameRank ? aligned.map((x, i) => masks[i] && liftMask(masks[i], x)) : []);
  }

  /** As Keras has it, where an unknown length beside 5 stays unknown; ops know that it is 5. */
  override computeOutputShape(inputShape: Shapes): Shape {
    const shapes = shapeList(this.name, inputShape, ...this.limits);
    const [batch, ...rest] = this.checkFit(shapes.map(innerShape), fitsDim);
    const isOpen = (axis: number): boolean => shapes.some((shape) => shape.length > axis && shape[shape.length - axis] === null);
    return publicShape([batch, ...rest.map((dim, i) => (isOpen(rest.length - i) ? UNKNOWN : dim))]);
  }

  /** The shape of the result. The batch takes no part in broadcasting: `fits` says which numbers of rows go together. */
  private checkFit(shapes: readonly (readonly number[])[], fits: (a: number, b: number) => boolean): number[] {
    const batches = shapes.map(([batch = 1]) => batch);
    const rest = broadcastAll(shapes.map((shape) => shape.slice(1)));
    if (rest && batches.every((a) => batches.every((b) => fits(a, b)))) return [commonBatch(batches), ...rest];
    throw mismatch(
      this.name,
      'inputs whose shapes broadcast together and with the same number of rows',
      shapes.map(shapeText).join(' and '),
      'Each pair of dimensions, from the last on, must be equal or 1.',
    );
  }

  override computeMask(inputs: readonly Value[], masks: Masks): Value | undefined {
    const all = masks.filter((mask) => mask !== undefined);
    if (all.length < masks.length) return undefined;
    const rank = Math.max(...inputs.map(({ shape }) => shape.length));
    if (inputs.every(({ shape }) => shape.length === rank)) return anyOf(all);
    const steps = all.map((mask, i) => {
      let aligned = stepsOf(mask, inputs[i]);
      while (aligned.shape.length < rank - 1) aligned = expandDims(aligned, 1);
      return aligned;
    });
    return anyOf(steps);
  }
}

/** The broadcast shape; undefined when shapes do not broadcast. */
function broadcastAll(shapes: readonly (readonly number[])[]): number[] | undefined {
  const rank = Math.max(...shapes.map(({ length }) => length));
  const result = Array.from({ length: rank }, (_, i) =>
    shapes
      .map((shape) => shape[shape.length - rank + i] ?? 1)
      .reduce<number | undefined>((a, b) => (a === undefined ? a : broadcastDim(a, b)), 1),
  );
  return result.every((dim) => dim !== undefined) ? result : undefined;
}
