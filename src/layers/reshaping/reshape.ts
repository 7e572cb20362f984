// Another shape for each sample.
import { ValueError } from '../../common/errors.ts';
import type { OptionType } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { innerShape, publicShape, shapeText, sizeOf } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { reshape } from '../../primitives/layout.ts';
import { Layer, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';
import { describeShape } from '../base/shape.ts';

/** Lengths of which one may be -1. */
const target: OptionType<readonly number[]> = {
  read: (owner, name, shape) => {
    const fits = Array.isArray(shape) && shape.every((dim) => Number.isSafeInteger(dim) && dim >= -1);
    if (fits && shape.filter((dim) => dim === -1).length <= 1) return [...shape];
    throw new ValueError(
      `${owner}: expected ${name} to be an array of lengths with at most one -1, got ${describeShape(shape)}. For example [2, -1].`,
    );
  },
};

const options = {
  /** Shape of a sample, without the batch; one -1 stands for what is left. */
  targetShape: [target],
} as const satisfies Options;

export interface ReshapeOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Reshape extends ValuesOf<typeof options> {}

/**
 * Gives each sample another shape of the same size.
 *
 * ```js
 * new layers.Reshape([2, -1]).apply(tensor([[1, 2, 3, 4, 5, 6]])).array(); // [[[1, 2, 3], [4, 5, 6]]]
 * ```
 * A mask does not survive it, as in Keras.
 * @throws ValueError when `targetShape` has two -1, or the sizes differ.
 */
export class Reshape extends Layer {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.Reshape', positional: ['targetShape'], options };

  constructor(options: ReshapeOptions);
  constructor(targetShape: readonly number[], options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override call(x: Value): Value {
    return reshape(x, [x.shape[0], ...innerShape(this.resolve(publicShape(x.shape.slice(1))))]);
  }

  private resolve(shape: Shape): Shape {
    const target = this.targetShape;
    const known = sizeOf(target.filter((dim) => dim !== -1));
    if (shape.includes(null)) return target.map((dim) => (dim === -1 ? null : dim));
    const size = sizeOf(shape as number[]);
    const rest = known === 0 ? 0 : size / known;
    if (target.includes(-1) ? !Number.isInteger(rest) : known !== size) {
      throw new ValueError(
        `${this.name}: expected samples that fit targetShape ${shapeText(target)}, got ${shapeText(shape)} of ${size} elements. ` +
          'Change targetShape, or leave one length to -1.',
      );
    }
    return target.map((dim) => (dim === -1 ? rest : dim));
  }

  override computeOutputShape([batch, ...rest]: Shape): Shape {
    return [batch, ...this.resolve(rest)];
  }
}
