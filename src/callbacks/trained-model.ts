// The interface of a model that callbacks use. Models import callbacks, so callbacks cannot import models.
import type { Variable } from '../graph/variable.ts';
import type { Layer } from '../layers/base/layer.ts';
import type { Optimizer } from '../optimizers/index.ts';
import type { Tensor } from '../tensor/index.ts';

/** The model in training, as callbacks see it: Sequential and Model are such. */
export interface TrainedModel {
  readonly name: string;
  readonly className: string;
  readonly layers: readonly Layer[];
  readonly weights: Variable[];
  readonly trainableWeights: Variable[];
  readonly outputNames: readonly string[];
  /** The optimizer that the model was compiled with. */
  readonly optimizer: Optimizer | undefined;
  /** Set it to end training after the current batch. */
  stopTraining: boolean;
  getLayer(nameOrIndex: string | number): Layer;
  getWeights(): Tensor[];
  setWeights(weights: readonly Tensor[]): void;
  /** The model's outputs for data, as `Model.predict` takes them. */
  predict(x: unknown, options?: object): Tensor;
  getConfig(): Record<string, unknown>;
  toJSON(): string;
  toKeras(): Promise<Uint8Array<ArrayBuffer>>;
  toWeightsH5(): Promise<Uint8Array<ArrayBuffer>>;
  save(path: string): Promise<void>;
  saveWeights(path: string): Promise<void>;
}
