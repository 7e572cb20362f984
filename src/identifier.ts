// From what a user names an object by (a string, an object with className and config, an instance) to the object.
import { ValueError } from './errors.ts';
import { snakeCase } from './names.ts';
import { checkOptions, describe, nearest } from './options.ts';

/** What `getConfig` and Keras's files use to describe an object: its class and the options to make it with. */
export interface ClassConfig {
  readonly className: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** An object that a config can keep. */
export interface Serializable {
  readonly className: string;
  getConfig(): Record<string, unknown>;
}

/** Makes an object from its options. */
// biome-ignore lint/suspicious/noExplicitAny: the options of a class are checked by its constructor
export type Factory<T> = (options: any) => T;

/** The classes of one namespace by name, and other names for some of them. */
export interface Registry<T> {
  /** What one is called in messages: `loss`, `optimizer`. */
  readonly what: string;
  readonly classes: ReadonlyMap<string, Factory<T>>;
  /** Alias to class name. */
  readonly aliases?: ReadonlyMap<string, string>;
}

const bare = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** `learning_rate` as `learningRate`, and `beta_1` as `beta1`. */
export const camelCase = (name: string): string => name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The class that a string names: Keras's class name or its snake_case form (case and underscores do not count), or an alias. */
export function findClass<T>({ classes, aliases }: Registry<T>, name: string): string | undefined {
  const alias = aliases?.get(name);
  if (alias !== undefined) return alias;
  const word = bare(name);
  for (const className of classes.keys()) if (bare(className) === word) return className;
  return undefined;
}

/** A ValueError for a name that nothing has, with the nearest one that something has. */
export function unknownName(what: string, name: string, names: readonly string[]): ValueError {
  const near = nearest(name, names) ?? names.find((known) => bare(known).startsWith(bare(name)));
  const advice = near === undefined ? `It can be ${[...new Set(names)].join(', ')}.` : `Did you mean '${near}'?`;
  return new ValueError(`${what}: expected a known name, got '${name}'. ${advice}`);
}

/** The object that a string or an object with className and config stands for; undefined for anything else. */
export function resolve<T>(registry: Registry<T>, identifier: unknown): T | undefined {
  if (typeof identifier === 'string') return create(registry, identifier, undefined);
  const given = classConfig(identifier);
  return given && create(registry, given.className, given.config);
}

function create<T>(registry: Registry<T>, name: string, config: unknown): T {
  const className = findClass(registry, name);
  const factory = className === undefined ? undefined : registry.classes.get(className);
  if (factory) return factory(config);
  throw unknownName(registry.what, name, [...[...registry.classes.keys()].map(snakeCase), ...(registry.aliases?.keys() ?? [])]);
}

/** What is neither a name nor an object of the kind. */
export function notOne(what: string, identifier: unknown): ValueError {
  return new ValueError(
    `${what}: expected a name, an instance, or an object with className and config, got ${describe(identifier)}. Pass one of these.`,
  );
}

/** Reads `{ className, config }`, or what Keras's files hold: `{ class_name, config }` with options in snake_case and null for defaults. */
export function classConfig(identifier: unknown): ClassConfig | undefined {
  // Objects of a class have a className too, but are no configs.
  if (typeof identifier !== 'object' || identifier === null || Object.getPrototypeOf(identifier) !== Object.prototype) return undefined;
  const { className, class_name, config } = identifier as Record<string, unknown>;
  if (typeof className === 'string') return { className, config: config as ClassConfig['config'] };
  if (typeof class_name !== 'string') return undefined;
  const entries = Object.entries((config ?? {}) as Record<string, unknown>).filter(([key, value]) => value !== null && key !== 'dtype');
  return { className: class_name, config: Object.fromEntries(entries.map(([key, value]) => [camelCase(key), value])) };
}

/**
 * Options of a constructor that also takes its first arguments by position: `(0.1, 4, { name })` and
 * `({ rate: 0.1, steps: 4, name })` give the same. Throws a ValueError for an option that is not among `allowed`.
 */
export function readOptions<T>(owner: string, given: readonly unknown[], positions: readonly string[], allowed: readonly string[]): T {
  const result: Record<string, unknown> = {};
  for (const [i, argument] of given.entries()) {
    if (argument === undefined) continue;
    if (isOptions(argument)) {
      checkOptions(owner, argument, allowed);
      Object.assign(result, argument);
    } else if (i < positions.length) {
      result[positions[i]] = argument;
    } else {
      checkOptions(owner, argument, allowed);
    }
  }
  return result as T;
}

const isOptions = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  Object.getPrototypeOf(value) === Object.prototype &&
  !('className' in value || 'class_name' in value);
