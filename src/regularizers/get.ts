// From a name or a function to a regularizer.
import { mismatch } from '../common/errors.ts';
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
import type { Regularizer as AnyRegularizer } from '../graph/variable.ts';
import * as classes from './classes.ts';
import { Regularizer } from './regularizer.ts';

const registry = (): Registry<AnyRegularizer> => ({ what: 'regularizer', classes });

/** Keras's names of the regularizers. */
export type RegularizerName = SnakeCase<keyof typeof classes>;

/** What stands for a regularizer. */
export type RegularizerIdentifier =
  | RegularizerName
  | (string & {})
  | ClassConfig
  | FunctionConfig
  | AnyRegularizer
  | (new () => AnyRegularizer)
  | ((value: Value) => Value);

/** A function of the user's as a regularizer. */
class FunctionRegularizer extends Regularizer {
  readonly body: (value: Value) => Value;

  constructor(body: (value: Value) => Value) {
    super();
    this.body = body;
  }

  call(value: Value): Value {
    return this.body(value);
  }
}

/**
 * The regularizer of a name: `regularizers.get('l2')`, which is `new L2(0.01)`.
 *
 * `identifier`: `'l1'`, `'l2'`, `'l1l2'`, `'orthogonal_regularizer'`, an object with className and config, a regularizer or its
 * class, or a function from a weight's value to a scalar. null or nothing gives undefined. Anything else is a ValueError.
 */
export function get(given?: RegularizerIdentifier | null): AnyRegularizer | undefined {
  const identifier = instance<Exclude<typeof given, new () => AnyRegularizer>>(given);
  if (identifier === undefined || identifier === null) return undefined;
  if (typeof identifier === 'function') return new FunctionRegularizer(identifier);
  // Keras 2 had a name with factors; Keras 3 knows 'l1l2' alone, whose factors are 0.
  if (typeof identifier === 'string' && identifier.toLowerCase() === 'l1_l2') {
    throw mismatch('regularizer', `factors for '${identifier}'`, 'none', 'Pass new regularizers.L1L2({ l1, l2 }).');
  }
  return callable<AnyRegularizer>(identifier, specOf(Regularizer).renamed) ?? resolve(registry(), identifier);
}

/** What a config keeps of a regularizer: its class and options, the name of a function, or null for none. */
export function serialize(identifier?: RegularizerIdentifier | null): ClassConfig | FunctionConfig | null {
  const object = get(identifier);
  if (object instanceof FunctionRegularizer) return functionConfig(object.body, object);
  return object === undefined ? null : toConfig(object);
}
