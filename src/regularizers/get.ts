// From a name or a function to a regularizer.
import { ValueError } from '../errors.ts';
import type { Regularizer } from '../graph/roles.ts';
import type { Value } from '../graph/value.ts';
import { type ClassConfig, notOne, type Registry, resolve, type Serializable } from '../identifier.ts';
import { L1, L1L2, L2 } from './l1l2.ts';
import { OrthogonalRegularizer } from './orthogonal.ts';

const registry = (): Registry<Regularizer> => ({
  what: 'regularizer',
  classes: new Map<string, (options: undefined) => Regularizer>([
    ['L1', (o) => new L1(o)],
    ['L2', (o) => new L2(o)],
    ['L1L2', (o) => new L1L2(o)],
    ['OrthogonalRegularizer', (o) => new OrthogonalRegularizer(o)],
  ]),
});

/** What stands for a regularizer. */
export type RegularizerIdentifier =
  | 'l1'
  | 'l2'
  | 'orthogonal_regularizer'
  | (string & {})
  | ClassConfig
  | Regularizer
  | ((value: Value) => Value);

/**
 * The regularizer of a name: `regularizers.get('l2')`, which is `new L2(0.01)`.
 *
 * `identifier`: `'l1'`, `'l2'`, `'orthogonal_regularizer'`, an object with className and config, a regularizer, or a function
 * from a weight's value to a scalar. null or nothing gives undefined. Anything else is a ValueError.
 */
export function get(identifier?: RegularizerIdentifier | null): Regularizer | undefined {
  if (identifier === undefined || identifier === null) return undefined;
  if (typeof identifier === 'function') return { penalty: identifier };
  if (typeof identifier === 'string' && identifier.replaceAll('_', '').toLowerCase() === 'l1l2') {
    throw new ValueError(`regularizer: expected factors for '${identifier}', got none. Pass new regularizers.L1L2({ l1, l2 }).`);
  }
  const found = resolve(registry(), identifier);
  if (found) return found;
  if (typeof (identifier as Regularizer).penalty === 'function') return identifier as Regularizer;
  throw notOne('regularizer', identifier);
}

/** What a config keeps of a regularizer: its class and options, the name of a function, or null for none. */
export function serialize(identifier?: RegularizerIdentifier | null): ClassConfig | string | null {
  if (typeof identifier === 'function') return identifier.name;
  const regularizer = get(identifier) as (Regularizer & Partial<Serializable>) | undefined;
  if (!regularizer) return null;
  return regularizer.className === undefined
    ? regularizer.constructor.name
    : { className: regularizer.className, config: regularizer.getConfig?.() ?? {} };
}
