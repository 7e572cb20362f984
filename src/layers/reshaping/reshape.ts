// Reshape: another shape for each sample.
import { mismatch } from '../../common/errors.ts';
import type { OptionType } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { isKnown, shapeText, sizeOf } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { checkNoZero } from '../../ops/lengths.ts';
import { reshape } from '../../primitives/layout.ts';
import { Layer, type LayerOptions, type LayerSpec } from '../base/layer.ts';
import { describeShape } from '../base/shape.ts';

/** Lengths of which one may be -1. */
const target: OptionType<readonly number[]> = {
  read: (owner, name, shape) => {
    const fits = Array.isArray(shape) && shape.every((dim) => Number.isSafeInteger(dim) && dim >= -1);
    if (fits && shape.filter((dim) => dim === -1).length <= 1) return [...shape];
    throw mismatch(owner, `${name} to be an array of lengths with at most one -1`, describeShape(shape), 'For example [2, -1].');
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
  static override readonly spec: LayerSpec = { keras: 'keras.layers.Reshape', positional: ['targetShape'], options, builtAtOnce: true };

  constructor(options: ReshapeOptions);
  constructor(targetShape: readonly number[], options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override call(x: Value): Value {
    const [batch, ...sample] = x.shape;
    return reshape(x, [batch, ...this.resolve(sample)]);
  }

  private resolve(sample: readonly number[]): readonly number[] {
    const target = this.targetShape;
    const known = sizeOf(target.filter((dim) => dim !== -1));
    const size = sizeOf(sample);
    checkNoZero(this.name, sample, target);
    const rest = known === 0 ? 0 : size / known;
    if (isKnown(size) && (target.includes(-1) ? !Number.isInteger(rest) : known !== size)) {
      throw mismatch(
        this.name,
        `samples that fit targetShape ${shapeText(target)}`,
        `${shapeText(sample)} of ${size} elements`,
        'Change targetShape, or leave one length to -1.',
      );
    }
    return target.map((dim) => (dim === -1 ? rest : dim));
  }
}
