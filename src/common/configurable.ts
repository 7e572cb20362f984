// Objects made from options, which they can be written as and made from again.

import { mismatch } from './errors.ts';
import { snakeCase } from './names.ts';
import { text } from './option-types.ts';
import { readArguments, readOptions, writeOptions } from './option-values.ts';
import { type AnyClass, classNameOf, type Options, type OptionsOf, type Spec, specOf } from './spec.ts';

/** What optimizers, losses, metrics, initializers, schedules, constraints and regularizers share: options from the spec of the class. */
export abstract class Configurable {
  /** What the class tells about itself, besides what the classes that it extends do. */
  static readonly spec: Spec = {};

  constructor(...args: readonly unknown[]) {
    const spec = specOf(new.target);
    // Not the getter, which a class of the user's may have written in terms of properties that are not there yet.
    const className = classNameOf(new.target);
    checkMethods(className, this, spec.renamed);
    Object.assign(this, readOptions(className, spec.options, readArguments(className, spec, args)));
  }

  /**
   * The class in messages, configs and files: its `static className`, Keras's name, or its name in the code. A minifier changes the
   * last, so a class of yours that is saved says `static className = 'Mine'`.
   */
  get className(): string {
    return classNameOf(this.constructor as AnyClass);
  }

  /** An object of the same options: `optimizers.Adam.fromConfig(adam.getConfig())`. */
  // biome-ignore lint/suspicious/noExplicitAny: an object of the class, which a class of the user's may make otherwise
  static fromConfig(this: new (options: never) => Configurable, config: Readonly<Record<string, unknown>>): any {
    return new this(config as never);
  }

  /** The options that make the object again by `fromConfig`. */
  getConfig(): Record<string, unknown> {
    return writeOptions(specOf(this.constructor as AnyClass).options, this as unknown as Record<string, unknown>);
  }
}

/** Refuses methods that Keras calls otherwise, which would never be called. */
export function checkMethods(className: string, object: object, renamed: Readonly<Record<string, string>> = {}): void {
  for (const [old, method] of Object.entries(renamed)) {
    if (typeof (object as Record<string, unknown>)[old] !== 'function') continue;
    throw mismatch(className, `a method ${method}`, old, 'Name it as Keras does.');
  }
}

const options = {
  /** By default that of the class: its name in snake case, or another that Keras has for it. */
  name: [text, null],
} as const satisfies Options;

export interface NamedOptions extends OptionsOf<typeof options> {}

/** A {@link Configurable} with the option `name`. */
export abstract class Named extends Configurable {
  static override readonly spec: Spec = { options };
  declare readonly name: string;

  constructor(...args: readonly unknown[]) {
    super(...args);
    this.name ??= specOf(new.target).name ?? snakeCase(this.className);
  }
}
