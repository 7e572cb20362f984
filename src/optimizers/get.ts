// From a name to an optimizer.
import { type ClassConfig, type Registry, resolve, toConfig } from '../common/identifier.ts';
import * as classes from './classes.ts';
import { Optimizer } from './optimizer.ts';

/** Names of the optimizers: Keras's, the classes in lower case, and `lazy_adam`. */
export type OptimizerName = Lowercase<keyof typeof classes> | 'lazy_adam';

/** What stands for an optimizer. */
export type OptimizerIdentifier = OptimizerName | (string & {}) | ClassConfig | Optimizer;

const registry = (): Registry<Optimizer> => ({ what: 'optimizer', classes });

/**
 * The optimizer of a name, with its defaults: `optimizers.get('adam')`.
 *
 * `identifier`: the class's name in any case, an object with className and config, or an optimizer. Anything else is a
 * ValueError that names the nearest optimizer.
 */
export function get(identifier: OptimizerIdentifier): Optimizer {
  if (identifier instanceof Optimizer) return identifier;
  return resolve(registry(), identifier);
}

/** What a config keeps of an optimizer: its class and options, not what it remembers. */
export const serialize = (identifier: OptimizerIdentifier): ClassConfig => toConfig(get(identifier));
