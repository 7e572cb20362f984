// The activations that recurrent cells can have, by the codes that assembly/recurrent-activation.ts knows them by.
import { ValueError } from '../common/errors.ts';
import { describe, nearest } from '../common/options.ts';

/** Names of the activations of recurrent cells, which are Keras's. */
export type RecurrentActivation =
  | 'linear'
  | 'tanh'
  | 'sigmoid'
  | 'relu'
  | 'hard_sigmoid'
  | 'softsign'
  | 'elu'
  | 'selu'
  | 'softplus'
  | 'exponential'
  | 'leaky_relu';

/** In the order of the codes. */
export const recurrentActivations: readonly RecurrentActivation[] = [
  'linear',
  'tanh',
  'sigmoid',
  'relu',
  'hard_sigmoid',
  'softsign',
  'elu',
  'selu',
  'softplus',
  'exponential',
  'leaky_relu',
];

/** The code of an activation; a ValueError naming `owner` and `option` for one that no recurrent cell has. */
export function recurrentActivationCode(owner: string, option: string, name: unknown): number {
  const code = recurrentActivations.indexOf(name as RecurrentActivation);
  if (code >= 0) return code;
  const near = typeof name === 'string' ? nearest(name, recurrentActivations) : undefined;
  throw new ValueError(
    `${owner}: expected ${option} to be one of ${recurrentActivations.join(', ')}, got ${describe(name)}. ` +
      (near === undefined ? 'A recurrent cell needs an activation whose derivative follows from its output.' : `Did you mean '${near}'?`),
  );
}
