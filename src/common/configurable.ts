// Objects made from options, which they can be written as and made from again.

import { type Field, optional, readArguments, readFields, type Spec, text, writeFields } from './fields.ts';
import { snakeCase } from './names.ts';

const none: Spec = { className: '', positional: [], fields: {} };

/** What optimizers, losses, metrics, initializers, schedules, constraints and regularizers share: options from a table. */
export abstract class Configurable {
  constructor(...args: readonly unknown[]) {
    const { spec } = this;
    // Not the getter, which a class of the user's may have written in terms of fields that are not there yet.
    const className = spec.className || this.constructor.name;
    Object.assign(this, readFields(className, spec.fields, readArguments({ ...spec, className }, args, [])));
  }

  /** The class's name and the table of its options. */
  get spec(): Spec {
    return none;
  }

  /** The name that configs know the class by. */
  get className(): string {
    return this.spec.className || this.constructor.name;
  }

  /** An object of the same options: `optimizers.Adam.fromConfig(adam.getConfig())`. */
  // biome-ignore lint/suspicious/noExplicitAny: an object of the class, which a class of the user's may make otherwise
  static fromConfig(this: new (options: never) => Configurable, config: Readonly<Record<string, unknown>>): any {
    return new this(config as never);
  }

  /** The options that make the object again by `fromConfig`. */
  getConfig(): Record<string, unknown> {
    return writeFields(this.spec.fields, this as unknown as Record<string, unknown>);
  }
}

/** The field of a name that is `fallback`, or the class in snake case, unless given. */
export const nameField = (fallback: string | null = null): Field => [optional(text), fallback];

/** A {@link Configurable} with the option `name`. */
export abstract class Named extends Configurable {
  /** By default the class in snake case. */
  declare readonly name: string;

  constructor(...args: readonly unknown[]) {
    super(...args);
    this.name ??= (this.spec.fields.name?.[1] as string | null | undefined) ?? snakeCase(this.className);
  }
}
