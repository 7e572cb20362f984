// A snapshot of a model: its config and copies of all numbers, so that training may go on while a file of it is written.
import { mismatch } from '../../common/errors.ts';
import type { Variable } from '../../graph/variable.ts';
import type { Layer } from '../../layers/base/layer.ts';
import type { LookupLayer } from '../../layers/preprocessing/lookup-layer.ts';
import type { Token } from '../../layers/preprocessing/tokens.ts';
import { type WeightGroup, weightGroupsOf } from './weight-groups.ts';
import { modelText } from './write-model.ts';
import type { WrittenModel } from './written-model.ts';

/** The copy of a weight. */
export interface WeightState {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

/** What an object of a model holds. */
export interface GroupState extends Omit<WeightGroup, 'weights'> {
  readonly weights: readonly WeightState[];
  /** What a lookup layer learnt; adapting it anew makes other lists. */
  readonly learnt: LookupLayer<Token>['learnt'];
  readonly tokenWeights: readonly number[] | null | undefined;
}

/** What the optimizer remembers; it has a rate where no schedule decides. */
export interface OptimizerState {
  readonly name: string;
  readonly batches: number;
  readonly rate: number | undefined;
  readonly slots: readonly WeightState[];
}

/** The contents of a weights file. */
export interface WeightsState {
  readonly groups: readonly GroupState[];
  readonly optimizer: OptimizerState | undefined;
}

/** The contents of a .keras file. */
export interface ModelState extends WeightsState {
  readonly config: string;
}

/** Snapshot of a model. One that is not built has no weights in it. */
export const modelState = (model: WrittenModel): ModelState => ({ ...stateOf(model), config: modelText(model) });

/** Copies of the weights and the optimizer's state; errors begin with `owner`. */
export function weightsState(owner: string, model: WrittenModel): WeightsState {
  checkBuilt(owner, model);
  return stateOf(model);
}

/** Throws unless the model is built. */
export function checkBuilt(owner: string, model: { readonly built: boolean }): void {
  if (model.built) return;
  throw mismatch(owner, 'a model with weights', 'one that is not built', 'Pass inputShape to the first layer, or fit or predict first.');
}

function stateOf(model: WrittenModel): WeightsState {
  const { optimizer } = model;
  const groups = weightGroupsOf(model).map((group) => {
    const { learnt, tokenWeights } = (group.layer ?? {}) as Partial<Layer & LookupLayer<Token>>;
    return { ...group, weights: group.weights.map(copyOf), learnt, tokenWeights };
  });
  return {
    groups,
    optimizer: optimizer && {
      name: optimizer.name,
      batches: optimizer.batches,
      rate: optimizer.schedule ? undefined : optimizer.learningRate,
      slots: optimizer.variables.map(copyOf),
    },
  };
}

const copyOf = (variable: Variable): WeightState => ({ name: variable.name, shape: variable.shape, data: variable.view().slice() });
