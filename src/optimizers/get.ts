// From a name to an optimizer.
import { type ClassConfig, type Registry, resolve, toConfig } from '../identifier.ts';
import { Adagrad } from './adagrad.ts';
import { Adam, AdamW, LazyAdam } from './adam.ts';
import { Optimizer } from './optimizer.ts';
import { RMSprop } from './rmsprop.ts';
import { SGD } from './sgd.ts';

/** Names of the optimizers in common use; the others are passed as instances, so that bundles need not carry them. */
export type OptimizerName = 'adagrad' | 'adam' | 'adamw' | 'lazyadam' | 'rmsprop' | 'sgd';

/** What stands for an optimizer. */
export type OptimizerIdentifier = OptimizerName | (string & {}) | ClassConfig | Optimizer;

const registry = (): Registry<Optimizer> => ({
  what: 'optimizer',
  classes: [Adagrad, Adam, AdamW, LazyAdam, RMSprop, SGD],
});

/**
 * The optimizer of a name, with its defaults: `optimizers.get('adam')`.
 *
 * `identifier`: the class's name in any case, an object with className and config, or an optimizer. Anything else is a
 * ValueError that names the nearest optimizer.
 */
export function get(identifier: OptimizerIdentifier): Optimizer {
  return identifier instanceof Optimizer ? identifier : resolve(registry(), identifier);
}

/** What a config keeps of an optimizer: its class and options, not what it remembers. */
export const serialize = (identifier: OptimizerIdentifier): ClassConfig => toConfig(get(identifier));
