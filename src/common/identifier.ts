// From what a user names an object by (a string, an object with className and config, an instance) to the object.
import { checkMethods } from './configurable.ts';
import { mismatch, type ValueError } from './errors.ts';
import { bare, camelCase, snakeCase } from './names.ts';
import { describe, isPlain, nearest } from './options.ts';
import { type AnyClass, classNameOf } from './spec.ts';

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

/** A class of a namespace. */
// biome-ignore lint/suspicious/noExplicitAny: the options of a class are checked by its constructor
export type NamedClass<T> = new (options?: any) => T;

/** The classes of one namespace, and other names for some of them. */
export interface Registry<T> {
  /** What one is called in messages: `loss`, `optimizer`. */
  readonly what: string;
  readonly classes: Readonly<Record<string, NamedClass<T>>>;
  /** Alias, in lower case, to class name. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Names that stand for something else, for messages. */
  readonly others?: readonly string[];
}

/** The class that a string names: Keras's class name or its snake_case form (case and underscores do not count), or an alias. */
export function findClass<T>({ what, classes, aliases = {}, others = [] }: Registry<T>, name: string): NamedClass<T> {
  const word = bare(name);
  const wanted = bare(Object.hasOwn(aliases, word) ? aliases[word] : name);
  const known = Object.values(classes).map((Class) => [classNameOf(Class), Class] as const);
  const found = known.find(([className]) => bare(className) === wanted);
  if (found) return found[1];
  // Keras's names of optimizers are the classes' in lower case.
  const spell = what === 'optimizer' ? bare : snakeCase;
  throw unknownName(what, name, [...known.map(([className]) => spell(className)), ...Object.keys(aliases), ...others]);
}

/** A ValueError for a name that nothing has, with the nearest one that something has. */
export function unknownName(what: string, name: string, known: readonly string[]): ValueError {
  const near = nearest(name, known) ?? known.find((one) => bare(name) !== '' && bare(one).startsWith(bare(name)));
  const advice = near === undefined ? `It can be ${[...new Set(known)].join(', ')}.` : `Did you mean '${near}'?`;
  return mismatch(what, 'a known name', `'${name}'`, advice);
}

/** The object that a string or an object with className and config stands for; a ValueError for anything else. */
export function resolve<T>(registry: Registry<T>, identifier: unknown): T {
  if (typeof identifier === 'string') return new (findClass(registry, identifier))();
  const given = classConfig(identifier);
  if (!given) throw notOne(registry.what, identifier);
  const source = sourceOf(identifier as object);
  if (given.className === 'function') {
    if (source) return source as T;
    throw mismatch(registry.what, 'a function', `the name ${describe(given.config)} alone`, 'Pass the function itself.');
  }
  return new ((source?.constructor as NamedClass<T>) ?? findClass(registry, given.className))(given.config);
}

/** A class as an object of it, which is what Keras takes it for; everything else as it is. */
export function instance<T>(identifier: T | (new () => T)): T {
  const prototype: unknown = typeof identifier === 'function' ? identifier.prototype : undefined;
  const isClass = typeof prototype === 'object' && prototype !== null && ('className' in prototype || 'call' in prototype);
  return isClass ? new (identifier as new () => T)() : (identifier as T);
}

/** An object with a method `call`, of whatever class; refuses one that has it by an old name. */
export function callable<T>(identifier: unknown, renamed: Readonly<Record<string, string>> | undefined): T | undefined {
  if (typeof identifier !== 'object' || identifier === null) return undefined;
  if (typeof (identifier as { call?: unknown }).call === 'function') return identifier as T;
  checkMethods(classNameOf(identifier.constructor), identifier, renamed);
  return undefined;
}

/**
 * What configs were made of. A config names a class; which of two classes of one name it is, and what function it stands for, is
 * known as long as it is the same config.
 */
const sources = /* @__PURE__ */ new WeakMap<object, object>();

/** Notes what a config was made of. */
export function madeOf<C extends object>(config: C, object: object): C {
  sources.set(config, object);
  return config;
}

/** The object that a config was made of, if it was made by this program. */
export const sourceOf = (config: object): object | undefined => sources.get(config);

/** What a config keeps of an object: its class and options. An object of a class without a config has no options. */
export function toConfig(object: object): ClassConfig {
  const { className = classNameOf(object.constructor), getConfig } = object as Partial<Serializable>;
  return madeOf({ className, config: getConfig?.call(object) ?? {} }, object);
}

/** What a config keeps of a function of the user's: its name. */
export interface FunctionConfig {
  readonly className: 'function';
  readonly config: string;
}

/** The config of a function, or of an object that stands for one. */
export const functionConfig = (body: AnyClass, object: object): FunctionConfig =>
  madeOf({ className: 'function', config: classNameOf(body) }, object);

/** What is neither a name nor an object of the kind. */
export function notOne(what: string, identifier: unknown): ValueError {
  return mismatch(what, 'a name, an instance, or an object with className and config', describe(identifier), 'Pass one of these.');
}

/** Reads `{ className, config }`, or what Keras's files hold: `{ class_name, config }` with options in snake_case and null for defaults. */
export function classConfig(identifier: unknown): ClassConfig | undefined {
  // Objects of a class have a className too, but are no configs.
  if (!isPlain(identifier)) return undefined;
  const { className, class_name, config } = identifier;
  if (typeof className === 'string') return { className, config: config as ClassConfig['config'] };
  if (typeof class_name !== 'string') return undefined;
  const entries = Object.entries((config ?? {}) as Record<string, unknown>).filter(([key, value]) => value !== null && key !== 'dtype');
  return { className: class_name, config: Object.fromEntries(entries.map(([key, value]) => [camelCase(key), value])) };
}
