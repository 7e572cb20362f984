// From a name to an activation and back.
import { type FunctionConfig, functionConfig, notOne, sourceOf, unknownName } from '../common/identifier.ts';
import { bare, type SnakeCase, snakeCase } from '../common/names.ts';
import type { Operand, OpResult } from '../ops/operand.ts';
import type { Activation } from './activation.ts';
import * as functions from './functions.ts';

/** Keras's names. */
export type ActivationName = SnakeCase<keyof typeof functions>;

/** Other names of functions that have one. */
const aliases: readonly string[] = ['hard_swish', 'swish'];

/** All functions by name, their own names first. */
function table(): (readonly [name: string, activation: Activation])[] {
  const named = Object.entries(functions).map(([key, activation]) => [snakeCase(key), activation as Activation] as const);
  return named.sort(([a], [b]) => Number(aliases.includes(a)) - Number(aliases.includes(b)));
}

/** What stands for an activation. */
export type ActivationIdentifier = ActivationName | (string & {}) | FunctionConfig | Activation;

/**
 * The activation of a name: `activations.get('relu')([-1, 2])` is [0, 2].
 *
 * `identifier`: one of Keras's names (`'leaky_relu'`, or `'leakyRelu'`), a function of ops, or null or nothing for `linear`. An
 * unknown name is a ValueError that names the nearest one.
 */
export function get(identifier?: ActivationName | (string & {}) | null): <A extends Operand>(x: A) => OpResult<A>;
export function get(identifier?: ActivationIdentifier | null): Activation;
export function get(identifier?: ActivationIdentifier | null): unknown {
  if (identifier === undefined || identifier === null) return functions.linear;
  if (typeof identifier === 'function') return identifier;
  if (typeof identifier === 'object' && sourceOf(identifier)) return sourceOf(identifier);
  if (typeof identifier !== 'string') throw notOne('activation', identifier);
  const known = table();
  const found = known.find(([name]) => bare(name) === bare(identifier));
  if (found) return found[1];
  throw unknownName(
    'activation',
    identifier,
    known.map(([name]) => name),
  );
}

/** What a config keeps of an activation: Keras's name, or that of a function of the user's. */
export function serialize(identifier?: ActivationIdentifier | null): string | FunctionConfig {
  const activation = get(identifier);
  return table().find(([, known]) => known === activation)?.[0] ?? functionConfig(activation, activation);
}
