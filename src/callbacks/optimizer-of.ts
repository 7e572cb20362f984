// The optimizer of the model in training, and its learning rate.
import { mismatch } from '../common/errors.ts';
import type { Optimizer } from '../optimizers/index.ts';
import type { TrainedModel } from './trained-model.ts';

/** The optimizer of a callback's model. */
export function optimizerOf(owner: string, model: TrainedModel | undefined): Optimizer {
  const optimizer = model?.optimizer;
  if (!optimizer) throw mismatch(owner, 'a compiled model', model ? model.name : 'none', 'Call compile({ optimizer, loss }) first.');
  return optimizer;
}

/** The learning rate in float32, as the kernels use it and as logs show it. */
export const learningRateOf = (optimizer: Optimizer): number => Math.fround(optimizer.learningRate);
