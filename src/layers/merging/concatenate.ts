// Concatenate.
import { mismatch } from '../../common/errors.ts';
import { integer } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { fitsShape, innerShape, shapeText, UNKNOWN } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { concatenate, fill } from '../../primitives/layout.ts';
import type { LayerOptions, LayerSpec, Shape, Shapes } from '../base/layer.ts';
import { shapeList } from '../base/shape.ts';
import { anyOf, ListLayer, type Masks, stepsOf } from './merge.ts';

const options = {
  /** Axis along which the inputs follow each other, counted with the batch; default -1, the last. */
  axis: [integer, -1],
} as const satisfies Options;

export interface ConcatenateOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Concatenate extends ValuesOf<typeof options> {}

/**
 * Its inputs one after another along an axis; their other lengths must be equal.
 *
 * ```js
 * new layers.Concatenate().apply([tensor([[1, 2]]), tensor([[3]])]).array(); // [[1, 2, 3]]
 * ```
 * The masks are concatenated as well, along the last axis a step is real when it is in one of the inputs; an input without a
 * mask counts as real throughout.
 * @throws ValueError when the input is no list, or the shapes differ on another axis.
 */
export class Concatenate extends ListLayer {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.Concatenate', positional: ['axis'], options, supportsMasking: true };

  constructor(options?: ConcatenateOptions);
  constructor(axis: number, options?: Omit<ConcatenateOptions, 'axis'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override build(inputShape: Shapes): void {
    this.checkFit(shapeList(this.name, inputShape, 1));
  }

  override call(inputs: readonly Value[]): Value {
    this.checkFit(inputs.map(({ shape }) => shape));
    return concatenate(inputs, this.axis);
  }

  override computeMask(inputs: readonly Value[], masks: Masks): Value | undefined {
    if (masks.every((mask) => mask === undefined)) return undefined;
    const steps = inputs.map((x, i) => {
      const mask = masks[i];
      return mask ? stepsOf(mask, x) : fill(x.shape.slice(0, -1), 1);
    });
    const rank = inputs[0].shape.length;
    const axis = this.axis < 0 ? this.axis + rank : this.axis;
    return axis === rank - 1 ? anyOf(steps) : concatenate(steps, axis);
  }

  /** The axis, counted from 0, of inputs that fit together. */
  private checkFit(shapes: readonly Shape[]): number {
    const [first] = shapes;
    const axis = this.axis < 0 ? this.axis + first.length : this.axis;
    const rest = shapes.map((shape) => innerShape(shape).map((dim, i) => (i === axis ? UNKNOWN : dim)));
    if (axis in first && rest.every((shape) => rest.every((other) => fitsShape(shape, other)))) return axis;
    throw mismatch(
      this.name,
      `inputs of matching shapes except along axis ${this.axis}`,
      shapes.map(shapeText).join(' and '),
      'Reshape them or choose another axis.',
    );
  }
}
