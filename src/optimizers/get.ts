// From a name to an optimizer.
import { ValueError } from '../errors.ts';
import { type ClassConfig, type Registry, resolve, toConfig } from '../identifier.ts';
import { Adagrad } from './adagrad.ts';
import { Adam, AdamW } from './adam.ts';
import { Optimizer } from './optimizer.ts';
import { RMSprop } from './rmsprop.ts';
import { SGD } from './sgd.ts';

/** Names of the optimizers in common use; the others are passed as instances, so that bundles need not carry them. */
export type OptimizerName = 'adagrad' | 'adam' | 'adamw' | 'rmsprop' | 'sgd';

/** Classes that have no name here. */
const others = ['Adadelta', 'Adamax', 'Ftrl', 'LazyAdam', 'Lion', 'Nadam'];

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
 * ValueError that names the nearest optimizer.
 */
export function get(identifier: OptimizerIdentifier): Optimizer {
  if (identifier instanceof Optimizer) return identifier;
  const name = typeof identifier === 'string' ? identifier : identifier?.className;
  const other = others.find((className) => className.toLowerCase() === String(name).toLowerCase());
  if (!other) return resolve(registry(), identifier);
  throw new ValueError(`optimizer: expected a common name, got '${name}'. Pass new optimizers.${other}().`);
}

/** What a config keeps of an optimizer: its class and options, not what it remembers. */
export const serialize = (identifier: OptimizerIdentifier): ClassConfig => toConfig(get(identifier));
