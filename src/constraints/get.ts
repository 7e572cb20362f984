// From a name or a function to a constraint.

import { type ClassConfig, instance, type Registry, resolve, toConfigOrName } from '../common/identifier.ts';
import type { SnakeCase } from '../common/names.ts';
import { currentTrace } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import type { Constraint } from '../graph/variable.ts';
import { assign } from '../primitives/update.ts';
import * as classes from './classes.ts';

const registry = (): Registry<Constraint> => ({ what: 'constraint', classes });

/** Keras's names of the constraints. */
export type ConstraintName = SnakeCase<keyof typeof classes>;

/** What stands for a constraint. */
export type ConstraintIdentifier =
  | ConstraintName
  | (string & {})
  | ClassConfig
  | Constraint
  | (new () => Constraint)
  | ((weight: Value) => Value);

/**
 * The constraint of a name: `constraints.get('non_neg')`.
 *
 * `identifier`: `'non_neg'`, `'max_norm'`, `'min_max_norm'`, `'unit_norm'`, an object with className and config, a constraint or its class, or a function from a weight's value to the constrained value. null
 * or nothing gives undefined. Anything else is a ValueError.
 */
export function get(given?: ConstraintIdentifier | null): Constraint | undefined {
  const identifier = instance<Exclude<typeof given, new () => Constraint>>(given);
  if (identifier === undefined || identifier === null) return undefined;
  if (typeof identifier === 'function') {
    const constrain: Constraint['constrain'] = (weight) => assign(weight, identifier(currentTrace().read(weight)));
    return { constrain, className: identifier.name } as Constraint;
  }
  return typeof (identifier as Constraint).constrain === 'function' ? (identifier as Constraint) : resolve(registry(), identifier);
}

/** What a config keeps of a constraint: its class and options, the name of a function, or null for none. */
export const serialize = (identifier?: ConstraintIdentifier | null): ClassConfig | string | null =>
  toConfigOrName(typeof identifier === 'function' ? identifier : get(identifier));
