// The interface of a model for loops and summaries. The class of models imports them, so they cannot import it.
import type { History } from '../callbacks/history.ts';
import type { TrainedModel } from '../callbacks/trained-model.ts';
import type { ClassWeight, FittedInputs, Samples } from '../data/model-source.ts';
import type { Variable } from '../graph/variable.ts';
import type { Layer } from '../layers/base/layer.ts';
import type { Tensor, TensorLike } from '../tensor/index.ts';
import type { Compiled } from './compiled.ts';
import type { Steps } from './compiled-steps.ts';
import type { InputSpec } from './inputs.ts';

/** Data for a model: nested arrays, typed arrays, tensors; an array or an object of them when it has several inputs. */
export type ModelData = TensorLike | readonly unknown[] | Readonly<Record<string, TensorLike | readonly unknown[]>>;

/** Weights of the samples, for all outputs or one by one. */
export type SampleWeight = TensorLike | readonly number[] | readonly SampleWeightPart[] | Readonly<Record<string, SampleWeightPart>>;
type SampleWeightPart = TensorLike | readonly number[] | null;

/** A model that is trained, evaluated and asked for predictions. */
export interface RunModel extends TrainedModel {
  readonly steps: Steps;
  history: History | undefined;
  compiled(caller: string): Compiled;
  fitInputs(owner: string, x: unknown): FittedInputs;
  samples(caller: string, x: unknown, y: unknown, weight: unknown, classWeight: ClassWeight | null | undefined): Samples;
  predict(x: never, options?: object): Tensor;
  pack<T>(outputs: readonly T[]): T | readonly T[];
  unpack(outputs: unknown): readonly Tensor[];
}

/** A model that prints its layers. */
export interface SummaryModel {
  readonly name: string;
  readonly className: string;
  readonly built: boolean;
  readonly layers: readonly Layer[];
  readonly weights: Variable[];
  readonly trainableWeights: Variable[];
  readonly optimizer: TrainedModel['optimizer'];
  countParams(): number;
  inputSpecs(sample?: unknown): readonly InputSpec[];
  connections(): ReadonlyMap<Layer, readonly string[]> | undefined;
}
