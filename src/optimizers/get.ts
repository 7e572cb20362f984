// From a name to an optimizer.
import { type ClassConfig, type Registry, resolve, toConfig } from '../identifier.ts';
import { Adadelta, Adagrad } from './adagrad.ts';
import { Adam, AdamW, LazyAdam } from './adam.ts';
import { Adamax } from './adamax.ts';
import { Ftrl } from './ftrl.ts';
import { Lion } from './lion.ts';
import { Nadam } from './nadam.ts';
import { Optimizer } from './optimizer.ts';
import { RMSprop } from './rmsprop.ts';
import { SGD } from './sgd.ts';

/** Keras's names of the optimizers, and 'lazyadam'. */
export type OptimizerName =
  | 'adadelta'
  | 'adagrad'
  | 'adam'
  | 'adamax'
  | 'adamw'
  | 'ftrl'
  | 'lazyadam'
  | 'lion'
  | 'nadam'
  | 'rmsprop'
  | 'sgd';

/** What stands for an optimizer. */
export type OptimizerIdentifier = OptimizerName | (string & {}) | ClassConfig | Optimizer;

const registry = (): Registry<Optimizer> => ({
  what: 'optimizer',
  classes: [Adadelta, Adagrad, Adam, Adamax, AdamW, Ftrl, LazyAdam, Lion, Nadam, RMSprop, SGD],
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
