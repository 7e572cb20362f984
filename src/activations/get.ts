// From a name to an activation and back.
import { moreNames, notOne, unknownName } from '../common/identifier.ts';
import { bare } from '../common/names.ts';
import type { Activation, ActivationName } from './activation.ts';
import * as f from './functions.ts';

/** Keras's names; a later name of the same function is an alias. */
const table = /* @__PURE__ */ new Map<string, Activation>([
  ['elu', f.elu],
  ['exponential', f.exponential],
  ['gelu', f.gelu],
  ['hard_sigmoid', f.hardSigmoid],
  ['hard_silu', f.hardSilu],
  ['hard_swish', f.hardSilu],
  ['leaky_relu', f.leakyRelu],
  ['linear', f.linear],
  ['log_sigmoid', f.logSigmoid],
  ['log_softmax', f.logSoftmax],
  ['mish', f.mish],
  ['relu', f.relu],
  ['relu6', f.relu6],
  ['selu', f.selu],
  ['sigmoid', f.sigmoid],
  ['silu', f.silu],
  ['softmax', f.softmax],
  ['softplus', f.softplus],
  ['softsign', f.softsign],
  ['swish', f.silu],
  ['tanh', f.tanh],
] satisfies [ActivationName, Activation][]);

/** The first that fits, in the table or in the part 'names'. */
const find = (fits: (entry: readonly [string, Activation]) => boolean): readonly [string, Activation] | undefined =>
  [...table].find(fits) ?? moreNames<Activation>('activation').find(fits);

/** What stands for an activation. */
export type ActivationIdentifier = ActivationName | (string & {}) | Activation;

/**
 * The activation of a name: `activations.get('relu')`.
 *
 * `identifier`: one of Keras's names (`'leaky_relu'`, or `'leakyRelu'`), a function from value to value, or null or nothing
 * for `linear`. An unknown name is a ValueError that names the nearest one.
 */
export function get(identifier?: ActivationIdentifier | null): Activation {
  if (identifier === undefined || identifier === null) return f.linear;
  if (typeof identifier === 'function') return identifier;
  if (typeof identifier !== 'string') throw notOne('activation', identifier);
  const found = find(([name]) => bare(name) === bare(identifier));
  if (found) return found[1];
  throw unknownName('activation', identifier, [...table.keys()]);
}

/** The name that a config says an activation by: Keras's, or the function's own for one of the user's. */
export function serialize(identifier?: ActivationIdentifier | null): string {
  const activation = get(identifier);
  return find(([, known]) => known === activation)?.[0] ?? activation.name;
}
