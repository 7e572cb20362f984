// Bounds the parameters of a model, checked before each weight is made.
import type { WeightCheck } from '../../layers/base/weighted.ts';
import { formatError } from './format-error.ts';

/** Weights of 256 MiB: a config of a few bytes may ask for any number. Files bring the numbers that they ask for. */
export const MAX_PARAMETERS = 2 ** 26;

/** Counts the elements of all weights that are made, and refuses the one that makes more than `most`. */
export function budget(owner: string, most = MAX_PARAMETERS): WeightCheck {
  let left = most;
  return (layer, weight, shape) => {
    left -= shape.reduce((product, dim) => product * dim, 1);
    if (left >= 0) return;
    const problem = `a weight of shape [${shape.join(', ')}], which makes more than ${most} parameters`;
    throw formatError(
      owner,
      problem,
      'Raise maxParameters if the config is to be trusted; a file has to hold them all.',
      `${layer}/${weight}`,
    );
  };
}
