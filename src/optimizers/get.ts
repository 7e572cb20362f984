// From a name to an optimizer.
import { type ClassConfig, type Registry, resolve, toConfig } from '../common/identifier.ts';
import { Adagrad } from './adagrad.ts';
import { Adam, AdamW } from './adam.ts';
import { Optimizer } from './optimizer.ts';
import { RMSprop } from './rmsprop.ts';
import { SGD } from './sgd.ts';

/** Names of the optimizers; a bundle knows the first line by itself, the second after `import 'keratin/names'`. */
export type OptimizerName =
  | ('adagrad' | 'adam' | 'adamw' | 'rmsprop' | 'sgd')
  | ('adadelta' | 'adamax' | 'ftrl' | 'lazy_adam' | 'lion' | 'nadam');

/** What stands for an optimizer. */
export type OptimizerIdentifier = OptimizerName | (string & {}) | ClassConfig | Optimizer;

const registry = (): Registry<Optimizer> => ({
  what: 'optimizer',
  classes: [Adagrad, Adam, AdamW, RMSprop, SGD],
});

/**
 * The optimizer of a name, with its defaults: `optimizers.get('adam')`.
 *
 * `identifier`: the class's name in any case, an object with className and config, or an optimizer. Anything else is a
 * ValueError that names the nearest optimizer; so is, in a page without `import 'keratin/names'`, a name that is not in common use.
 */
export function get(identifier: OptimizerIdentifier): Optimizer {
  if (identifier instanceof Optimizer) return identifier;
  return resolve(registry(), identifier);
}

/** What a config keeps of an optimizer: its class and options, not what it remembers. */
export const serialize = (identifier: OptimizerIdentifier): ClassConfig => toConfig(get(identifier));
