// Dot: dot products between the samples of two inputs.
import { mismatch } from '../../common/errors.ts';
import { boolean, type OptionType } from '../../common/option-types.ts';
import { describe } from '../../common/options.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { fitsDim, shapeText, sizeOf, UNKNOWN } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { reshape, transpose } from '../../primitives/layout.ts';
import { matmul } from '../../primitives/matmul.ts';
import { normalizeLength } from '../../primitives/normalize.ts';
import type { LayerOptions, LayerSpec, Shape, Shapes } from '../base/layer.ts';
import { shapeList } from '../base/shape.ts';
import { ListLayer } from './merge.ts';

const dotAxes: OptionType<number | readonly [number, number]> = {
  read: (owner, name, value) => {
    const list = Array.isArray(value) ? value : [value, value];
    if (list.length === 2 && list.every((axis) => Number.isSafeInteger(axis) && axis !== 0))
      return value as number | readonly [number, number];
    throw mismatch(
      owner,
      `${name} to be a whole number other than 0 or two of them`,
      describe(value),
      'Axis 0 is the batch; 1 is the first after it.',
    );
  },
};

const options = {
  /** Axis that is summed over, or one for each input; never 0, the batch. */
  axes: [dotAxes],
  /** Whether vectors along the axes are scaled to length 1 first, which gives their cosine. Default false. */
  normalize: [boolean, false],
} as const satisfies Options;

export interface DotOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Dot extends ValuesOf<typeof options> {}

/**
 * Sums products along one axis of each of two inputs: `[batch, n]` twice gives `[batch, 1]`, `[batch, i, d]` and `[batch, k, d]`
 * with axes 2 give `[batch, i, k]`.
 *
 * ```js
 * new layers.Dot({ axes: 1 }).apply([tensor([[1, 2]]), tensor([[3, 4]])]).array(); // [[11]]
 * ```
 * The output has no mask.
 * @throws ValueError when the input is no list of two, or the two axes differ in length.
 */
export class Dot extends ListLayer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.Dot',
    positional: ['axes', 'normalize'],
    options,
    supportsMasking: true,
  };

  constructor(options: DotOptions);
  constructor(axes: DotOptions['axes'], options?: Omit<DotOptions, 'axes'>);
  constructor(axes: DotOptions['axes'], normalize: boolean, options?: Omit<DotOptions, 'axes' | 'normalize'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override build(inputShape: Shapes): void {
    this.axesOf(shapeList(this.name, inputShape, 2, 2));
  }

  override call(inputs: readonly Value[]): Value {
    const axes = this.axesOf(inputs.map(({ shape }) => shape));
    const [a, b] = inputs.map((x, i) => (this.normalize ? normalizeLength(x, axes[i]) : x));
    const [left, leftTurned] = matrices(a, axes[0]);
    const [right, rightTurned] = matrices(b, axes[1]);
    return reshape(matmul(left, right, leftTurned, !rightTurned), productShape([a.shape, b.shape], axes));
  }

  override computeMask(): undefined {}

  /** The axis of each input, counted from 0. */
  private axesOf(shapes: readonly Shape[]): readonly [number, number] {
    const axes = typeof this.axes === 'number' ? [this.axes, this.axes] : this.axes;
    const [i, k] = axes.map((axis, n) => (axis < 0 ? axis + shapes[n].length : axis));
    const [p, q] = [shapes[0][i], shapes[1][k]];
    if (i > 0 && k > 0 && p !== undefined && q !== undefined && fitsDim(p ?? UNKNOWN, q ?? UNKNOWN)) return [i, k];
    throw mismatch(
      this.name,
      `inputs of the same length along axes ${axes.join(' and ')}`,
      `shapes ${shapes.map(shapeText).join(' and ')}`,
      'Choose other axes.',
    );
  }
}

/** The axes of both inputs that are left, the batch once. */
function productShape<T>(shapes: readonly (readonly T[])[], axes: readonly [number, number]): (T | 1)[] {
  const [left, right] = shapes.map((shape, i) => shape.filter((_, axis) => axis !== axes[i]));
  const result = [...left, ...right.slice(1)];
  return result.length === 1 ? [...result, 1] : result;
}

/** x as a stack of matrices whose rows, or columns when turned, run along `axis`. */
function matrices(x: Value, axis: number): readonly [value: Value, turned: boolean] {
  const { shape } = x;
  const rest = shape.filter((_, i) => i > 0 && i !== axis);
  const [batch, n] = [shape[0], shape[axis]];
  if (axis === 1 && rest.length > 0) return [reshape(x, [batch, n, sizeOf(rest)]), true];
  const last = [...shape.map((_, i) => i).filter((i) => i !== axis), axis];
  return [reshape(transpose(x, last), [batch, sizeOf(rest), n]), false];
}
