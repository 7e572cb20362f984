// The kinds of objects that configs hold.

/** A kind of object in a file. */
export type ObjectKind = 'layer' | 'initializer' | 'regularizer' | 'constraint' | 'optimizer' | 'schedule' | 'loss' | 'metric';

/** How Keras's versions spell a module of each kind; schedules live inside the optimizers' module. */
const modules: readonly (readonly [kind: ObjectKind, pattern: RegExp])[] = [
  ['schedule', /schedules?(\.|$)|learning_rate_schedule/],
  ['layer', /(^|\.)layers?(\.|$)/],
  ['optimizer', /(^|\.)optimizers?(_|\.|$)/],
  ['loss', /(^|\.)losses(\.|$)/],
  ['metric', /(^|\.)metrics(\.|$)/],
  ['initializer', /(^|\.)initializers(\.|$)/],
  ['regularizer', /(^|\.)regularizers(\.|$)/],
  ['constraint', /(^|\.)constraints(\.|$)/],
];

/** All kinds, in the order in which a name without a module is looked up. */
export const objectKinds: readonly ObjectKind[] = [
  'layer',
  'schedule',
  'optimizer',
  'loss',
  'metric',
  'initializer',
  'regularizer',
  'constraint',
];

/** The kind that a module holds. */
export const kindOfModule = (module: unknown): ObjectKind | undefined =>
  typeof module === 'string' ? modules.find(([, pattern]) => pattern.test(module))?.[0] : undefined;

/** The kind of the objects under an option of this name. */
export function kindOfKey(key: string): ObjectKind | undefined {
  if (/initializer$/i.test(key)) return 'initializer';
  if (/regularizer$/i.test(key)) return 'regularizer';
  if (/constraint$/i.test(key)) return 'constraint';
  if (/^learning_?rate$/i.test(key)) return 'schedule';
  return /layer$/i.test(key) ? 'layer' : undefined;
}
