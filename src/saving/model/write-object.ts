// From objects to what Keras writes of them: { module, class_name, config, registered_name }.
import { Configurable } from '../../common/configurable.ts';
import { ValueError } from '../../common/errors.ts';
import type { ClassConfig } from '../../common/identifier.ts';
import { describe, isPlain } from '../../common/options.ts';
import { Layer } from '../../layers/base/layer.ts';
import { differenceOf } from './differences.ts';
import type { JsonObject } from './json.ts';
import { fileKey } from './keys.ts';
import { kindOfKey, moduleOf, type ObjectKind } from './modules.ts';

/** What Keras writes of a layer's dtype. */
export const policy = (name = 'float32'): JsonObject => ({
  module: 'keras',
  class_name: 'DTypePolicy',
  config: { name },
  registered_name: null,
});

/** A class and its config, as Keras writes them. */
export function classObject(kind: ObjectKind | undefined, className: string, config: unknown): JsonObject {
  const module = kind ? moduleOf(kind, className) : null;
  return { module, class_name: className, config, registered_name: module === null ? className : null };
}

/** A function of the user, which a file knows by its name only. */
export const functionObject = (name: string): JsonObject => ({
  module: 'builtins',
  class_name: 'function',
  config: name,
  registered_name: 'function',
});

/** What a config keeps of an object that is no layer; `kind` says which of two classes of the same name it is. */
export function writeObject(kind: ObjectKind, object: ClassConfig): JsonObject {
  const { className, config = {} } = object;
  return classObject(kind, className, writeConfig(kind, className, config));
}

/** Options under the names of the file, with what Keras has besides. `layerOf` writes a layer inside. */
export function writeConfig(
  kind: ObjectKind,
  className: string,
  options: Readonly<Record<string, unknown>>,
  layerOf?: (key: string) => unknown,
): Record<string, unknown> {
  const { constants = {}, omitted = [], lists = [], quiet = {} } = differenceOf(kind, className);
  const config: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(options)) {
    if (omitted.includes(key) || (Object.hasOwn(quiet, key) && quiet[key] === value)) continue;
    const listed = lists.includes(key) && value != null && !Array.isArray(value) ? [value] : value;
    config[fileKey(key)] = layerOf?.(key) ?? writeValue(`${className}: ${key}`, key, listed);
  }
  return { ...config, ...Object.fromEntries(Object.entries(constants).filter(([key]) => !Object.hasOwn(config, key))) };
}

/** What stands under an option: plain data, or an object inside. */
function writeValue(owner: string, key: string, value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === 'function') return functionObject(value.name || key);
  if (Array.isArray(value)) return value.map((item) => writeValue(owner, key, item));
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new ValueError(`${owner}: expected a finite number, all that a file can hold, got ${value}. Set another before saving.`);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Configurable)
    return writeObject(kindOfKey(key) ?? 'layer', { className: value.className, config: value.getConfig() });
  if (!isPlain(value)) {
    if (value instanceof Layer)
      throw new ValueError(`${owner}: expected data that JSON can hold, got the layer ${value.name}. Write it in getConfig.`);
    const { array } = value as { array?: () => unknown };
    if (typeof array === 'function') return array.call(value);
    throw new ValueError(`${owner}: expected data that JSON can hold, got ${describe(value)}. Write it as such in getConfig.`);
  }
  const kind = kindOfKey(key);
  if (typeof value.className === 'string' && kind) return writeObject(kind, value as unknown as ClassConfig);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, writeValue(owner, name, item)]));
}
