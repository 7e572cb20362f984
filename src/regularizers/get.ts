// From a name or a function to a regularizer.
import { ValueError } from '../common/errors.ts';
import { type ClassConfig, instance, type Registry, resolve, toConfigOrName } from '../common/identifier.ts';
import type { SnakeCase } from '../common/names.ts';
import type { Value } from '../graph/value.ts';
import type { Regularizer } from '../graph/variable.ts';
import * as classes from './classes.ts';

const registry = (): Registry<Regularizer> => ({ what: 'regularizer', classes });

/** Keras's names of the regularizers. */
export type RegularizerName = SnakeCase<keyof typeof classes>;

/** What stands for a regularizer. */
export type RegularizerIdentifier =
  | RegularizerName
  | (string & {})
  | ClassConfig
  | Regularizer
  | (new () => Regularizer)
  | ((value: Value) => Value);

/**
 * The regularizer of a name: `regularizers.get('l2')`, which is `new L2(0.01)`.
 *
 * `identifier`: `'l1'`, `'l2'`, `'l1l2'`, `'orthogonal_regularizer'`, an object with className and config, a regularizer or its class, or a function from a weight's value to a scalar. null or nothing gives undefined. Anything
 * else is a ValueError.
 */
export function get(given?: RegularizerIdentifier | null): Regularizer | undefined {
  const identifier = instance<Exclude<typeof given, new () => Regularizer>>(given);
  if (identifier === undefined || identifier === null) return undefined;
  if (typeof identifier === 'function') return { penalty: identifier, className: identifier.name } as Regularizer;
  // Keras 2 had a name with factors; Keras 3 knows 'l1l2' alone, whose factors are 0.
  if (typeof identifier === 'string' && identifier.toLowerCase() === 'l1_l2') {
    throw new ValueError(`regularizer: expected factors for '${identifier}', got none. Pass new regularizers.L1L2({ l1, l2 }).`);
  }
  return typeof (identifier as Regularizer).penalty === 'function' ? (identifier as Regularizer) : resolve(registry(), identifier);
}

/** What a config keeps of a regularizer: its class and options, the name of a function, or null for none. */
export const serialize = (identifier?: RegularizerIdentifier | null): ClassConfig | string | null =>
  toConfigOrName(typeof identifier === 'function' ? identifier : get(identifier));
