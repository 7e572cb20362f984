// Rows of a trainable table, one for each id.
import * as constraints from '../constraints/index.ts';
import { ValueError } from '../errors.ts';
import { currentTrace } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import type { Variable } from '../graph/variable.ts';
import type { InitializerIdentifier } from '../initializers/index.ts';
import * as initializers from '../initializers/index.ts';
import { gather } from '../ops/embedding.ts';
import { differsFrom, toInt } from '../ops/unary.ts';
import { checkBoolean, checkPositiveInteger } from '../options.ts';
import * as regularizers from '../regularizers/index.ts';
import { readArguments } from './arguments.ts';
import { Layer, type LayerOptions, layerOptions, type Shape } from './layer.ts';
import { checkShape, describeShape } from './shape.ts';

export interface EmbeddingOptions extends LayerOptions {
  /** Size of the vocabulary: ids are 0 to inputDim - 1. */
  inputDim: number;
  /** Length of each vector. */
  outputDim: number;
  /** Default 'uniform', from -0.05 to 0.05. */
  embeddingsInitializer?: InitializerIdentifier;
  embeddingsRegularizer?: regularizers.RegularizerIdentifier | null;
  embeddingsConstraint?: constraints.ConstraintIdentifier | null;
  /** Whether id 0 is padding that later layers are to skip. Default false. */
  maskZero?: boolean;
  /** Number of ids in a sample, when it is the same for all; needed before Flatten and Dense. */
  inputLength?: number | readonly (number | null)[];
}

const allowed = [...layerOptions, 'embeddingsInitializer', 'embeddingsRegularizer', 'embeddingsConstraint', 'maskZero', 'inputLength'];

/**
 * Turns ids into dense vectors: `[batch, ...]` of ids becomes `[batch, ..., outputDim]`.
 *
 * ```js
 * const model = new Sequential([new layers.Embedding(50, 8, { inputLength: 4 })]);
 * model.predict([[9, 42, 7, 0]]).shape; // [1, 4, 8]
 * ```
 * The table has shape [inputDim, outputDim]. With `maskZero` id 0 still has a row of its own; it is later layers that skip it.
 * Where it differs from Keras 3: `inputLength` builds the model at once, as in Keras 2; an id outside the table, a negative
 * one too, is a ValueError; the gradient of a row that occurs twice is summed before it is squared.
 * @throws ValueError when a size is not a positive integer, or an id is out of range.
 */
export class Embedding extends Layer {
  readonly inputDim: number;
  readonly outputDim: number;
  readonly maskZero: boolean;
  readonly inputLength: number | readonly (number | null)[] | undefined;
  private readonly options: EmbeddingOptions;
  private table: Variable | undefined;

  constructor(options: EmbeddingOptions);
  constructor(inputDim: number, outputDim: number, options?: Omit<EmbeddingOptions, 'inputDim' | 'outputDim'>);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<EmbeddingOptions>('Embedding', args, ['inputDim', 'outputDim'], allowed);
    super({ ...options });
    this.inputDim = checkPositiveInteger(this.name, 'inputDim', options.inputDim);
    this.outputDim = checkPositiveInteger(this.name, 'outputDim', options.outputDim);
    this.maskZero = options.maskZero === undefined ? false : checkBoolean(this.name, 'maskZero', options.maskZero);
    this.inputLength = checkLengths(this.name, options.inputLength);
    this.options = {
      ...options,
      embeddingsInitializer: initializers.get(options.embeddingsInitializer ?? 'uniform'),
      embeddingsRegularizer: options.embeddingsRegularizer == null ? null : regularizers.get(options.embeddingsRegularizer),
      embeddingsConstraint: options.embeddingsConstraint == null ? null : constraints.get(options.embeddingsConstraint),
    };
    this.supportsMasking = this.maskZero;
    const lengths = typeof this.inputLength === 'number' ? [this.inputLength] : this.inputLength;
    this.batchInputShape ??= [null, ...(lengths ?? [null])];
    if (options.weights) this.ensureBuilt(this.batchInputShape);
  }

  override get className(): string {
    return 'Embedding';
  }

  override get inputDtype(): 'int32' {
    return 'int32';
  }

  override build(): void {
    const { embeddingsInitializer = 'uniform', embeddingsRegularizer, embeddingsConstraint } = this.options;
    this.table = this.addWeight('embeddings', [this.inputDim, this.outputDim], {
      initializer: embeddingsInitializer,
      regularizer: embeddingsRegularizer,
      constraint: embeddingsConstraint,
    });
  }

  override call(ids: Value): Value {
    const trace = currentTrace();
    trace.requireIds(ids, this.inputDim, this.name);
    return gather(trace.read(this.table as Variable), toInt(ids));
  }

  override computeMask(ids: Value, _mask: Value | undefined): Value | undefined {
    return this.maskZero ? differsFrom(ids, 0) : undefined;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    const lengths = typeof this.inputLength === 'number' ? [this.inputLength] : this.inputLength;
    if (!lengths) return [...inputShape, this.outputDim];
    const rest = inputShape.slice(1);
    const fits = rest.length === lengths.length && rest.every((dim, i) => dim === null || lengths[i] === null || dim === lengths[i]);
    if (!fits) {
      throw new ValueError(
        `${this.name}: expected inputs of inputLength ${describeShape(this.inputLength)}, got shape [${inputShape.map(String).join(', ')}]. ` +
          'Pad the sequences to that length or leave inputLength out.',
      );
    }
    return [inputShape[0], ...rest.map((dim, i) => dim ?? lengths[i]), this.outputDim];
  }

  override getConfig(): Record<string, unknown> {
    const { embeddingsInitializer, embeddingsRegularizer, embeddingsConstraint } = this.options;
    return {
      ...super.getConfig(),
      inputDim: this.inputDim,
      outputDim: this.outputDim,
      embeddingsInitializer: initializers.serialize(embeddingsInitializer as InitializerIdentifier),
      embeddingsRegularizer: regularizers.serialize(embeddingsRegularizer),
      embeddingsConstraint: constraints.serialize(embeddingsConstraint),
      maskZero: this.maskZero,
      ...(this.inputLength === undefined ? {} : { inputLength: this.inputLength }),
    };
  }
}

/** A length, or one for each axis behind the batch. */
function checkLengths(owner: string, lengths: EmbeddingOptions['inputLength']): EmbeddingOptions['inputLength'] {
  if (lengths === undefined) return undefined;
  return Array.isArray(lengths) ? checkShape(`${owner}: inputLength`, lengths) : checkPositiveInteger(owner, 'inputLength', lengths);
}
