// From a name or a function to a constraint.

import {
  type ClassConfig,
  callable,
  type FunctionConfig,
  functionConfig,
  instance,
  type Registry,
  resolve,
  toConfig,
} from '../common/identifier.ts';
import type { SnakeCase } from '../common/names.ts';
import { specOf } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import type { Constraint as AnyConstraint } from '../graph/variable.ts';
import * as classes from './classes.ts';
import { Constraint } from './constraint.ts';

const registry = (): Registry<AnyConstraint> => ({ what: 'constraint', classes });

/** Keras's names of the constraints. */
export type ConstraintName = SnakeCase<keyof typeof classes>;

/** What stands for a constraint. */
export type ConstraintIdentifier =
  | ConstraintName
  | (string & {})
  | ClassConfig
  | FunctionConfig
  | AnyConstraint
  | (new () => AnyConstraint)
  | ((weight: Value) => Value);

/** A function of the user's as a constraint. */
class FunctionConstraint extends Constraint {
  readonly body: (weight: Value) => Value;

  constructor(body: (weight: Value) => Value) {
    super();
    this.body = body;
  }

  call(weight: Value): Value {
    return this.body(weight);
  }
}

/**
 * The constraint of a name: `constraints.get('non_neg')`.
 *
 * `identifier`: `'non_neg'`, `'max_norm'`, `'min_max_norm'`, `'unit_norm'`, an object with className and config, a constraint or its
 * class, or a function from a weight's value to the constrained value. null or nothing gives undefined. Anything else is a
 * ValueError.
 */
export function get(given?: ConstraintIdentifier | null): AnyConstraint | undefined {
  const identifier = instance<Exclude<typeof given, new () => AnyConstraint>>(given);
  if (identifier === undefined || identifier === null) return undefined;
  if (typeof identifier === 'function') return new FunctionConstraint(identifier);
  return callable<AnyConstraint>(identifier, specOf(Constraint).renamed) ?? resolve(registry(), identifier);
}

/** What a config keeps of a constraint: its class and options, the name of a function, or null for none. */
export function serialize(identifier?: ConstraintIdentifier | null): ClassConfig | FunctionConfig | null {
  const object = get(identifier);
  if (object instanceof FunctionConstraint) return functionConfig(object.body, object);
  return object === undefined ? null : toConfig(object);
}
