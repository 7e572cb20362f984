// Embedding: rows of a trainable table, one for each id.
import { mismatch } from '../../common/errors.ts';
import { boolean, type OptionType, positiveInteger } from '../../common/option-types.ts';
import { checkPositiveInteger } from '../../common/options.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { eitherDim, fitsShape, innerShape, shapeText, UNKNOWN } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Variable } from '../../graph/variable.ts';
import { gather, limitIds } from '../../primitives/embedding.ts';
import { reshape } from '../../primitives/layout.ts';
import { differsFrom } from '../../primitives/unary.ts';
import type { TensorLike } from '../../tensor/index.ts';
import { checkShape, describeShape, Layer, type LayerOptions, type LayerSpec, type MaskRules, type Shape } from '../base/layer.ts';
import { constraint, initializer, regularizer } from '../base/option-types.ts';

/** A length, or one for each axis behind the batch. */
const lengths: OptionType<number | readonly (number | null)[]> = {
  read: (owner, name, value) => (Array.isArray(value) ? checkShape(`${owner}: ${name}`, value) : checkPositiveInteger(owner, name, value)),
};

const options = {
  /** Size of the vocabulary: ids are 0 to inputDim - 1. */
  inputDim: [positiveInteger],
  /** Length of each vector. */
  outputDim: [positiveInteger],
  /** Default 'uniform', from -0.05 to 0.05. */
  embeddingsInitializer: [initializer, 'uniform'],
  embeddingsRegularizer: [regularizer, null],
  embeddingsConstraint: [constraint, null],
  /** Whether id 0 is padding that later layers are to skip. Default false. */
  maskZero: [boolean, false],
  /** Number of ids in a sample, when it is the same for all; needed before Flatten and Dense. */
  inputLength: [lengths, null],
} as const satisfies Options;

export interface EmbeddingOptions extends Omit<LayerOptions, 'weights' | 'inputDim'>, OptionsOf<typeof options> {
  /** The table to begin with, in an array of one or as it is. */
  weights?: LayerOptions['weights'] | TensorLike;
}

export interface Embedding extends ValuesOf<typeof options> {}

/**
 * Turns ids into dense vectors: `[batch, ...]` of ids becomes `[batch, ..., outputDim]`.
 *
 * ```js
 * const model = new Sequential([new layers.Embedding(50, 8, { inputLength: 4 })]);
 * model.predict([[9, 42, 7, 0]]).shape; // [1, 4, 8]
 * ```
 * The table has shape [inputDim, outputDim]. With `maskZero` id 0 still has a row of its own; it is later layers that skip it.
 * Where it differs from Keras 3: `inputLength` builds the model at once, as in Keras 2; an id outside the table, a negative
 * one too, is a ValueError, which for ids that are computed comes at the end of the batch; the gradient of a row that occurs twice is
 * summed before it is squared.
 * @throws ValueError when a size is not a positive integer, or an id is out of range.
 */
export class Embedding extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.Embedding',
    positional: ['inputDim', 'outputDim'],
    options,
    config: {
      constants: { quantization_config: null, activity_regularizer: null },
      omitted: ['inputLength'],
      ignored: ['lora_alpha'],
      unsupported: ['lora_rank'],
    },
  };

  private table: Variable | undefined;

  constructor(options: EmbeddingOptions);
  constructor(inputDim: number, outputDim: number, options?: Omit<EmbeddingOptions, 'inputDim' | 'outputDim'>);
  constructor(...args: readonly never[]) {
    super(...args);
    this.supportsMasking = this.maskZero;
    if (this.lengths) this.batchInputShape ??= [null, ...this.lengths];
    const { initialWeights } = this;
    if (initialWeights === undefined) return;
    // With the option `weights` the layer is built at once. The table may come without a list around it, as in Keras.
    if (!(Array.isArray(initialWeights) && initialWeights.length === 1)) this.initialWeights = [initialWeights];
    this.ensureBuilt(this.batchInputShape ?? this.presumedInputShape);
  }

  override get presumedInputShape(): Shape {
    return [null, null];
  }

  /** inputLength as one length for each axis behind the batch. */
  private get lengths(): readonly (number | null)[] | null {
    return typeof this.inputLength === 'number' ? [this.inputLength] : this.inputLength;
  }

  override get inputDtype(): 'int32' {
    return 'int32';
  }

  override build(): void {
    this.table = this.addWeight('embeddings', [this.inputDim, this.outputDim], {
      initializer: this.embeddingsInitializer,
      regularizer: this.embeddingsRegularizer,
      constraint: this.embeddingsConstraint,
    });
  }

  override call(ids: Value): Value {
    const trace = currentTrace();
    trace.requireIds(ids, this.inputDim, this.name);
    const rows = gather(trace.read(this.table as Variable), limitIds(ids, this.inputDim));
    return reshape(rows, innerShape([...this.lengthsOf(ids.shape), this.outputDim]));
  }

  /** The shape of ids, which inputLength may know better. */
  private lengthsOf(shape: Shape): Shape {
    const { lengths } = this;
    if (!lengths || shape.length !== lengths.length + 1) return shape;
    const expected = [null, ...lengths].map((length) => length ?? UNKNOWN);
    if (fitsShape(innerShape(shape), expected)) return innerShape(shape).map((dim, i) => eitherDim(dim, expected[i]));
    throw mismatch(
      this.name,
      `inputs of inputLength ${describeShape(this.inputLength)}`,
      `shape ${shapeText(shape)}`,
      'Pad the sequences to that length or leave inputLength out.',
    );
  }

  override get maskRules(): MaskRules {
    return { passes: false, ...(this.maskZero && { padding: { value: 0, of: 'elements' } }) };
  }

  override computeMask(ids: Value, _mask: Value | undefined): Value | undefined {
    return this.maskZero ? differsFrom(ids, 0) : undefined;
  }
}
