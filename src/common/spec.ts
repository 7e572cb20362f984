// What a class tells about itself in `static spec`: its options, and how Keras's files hold it. Constructors, configs, registries of
// names, types of options and files are derived from it.
import type { OptionType } from './option-types.ts';

/**
 * An option: its type, and its value when it is left out; without that it is required. null as the default also allows null.
 * `property` is where the value is kept, when that is not under the option's name.
 */
export type Option = readonly [
  // biome-ignore lint/suspicious/noExplicitAny: options of any type
  type: OptionType<any, any>,
  fallback?: unknown,
  property?: string,
];

export type Options = Readonly<Record<string, Option>>;

/** Where Keras's config of a class says more, less or something else than its options. */
export interface ConfigFacts {
  /** Keys that Keras writes and this package does not have: in a file they must have these values. */
  readonly constants?: Readonly<Record<string, unknown>>;
  /** Options that Keras does not write. */
  readonly omitted?: readonly string[];
  /** Options that Keras writes where they differ from the default only. */
  readonly omitIfDefault?: readonly string[];
  /** Options that Keras writes as a list, even of one. */
  readonly lists?: readonly string[];
  /** Options that are one number here, and a list of one in some files. */
  readonly singles?: readonly string[];
  /** Names of keys in older files. */
  readonly oldNames?: Readonly<Record<string, string>>;
  /** Keys of files that say nothing. */
  readonly ignored?: readonly string[];
  /** Keys that must be false, null or 0, since what they turn on is not here. They are not written. */
  readonly unsupported?: readonly string[];
}

/**
 * What a class tells about itself. Each class states what it adds to the class that it extends; a literal or one pure call, so that
 * bundlers can drop a class that nobody uses.
 */
export interface Spec {
  /** Where Keras has the class, such as `keras.layers.Dense`. Only a class that has this itself is one of Keras's. */
  readonly keras?: string;
  /** The name of objects that are given none, where that is not the class's in snake case. */
  readonly name?: string;
  /** The options that may come by position, in Keras's order. */
  readonly positional?: readonly string[];
  readonly options?: Options;
  /** Options that are read before all others, where Keras draws their seeds first. */
  readonly first?: readonly string[];
  readonly config?: ConfigFacts;
  /** Methods that a subclass may have by another name than Keras's, and how Keras writes them. */
  readonly renamed?: Readonly<Record<string, string>>;
}

/** A spec with what the classes below have, and nothing left open. */
export type FullSpec<S extends Spec = Spec> = S & Required<Pick<Spec, 'positional' | 'options' | 'config'>>;

/** A class, which may have a spec and a name of its own. */
// biome-ignore lint/complexity/noBannedTypes: any class, abstract ones too
export type AnyClass = Function & { readonly spec?: Spec; readonly className?: unknown };

/** What users may pass for an option. */
type Given<O extends Option> = O extends readonly [OptionType<infer _, infer G>, null, ...unknown[]]
  ? G | null
  : O extends readonly [OptionType<infer _, infer G>, ...unknown[]]
    ? G
    : never;

/** What an object keeps of an option. */
type Kept<O extends Option> = O extends readonly [OptionType<infer K, infer _>, null, ...unknown[]]
  ? K | null
  : O extends readonly [OptionType<infer K, infer _>, ...unknown[]]
    ? K
    : never;

type RequiredNames<O extends Options> = { [N in keyof O]: O[N] extends readonly [unknown] ? N : never }[keyof O];
type RequiredOptions<O extends Options, N extends keyof O> = { -readonly [K in N]: Given<O[K]> };
type OtherOptions<O extends Options, N extends keyof O> = { -readonly [K in N]?: Given<O[K]> };

/** What a constructor takes by name, from a table of options; the comments on its entries come along. */
export type OptionsOf<O extends Options> = RequiredOptions<O, RequiredNames<O>> & OtherOptions<O, Exclude<keyof O, RequiredNames<O>>>;

type NamesAlike<O extends Options> = {
  [N in keyof O]: O[N] extends readonly [unknown, unknown, string] ? never : N;
}[keyof O];
type KeptOptions<O extends Options, N extends keyof O> = { readonly [K in N]: Kept<O[K]> };

/** The properties that a table of options gives an object, those of another name apart. */
export type ValuesOf<O extends Options> = KeptOptions<O, NamesAlike<O>>;

const empty: FullSpec = { positional: [], options: {}, config: {} };

/** Merged specs by class. */
const known = /* @__PURE__ */ new WeakMap<AnyClass, FullSpec>();

/** The spec of a class and of all that it extends, as one. */
export function specOf<S extends Spec = Spec>(Class: AnyClass): FullSpec<S> {
  let spec = known.get(Class);
  if (!spec) {
    const Parent: unknown = Object.getPrototypeOf(Class);
    const inherited = typeof Parent === 'function' && Parent !== Function.prototype ? specOf(Parent) : empty;
    spec = merge(inherited, ownSpec(Class));
    known.set(Class, spec);
  }
  return spec as FullSpec<S>;
}

/** The spec that a class has itself: statics are inherited, what they say of a class is not. */
const ownSpec = (Class: AnyClass): Spec => (Object.hasOwn(Class, 'spec') ? (Class.spec ?? {}) : {});

function merge({ keras: _, ...inherited }: FullSpec, own: Spec): FullSpec {
  const options = { ...inherited.options, ...own.options };
  const first = own.first ?? inherited.first ?? [];
  const ordered = Object.fromEntries([...first.map((name) => [name, options[name]] as const), ...Object.entries(options)]);
  return { ...inherited, ...own, options: ordered, config: mergeFacts(inherited.config, own.config) };
}

function mergeFacts(inherited: ConfigFacts, own: ConfigFacts = {}): ConfigFacts {
  const merged: Record<string, unknown> = { ...inherited };
  for (const [name, fact] of Object.entries(own)) {
    const before = merged[name];
    merged[name] = Array.isArray(fact) ? [...((before as unknown[]) ?? []), ...fact] : { ...(before as object), ...fact };
  }
  return merged;
}

/** Where Keras has the class, such as `keras.layers.Dense`; undefined for a class of the user's, even one that extends Keras's. */
export const kerasPath = (Class: AnyClass): string | undefined => ownSpec(Class).keras;

/**
 * The name of a class or a function in configs, files and messages: its own `className`, Keras's name, or the name that it has in the
 * code. Minifiers change the last, so what is the user's and goes into files and through a minifier has a className.
 */
export function classNameOf(Class: AnyClass): string {
  if (Object.hasOwn(Class, 'className') && typeof Class.className === 'string' && Class.className !== '') return Class.className;
  const path = kerasPath(Class);
  return path === undefined ? Class.name : path.slice(path.lastIndexOf('.') + 1);
}
