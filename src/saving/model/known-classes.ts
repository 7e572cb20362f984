// Looks up the classes that names in files stand for.
import { bare } from '../../common/names.ts';
import { nearest } from '../../common/options.ts';
import { type AnyClass, kerasPath } from '../../common/spec.ts';
import type { Layer, Shape, Symbols } from '../../layers/base/layer.ts';
import type { Definition } from '../../ops/definition.ts';
import { type ObjectKind, objectKinds } from './kinds.ts';

/** A class whose objects are made from options. */
// biome-ignore lint/suspicious/noExplicitAny: the options of a class are checked by its constructor
export type OptionsClass = new (options?: any) => object;

/** The interface of a Sequential model for reading. */
export interface Stack extends Layer {
  readonly layers: readonly Layer[];
  /** Whether a first layer may presume its input; files say whether the model was built. */
  presumesInput: boolean;
  add(layer: Layer): void;
  build(shape: Shape): void;
}

/** The classes of models. */
export interface ModelClasses {
  readonly Sequential: new (layers: readonly Layer[], options: { name?: string }) => Stack;
  readonly Model: new (options: { inputs: Symbols; outputs: Symbols; name?: string }) => Layer;
}

/** The classes that a config may name without being given. */
export interface ClassTable {
  readonly namespaces: Readonly<Partial<Record<ObjectKind, Readonly<Record<string, unknown>>>>>;
  readonly ops: readonly Definition[];
  readonly models: Partial<ModelClasses>;
  /** Whether configs that this program made may stand for what they were made of. */
  readonly remembers: boolean;
  /** The advice for a class that is not among them. */
  readonly advice: string;
}

/** Other names that files give to classes. */
const aliases: Readonly<Record<string, string>> = {
  identityinitializer: 'Identity',
  orthogonalinitializer: 'Orthogonal',
  glorotuniformv2: 'GlorotUniform',
};

/** Looks for classes by kind and name. */
export class KnownClasses {
  readonly table: ClassTable;

  constructor(table: ClassTable) {
    this.table = table;
  }

  /** The class of this name (case and underscores do not count), if there is one. */
  classOf(kind: ObjectKind, name: string): OptionsClass | undefined {
    const word = bare(name);
    for (const wanted of [word, bare(Object.hasOwn(aliases, word) ? aliases[word] : '')]) {
      for (const [key, value] of this.#classes(kind)) if (wanted !== '' && bare(key) === wanted) return value;
    }
    return undefined;
  }

  /** The first kind that has a class of this name. */
  kindOf(name: string): ObjectKind | undefined {
    return objectKinds.find((kind) => this.classOf(kind, name));
  }

  /** The names of all classes of a kind. */
  names(kind: ObjectKind): string[] {
    return this.#classes(kind).map(([key]) => key);
  }

  /** The known name spelt most like this one. */
  nearest(kind: ObjectKind | undefined, name: string): string | undefined {
    return nearest(
      name,
      (kind ? [kind] : objectKinds).flatMap((one) => this.names(one)),
    );
  }

  /** The op of a class name such as NotEqual. */
  op(className: string): Definition | undefined {
    return this.table.ops.find((definition) => bare(definition.className) === bare(className));
  }

  /** The classes that files can name; base classes have no name in Keras. */
  #classes(kind: ObjectKind): [name: string, Class: OptionsClass][] {
    const entries = Object.entries(this.table.namespaces[kind] ?? {});
    return entries.filter(
      (entry): entry is [string, OptionsClass] => typeof entry[1] === 'function' && kerasPath(entry[1] as AnyClass) !== undefined,
    );
  }
}
