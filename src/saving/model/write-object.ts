// Serializes objects as Keras does: { module, class_name, config, registered_name }.
import { Configurable } from '../../common/configurable.ts';
import { mismatch } from '../../common/errors.ts';
import { type ClassConfig, madeOf, sourceOf, toConfig } from '../../common/identifier.ts';
import { describe, isPlain } from '../../common/options.ts';
import { type AnyClass, classNameOf, kerasPath, type Spec, specOf } from '../../common/spec.ts';
import * as constraints from '../../constraints/classes.ts';
import * as initializers from '../../initializers/classes.ts';
import { Layer } from '../../layers/base/layer.ts';
import * as regularizers from '../../regularizers/classes.ts';
import * as schedules from '../../schedules/classes.ts';
import type { JsonObject } from './json.ts';
import { fileKey } from './keys.ts';
import { kindOfKey } from './kinds.ts';
import { noteClass, type Writing } from './writing.ts';

/** A layer's dtype as Keras serializes it. */
export const policy = (name = 'float32'): JsonObject => ({
  module: 'keras',
  class_name: 'DTypePolicy',
  config: { name },
  registered_name: null,
});

/** A class and its config, as Keras writes them. */
export function classObject(Class: AnyClass | undefined, className: string, config: unknown, writing: Writing): JsonObject {
  const path = Class && kerasPath(Class);
  if (path !== undefined) {
    const module = path.slice(0, path.lastIndexOf('.'));
    return { module, class_name: className, config, registered_name: null };
  }
  if (Class) noteClass(writing, className, Class);
  return { module: null, class_name: className, config, registered_name: className };
}

/** A function of the user, which a file knows by its name only. */
export const functionObject = (name: string): JsonObject => ({
  module: 'builtins',
  class_name: 'function',
  config: name,
  registered_name: 'function',
});

/** Serializes an object that is no layer. */
export const writeObject = (object: Configurable, writing: Writing): JsonObject =>
  writeClassConfig(toConfig(object), undefined, writing, object);

/** Classes whose configs a user may write into the config of a layer of theirs. */
const namespaces: Readonly<Record<string, Readonly<Record<string, AnyClass>>>> = {
  initializer: initializers,
  regularizer: regularizers,
  constraint: constraints,
  schedule: schedules,
};

/** A config of class and options; without a known class the key says which kind it is. */
function writeClassConfig({ className, config = {} }: ClassConfig, key: string | undefined, writing: Writing, source?: object): JsonObject {
  const kind = key === undefined ? undefined : kindOfKey(key);
  const Class = source?.constructor ?? (kind && namespaces[kind]?.[className]);
  const object = classObject(Class, className, writeConfig(className, Class ? specOf(Class) : {}, config, writing), writing);
  return source ? madeOf(object, source) : object;
}

/** Options under the names of the file, and Keras's constants; `inner` is the shape that layers inside were built for. */
export function writeConfig(
  className: string,
  { options = {}, config: facts = {} }: Spec,
  values: Readonly<Record<string, unknown>>,
  writing: Writing,
  inner?: Layer['inputShape'],
): Record<string, unknown> {
  const { constants = {}, omitted = [], omitIfDefault = [], lists = [] } = facts;
  const isDefault = (key: string, value: unknown) => omitIfDefault.includes(key) && (value ?? null) === (options[key][1] ?? null);
  const config: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    if (omitted.includes(key) || isDefault(key, value)) continue;
    const listed = lists.includes(key) && value != null && !Array.isArray(value) ? [value] : value;
    config[fileKey(key)] = writeValue(`${className}: ${key}`, key, listed, writing, inner);
  }
  return { ...config, ...Object.fromEntries(Object.entries(constants).filter(([key]) => !Object.hasOwn(config, key))) };
}

/** The value of an option: plain data, or a nested object. */
function writeValue(owner: string, key: string, value: unknown, writing: Writing, inner?: Layer['inputShape']): unknown {
  if (value === undefined) return null;
  if (typeof value === 'function') return madeOf(functionObject(classNameOf(value) || key), value);
  if (Array.isArray(value)) return value.map((item) => writeValue(owner, key, item, writing, inner));
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw mismatch(owner, 'a finite number, all that a file can hold', value, 'Set another before saving.');
  if (typeof value !== 'object' || value === null) return value;
  const source = sourceOf(value) ?? value;
  if (source instanceof Layer) return writing.layer(source, inner);
  if (value instanceof Configurable) return writeObject(value, writing);
  if (!isPlain(value)) {
    const { array } = value as { array?: () => unknown };
    if (typeof array === 'function') return array.call(value);
    throw mismatch(owner, 'data that JSON can hold', describe(value), 'Write it as such in getConfig.');
  }
  if (value.className === 'function') return madeOf(functionObject(String(value.config || key)), source);
  const isConfig = typeof value.className === 'string' && (source !== value || kindOfKey(key) !== undefined);
  if (isConfig) return writeClassConfig(value as unknown as ClassConfig, key, writing, source === value ? undefined : source);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, writeValue(owner, name, item, writing, inner)]));
}
