// Options of all layers, and of `addWeight`.
import type { ConstraintIdentifier } from '../../constraints/index.ts';
import type { InitializerIdentifier } from '../../initializers/index.ts';
import type { RegularizerIdentifier } from '../../regularizers/index.ts';
import type { TensorLike } from '../../tensor/index.ts';
import type { Shape } from './shape.ts';

/** Options that every layer takes. */
export interface LayerOptions {
  /** Unique name; by default the class in snake case, numbered. */
  name?: string;
  /** Whether training changes the weights. Default true. */
  trainable?: boolean;
  /** Shape of one sample, for the first layer of a Sequential model. */
  inputShape?: Shape;
  /** Length of a sample, short for `inputShape: [inputDim]`. */
  inputDim?: number;
  /** Shape of a batch, `[null, ...]`, for the first layer of a Sequential model. */
  batchInputShape?: Shape;
  /** Initial weights, in the order of `getWeights()`. */
  weights?: readonly (TensorLike | readonly unknown[])[];
  /** A penalty on the output, added to the loss and divided by the batch size. */
  activityRegularizer?: RegularizerIdentifier | null;
  /** What it computes in: 'float32', and nothing else. */
  dtype?: 'float32' | null;
}

/** Names of the options above, to be allowed by each layer. */
export const layerOptions = [
  'name',
  'trainable',
  'inputShape',
  'inputDim',
  'batchInputShape',
  'weights',
  'activityRegularizer',
  'dtype',
] as const;

/** How a weight is made. */
export interface WeightOptions {
  readonly initializer?: InitializerIdentifier;
  readonly regularizer?: RegularizerIdentifier | null | undefined;
  readonly constraint?: ConstraintIdentifier | null | undefined;
  readonly trainable?: boolean;
}
