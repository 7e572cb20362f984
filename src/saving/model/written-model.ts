// The interface of a model that is written into files.
import type { Layer } from '../../layers/base/layer.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import type { JsonObject } from './json.ts';
import type { Writing } from './writing.ts';

/** A model as the writers of files see it. Models import the writers, so these cannot import models. */
export interface WrittenModel extends Layer {
  readonly optimizer: Optimizer | undefined;
  compiled(caller: string): { readonly options: CompiledWith };
  /** The serialized model without its compile config. */
  kerasObject(writing: Writing): JsonObject;
  /** Its layers in the order of Keras's files, by which these also name weights; without ops, which have none. */
  layersInFile(): readonly Layer[];
}

interface CompiledWith {
  readonly loss?: unknown;
  readonly metrics?: unknown;
  readonly weightedMetrics?: unknown;
  readonly lossWeights?: unknown;
}
