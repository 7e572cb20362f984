// Hashing: texts and integers to bins, without a vocabulary.
import { mismatch } from '../../common/errors.ts';
import { choice, type OptionType, positiveInteger } from '../../common/option-types.ts';
import { describe } from '../../common/options.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import type { LayerOptions, LayerSpec, Shape } from '../base/layer.ts';
import { encode, encodedShape, samplesShape } from './encoded-shape.ts';
import { fastBucket } from './fingerprint.ts';
import type { HostKind, HostTensor } from './host-tensor.ts';
import { PreprocessingLayer } from './preprocessing-layer.ts';
import { strongBucket } from './siphash.ts';

const salt: OptionType<readonly [number, number], number | readonly [number, number]> = {
  read: (owner, _name, value) => {
    const pair = typeof value === 'number' ? [value, value] : value;
    if (Array.isArray(pair) && pair.length === 2 && pair.every((half) => Number.isSafeInteger(half) && half >= 0))
      return pair as [number, number];
    throw mismatch(owner, 'salt to be a positive integer or two of them', describe(value));
  },
};

const maskValue: OptionType<string | number> = {
  read: (owner, name, value) => {
    if (typeof value === 'string' || Number.isSafeInteger(value)) return value as string | number;
    throw mismatch(owner, `${name} to be a text or an integer`, describe(value));
  },
};

const options = {
  /** Number of bins, that of maskValue included. */
  numBins: [positiveInteger],
  /** A value that gets bin 0 for itself. Default null: none. */
  maskValue: [maskValue, null],
  /** A key, or the two halves of one, for bins that outsiders cannot foresee. Default null: none. */
  salt: [salt, null],
  /** Default 'int': bins. 'one_hot': a row for each value; 'multi_hot', 'count': a row for each sample. */
  outputMode: [/* @__PURE__ */ choice('int', 'one_hot', 'multi_hot', 'count'), 'int'],
} as const satisfies Options;

export interface HashingOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Hashing extends ValuesOf<typeof options> {}

/**
 * Turns texts and integers into bins by a hash, without a vocabulary: different values may share a bin.
 *
 * ```js
 * new layers.Hashing(3).apply([['A'], ['B'], ['C'], ['D'], ['E']]).array(); // [[1], [0], [1], [1], [2]]
 * new layers.Hashing(3, { maskValue: '' }).apply(['A', '']).array(); // [1, 0]
 * ```
 * The bins are Keras's: FarmHash's Fingerprint64 of the text in UTF-8, or SipHash-2-4 under the key `salt`, modulo the number
 * of bins; an integer is hashed by its digits, a fraction is cut off. Bins are int32, rows float32.
 * Where it differs from Keras: sparse tensors are not made.
 * @throws ValueError when an option or the data do not fit.
 */
export class Hashing extends PreprocessingLayer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.Hashing',
    positional: ['numBins'],
    options,
    config: { constants: { sparse: false } },
  };

  constructor(options: HashingOptions);
  constructor(numBins: number, options?: Omit<HashingOptions, 'numBins'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override get dtypeInFiles(): string {
    return this.outputMode === 'int' ? 'int64' : 'float32';
  }

  override get takes(): HostKind {
    return 'texts or integers';
  }

  override get outputDtype(): 'float32' | 'int32' {
    return this.outputMode === 'int' ? 'int32' : 'float32';
  }

  override shapeOf(data: unknown): Shape {
    return samplesShape(this.outputMode, super.shapeOf(data));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return encodedShape(this.outputMode, inputShape, this.numBins);
  }

  override transform({ shape, values }: HostTensor): HostTensor {
    const masks = this.maskValue !== null && this.numBins > 1 ? 1 : 0;
    const bins = this.numBins - masks;
    const key = this.salt && ([BigInt(this.salt[0]), BigInt(this.salt[1])] as const);
    const bin = (value: string | number) => (key ? strongBucket(String(value), bins, key) : fastBucket(String(value), bins));
    const ids = Int32Array.from(values, (value) => (masks && value === this.maskValue ? 0 : masks + bin(value)));
    return encode(this.outputMode, shape, ids, this.numBins, null);
  }
}
