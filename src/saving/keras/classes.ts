// Which class a name in a file stands for.
import { Configurable } from '../../common/configurable.ts';
import { bare } from '../../common/names.ts';
import { nearest } from '../../common/options.ts';
import { kerasPath } from '../../common/spec.ts';
import * as constraints from '../../constraints/index.ts';
import * as initializers from '../../initializers/index.ts';
import * as layers from '../../layers/index.ts';
import * as losses from '../../losses/index.ts';
import * as metrics from '../../metrics/index.ts';
import * as optimizers from '../../optimizers/index.ts';
import * as regularizers from '../../regularizers/index.ts';
import * as schedules from '../../schedules/index.ts';
import type { ObjectKind } from '../model/modules.ts';

/** A class whose objects are made from options. */
// biome-ignore lint/suspicious/noExplicitAny: the options of a class are checked by its constructor
export type AnyClass = new (options?: any) => object;

interface Kind {
  /** How other versions of Keras spell a module of the kind. */
  readonly pattern: RegExp;
  readonly namespace: Readonly<Record<string, unknown>>;
}

/** In the order in which a name without a module is looked up; functions, so that only what reads files carries the classes. */
const kinds = (): Readonly<Record<ObjectKind, Kind>> => ({
  layer: { pattern: /(^|\.)layers?(\.|$)/, namespace: layers },
  schedule: { pattern: /schedules?(\.|$)|learning_rate_schedule/, namespace: schedules },
  optimizer: { pattern: /(^|\.)optimizers?(_|\.|$)/, namespace: optimizers },
  loss: { pattern: /(^|\.)losses(\.|$)/, namespace: losses },
  metric: { pattern: /(^|\.)metrics(\.|$)/, namespace: metrics },
  initializer: { pattern: /(^|\.)initializers(\.|$)/, namespace: initializers },
  regularizer: { pattern: /(^|\.)regularizers(\.|$)/, namespace: regularizers },
  constraint: { pattern: /(^|\.)constraints(\.|$)/, namespace: constraints },
});

/** The kind that a module holds. */
export function kindOfModule(module: unknown): ObjectKind | undefined {
  if (typeof module !== 'string') return undefined;
  // Schedules live inside the optimizers' module.
  const all = Object.entries(kinds()).sort(([a], [b]) => Number(b === 'schedule') - Number(a === 'schedule'));
  return all.find(([, { pattern }]) => pattern.test(module))?.[0] as ObjectKind | undefined;
}

/** Whether objects can be made of it: not of the bases, which have no name of their own. */
export function isClass(value: unknown): value is AnyClass {
  if (typeof value !== 'function') return false;
  const { prototype } = value as AnyClass;
  if (prototype instanceof layers.Layer) return true;
  return prototype instanceof Configurable && prototype.constructor === value;
}

const isConcrete = (value: unknown): value is AnyClass => isClass(value) && kerasPath(value) !== undefined;

/** Other names that files give to classes. */
const aliases: Readonly<Record<string, string>> = {
  identityinitializer: 'Identity',
  orthogonalinitializer: 'Orthogonal',
  glorotuniformv2: 'GlorotUniform',
  logcosherror: 'LogCoshError',
};

/** The class of this name (case and underscores do not count), if there is one. */
export function classOf(kind: ObjectKind, name: string): AnyClass | undefined {
  const { namespace } = kinds()[kind];
  const word = bare(name);
  for (const wanted of [word, bare(Object.hasOwn(aliases, word) ? aliases[word] : '')]) {
    for (const [key, value] of Object.entries(namespace)) if (wanted !== '' && bare(key) === wanted && isConcrete(value)) return value;
  }
  return undefined;
}

/** The first kind, among those given or all, that has a class of this name. */
export function kindOfClass(name: string): ObjectKind | undefined {
  return (Object.keys(kinds()) as ObjectKind[]).find((kind) => classOf(kind, name));
}

/** The known name spelt most like this one. */
export function nearestClass(kind: ObjectKind | undefined, name: string): string | undefined {
  return nearest(name, (kind ? [kind] : (Object.keys(kinds()) as ObjectKind[])).flatMap(classNames));
}

/** The names of all classes of a kind. */
export function classNames(kind: ObjectKind): string[] {
  return Object.entries(kinds()[kind].namespace).flatMap(([key, value]) => (isConcrete(value) ? [key] : []));
}
