// From a name to an activation and back.
import { moreNames, notOne, unknownName } from '../common/identifier.ts';
import { bare } from '../common/names.ts';
import * as nn from '../ops/nn/index.ts';
import { tanh } from '../ops/numpy/elementwise.ts';
import type { Operand, OpResult } from '../ops/operand.ts';
import type { Activation, ActivationName } from './activation.ts';
import { exponential, gelu, linear, mish, relu } from './variants.ts';

/** Keras's names; a later name of the same function is an alias. */
const table = /* @__PURE__ */ new Map<string, Activation>([
  ['elu', nn.elu],
  ['exponential', exponential],
  ['gelu', gelu],
  ['hard_sigmoid', nn.hardSigmoid],
  ['hard_silu', nn.hardSilu],
  ['hard_swish', nn.hardSilu],
  ['leaky_relu', nn.leakyRelu],
  ['linear', linear],
  ['log_sigmoid', nn.logSigmoid],
  ['log_softmax', nn.logSoftmax],
  ['mish', mish],
  ['relu', relu],
  ['relu6', nn.relu6],
  ['selu', nn.selu],
  ['sigmoid', nn.sigmoid],
  ['silu', nn.silu],
  ['softmax', nn.softmax],
  ['softplus', nn.softplus],
  ['softsign', nn.softsign],
  ['swish', nn.silu],
  ['tanh', tanh],
] satisfies [ActivationName, Activation][]);

/** The first that fits, in the table or in the part 'names'. */
const find = (fits: (entry: readonly [string, Activation]) => boolean): readonly [string, Activation] | undefined =>
  [...table].find(fits) ?? moreNames<Activation>('activation').find(fits);

/** What stands for an activation. */
export type ActivationIdentifier = ActivationName | (string & {}) | Activation;

/**
 * The activation of a name: `activations.get('relu')([-1, 2])` is [0, 2].
 *
 * `identifier`: one of Keras's names (`'leaky_relu'`, or `'leakyRelu'`), a function of ops, or null or nothing for `linear`. An
 * unknown name is a ValueError that names the nearest one.
 */
export function get(identifier?: ActivationName | (string & {}) | null): <A extends Operand>(x: A) => OpResult<A>;
export function get(identifier?: ActivationIdentifier | null): Activation;
export function get(identifier?: ActivationIdentifier | null): unknown {
  if (identifier === undefined || identifier === null) return linear;
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
