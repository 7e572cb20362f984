// From a name to an optimizer.
import { type ClassConfig, notOne, type Registry, resolve } from '../identifier.ts';
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
  classes: new Map<string, (options: undefined) => Optimizer>([
    ['Adadelta', (o) => new Adadelta(o)],
    ['Adagrad', (o) => new Adagrad(o)],
    ['Adam', (o) => new Adam(o)],
    ['Adamax', (o) => new Adamax(o)],
    ['AdamW', (o) => new AdamW(o)],
    ['Ftrl', (o) => new Ftrl(o)],
    ['LazyAdam', (o) => new LazyAdam(o)],
    ['Lion', (o) => new Lion(o)],
    ['Nadam', (o) => new Nadam(o)],
    ['RMSprop', (o) => new RMSprop(o)],
    ['SGD', (o) => new SGD(o)],
  ]),
});

/**
 * The optimizer of a name, with its defaults: `optimizers.get('adam')`.
 *
 * `identifier`: the class's name in any case, an object with className and config, or an optimizer. Anything else is a
 * ValueError that names the nearest optimizer.
 */
export function get(identifier: OptimizerIdentifier): Optimizer {
  if (identifier instanceof Optimizer) return identifier;
  const found = resolve(registry(), identifier);
  if (!found) throw notOne('optimizer', identifier);
  return found;
}

/** What a config keeps of an optimizer: its class and options, not what it remembers. */
export function serialize(identifier: OptimizerIdentifier): ClassConfig {
  const optimizer = get(identifier);
  return { className: optimizer.className, config: optimizer.getConfig() };
}
