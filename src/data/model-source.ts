// The interface between models and datasets. The dataset brings the code of its batches, so that programs without one do not
// carry it, and neither imports the other.
import type { Tensor } from '../tensor/index.ts';

/** A weight for each class. */
export type ClassWeight = Readonly<Record<number, number>>;

/** Samples that the model has checked: inputs, targets and weights, row by row. */
export interface Samples {
  readonly count: number;
  readonly inputs: readonly Tensor[];
  readonly targets: readonly (Tensor | undefined)[];
  readonly weights: readonly (Tensor | undefined)[];
  /** Kinds of number that the model's inputs and targets have. */
  readonly inputDtypes: readonly ('float32' | 'int32')[];
  readonly targetDtypes: readonly ('float32' | 'int32')[];
}

/** The user's data as the model's inputs. */
export type FittedInputs = Pick<Samples, 'inputs' | 'inputDtypes'>;

/** `size` rows of samples from `first` on, in the given order. */
export interface Batch {
  readonly samples: Samples;
  readonly order: Int32Array | undefined;
  readonly first: number;
  readonly size: number;
  /** Whether its ids have been checked with all the others. */
  readonly checked: boolean;
}

/** Where the batches of a run come from. */
export interface Source {
  /** Batches in an epoch, once known. */
  readonly steps: number | undefined;
  /** The batches of the next epoch. */
  epoch(): Iterator<Batch> | AsyncIterator<Batch>;
  /** Ends the pass that the next epoch would have gone on with. */
  close?(): Promise<void>;
}

/** The interface of a model for datasets. */
export interface DataModel {
  readonly name: string;
  samples(caller: string, x: unknown, y: unknown, weight: unknown, classWeight: ClassWeight | null | undefined): Samples;
  predict(x: never, options: { batchSize: number }): Tensor;
  pack<T>(outputs: readonly T[]): T | readonly T[];
  unpack(outputs: unknown): readonly Tensor[];
}

/** The interface of a dataset for models. */
export interface BatchStream {
  /** @internal The batches of a run of `model.caller`; with `goesOn` an epoch of `limit` batches goes on where the last one ended. */
  batchSource(model: DataModel, caller: string, options: StreamOptions): Source;
  /** @internal The model's outputs for all batches. */
  predictWith(model: DataModel, options: { steps?: number | null }): Promise<Tensor>;
}

/** How a model goes through a dataset. */
export interface StreamOptions {
  readonly limit?: number | undefined;
  readonly goesOn?: boolean;
  readonly classWeight?: ClassWeight | null | undefined;
}

export const isStream = (data: unknown): data is BatchStream =>
  typeof data === 'object' && data !== null && typeof (data as BatchStream).predictWith === 'function';
