// From what Keras writes of an object to the object.

import * as activations from '../../activations/index.ts';
import { Configurable } from '../../common/configurable.ts';
import { bare } from '../../common/names.ts';
import { describe, nearest } from '../../common/options.ts';
import { Layer } from '../../layers/base/layer.ts';
import { BaseModel } from '../../models/base-model.ts';
import type { Definition } from '../../ops/definition.ts';
import type { OpFunction } from '../../ops/dispatch.ts';
import * as operations from '../../ops/index.ts';
import { SeedGenerator } from '../../random/seed.ts';
import { InverseTimeDecay } from '../../schedules/index.ts';
import { type Difference, differenceOf } from '../model/differences.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import { codeKey } from '../model/keys.ts';
import { kindOfKey, type ObjectKind } from '../model/modules.ts';
import { type AnyClass, classOf, kindOfClass, kindOfModule, nearestClass } from './classes.ts';
import { refusal } from './format-error.ts';

/** Classes and functions of the user, by the names that files know them by. */
// biome-ignore lint/suspicious/noExplicitAny: the arguments of the user's classes and functions are theirs
export type CustomObjects = ReadonlyMap<string, (new (...args: any[]) => object) | ((...args: any[]) => unknown)>;

/** What is known while a config is read. */
export interface Reading {
  /** The function that was called, for messages. */
  readonly owner: string;
  readonly customObjects: CustomObjects;
  /** Reads what may be a model, too. */
  readonly layer: (config: JsonObject, reading: Reading) => Layer;
  /** How many calls of layers a call of each model makes. */
  readonly calls: Map<Layer, number>;
}

/** A model that calls one twice that calls one twice, and so on, is small in a file and without end to trace. */
const MAX_CALLS = 20_000;

/** Counts a call of a layer on top of `count`, with all that it calls inside, and refuses the one that is too many. */
export function countCall(reading: Reading, count: number, layer: Layer): number {
  const callsOf = (one: Layer): number => reading.calls.get(one) ?? one.sublayers.reduce((sum, part) => sum + callsOf(part), 1);
  const sum = count + callsOf(layer);
  if (sum > MAX_CALLS) throw refusal(reading.owner, `more than ${MAX_CALLS} calls of layers`, `'${layer.name}' is one too many.`);
  return sum;
}

/** A config's class, without the package that a registered name starts with. */
export const classNameOf = (config: JsonObject): string => (typeof config.class_name === 'string' ? config.class_name : '');

/** What the user calls the class: by the whole registered name, what follows its '>', or the class. */
export function customOf(config: JsonObject, { customObjects }: Reading) {
  const { registered_name: registered } = config;
  const names = [...(typeof registered === 'string' ? [registered, registered.split('>').at(-1) as string] : []), classNameOf(config)];
  return names.map((name) => customObjects.get(name)).find((found) => found !== undefined);
}

/** Whether it describes an object: a class by name, with a config. */
export const isClassConfig = (value: unknown): value is JsonObject => isObject(value) && typeof value.class_name === 'string';

/** The object of a config; `expected` is its kind where the place says it. */
export function readObject(config: JsonObject, reading: Reading, expected?: ObjectKind): unknown {
  const className = classNameOf(config);
  if (className === 'function') return readFunction(config, reading);
  if (className === '__tuple__' || className === '__tensor__') return tupleOf(config);
  if (className === '__lambda__') {
    throw refusal(
      reading.owner,
      'a Python function by its code',
      'Code in files is never run. Pass a function of that use by its name in customObjects.',
    );
  }
  if (className === 'SeedGenerator') return new SeedGenerator(((config.config as JsonObject)?.seed ?? null) as number | null);
  const custom = customOf(config, reading);
  const kind = kindOfModule(config.module) ?? expected ?? (custom ? undefined : kindOfClass(className));
  if (custom) return readCustom(custom, config, reading);
  if (kind === 'layer') return reading.layer(config, reading);
  const Class = kind && classOf(kind, className);
  if (!Class) throw unknownClass(reading, kind, className);
  return new Class(optionsOf(kind, Class.prototype.className, config.config, reading));
}

/** A ModelFormatError for a class that nobody has. */
export function unknownClass(reading: Reading, kind: ObjectKind | undefined, className: string) {
  const near = nearestClass(kind, className);
  return refusal(
    reading.owner,
    `an unknown ${kind ?? 'class'} '${className}'`,
    `${near ? `Did you mean ${near}? ` : ''}Pass customObjects: new Map([['${className}', ${className}]]) if it is yours.`,
  );
}

/** An object of a class of the user's: by its fromConfig, or a constructor that takes one object of options. */
export function readCustom(found: unknown, config: JsonObject, reading: Reading): unknown {
  const Class = found as AnyClass & { fromConfig?: (options: Readonly<Record<string, unknown>>) => unknown };
  const isMade = Class.prototype instanceof Layer || Class.prototype instanceof Configurable || typeof Class.fromConfig === 'function';
  if (!isMade) return found;
  const own = isObject(config.config) ? config.config : {};
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(own)) {
    if (key === 'dtype' && Class.prototype instanceof Layer) continue;
    options[codeKey(key)] = readValue(key, value, reading);
  }
  // That of the models reads a config as it stands in files.
  const { fromConfig } = Class;
  if (fromConfig && fromConfig !== (BaseModel.fromConfig as unknown)) return Class.fromConfig?.(options);
  return new Class(options);
}

/** A function by its name: the user's, or an op or activation of the package. */
function readFunction(config: JsonObject, reading: Reading): unknown {
  const name = String(config.config);
  const own = reading.customObjects.get(name);
  if (own) return own;
  if (/^keras/.test(String(config.module))) return name;
  throw refusal(
    reading.owner,
    `the function '${name}', whose code is not in the file`,
    `Pass customObjects: new Map([['${name}', ${name}]]).`,
  );
}

function tupleOf(config: JsonObject): unknown {
  const { items, value } = (isObject(config.config) ? config.config : config) as { items?: unknown; value?: unknown };
  return items ?? value ?? null;
}

/** The options of a class, from its config: in camelCase, without what says nothing, objects inside made. */
export function optionsOf(kind: ObjectKind, className: string, config: unknown, reading: Reading): Record<string, unknown> {
  if (config === undefined || config === null) return {};
  if (!isObject(config)) throw refusal(reading.owner, `${describe(config)} as the config of ${className}`, 'It is an object.');
  const difference = differenceOf(kind, className);
  const who = kind === 'layer' && typeof config.name === 'string' ? `layer '${config.name}' (${className})` : className;
  const options: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(config)) {
    const key = difference.old && Object.hasOwn(difference.old, given) ? difference.old[given] : given;
    if (key === 'dtype' ? checkDtype(who, kind, value, reading) : isSilent(who, key, value, difference, reading)) continue;
    const name = codeKey(key);
    if (value === null && !difference.nulls?.includes(name)) continue;
    const read = readValue(key, value, reading);
    options[name] = difference.singles?.includes(name) && Array.isArray(read) && read.length === 1 ? read[0] : read;
  }
  if (kind === 'optimizer') return withDecay(options);
  if (kind === 'loss' && options.reduction === 'auto') options.reduction = 'sum_over_batch_size';
  return options;
}

/** Keras 2's decay: the learning rate over 1 + decay * step. */
function withDecay({ decay, ...options }: Record<string, unknown>): Record<string, unknown> {
  if (!decay) return options;
  const initialLearningRate = (options.learningRate as number | undefined) ?? 0.001;
  return { ...options, learningRate: new InverseTimeDecay({ initialLearningRate, decaySteps: 1, decayRate: decay as number }) };
}

/** Whether a key says nothing here; what this package does not have must have the value that means so. */
function isSilent(
  who: string,
  key: string,
  value: unknown,
  { constants = {}, ignored = [], off = [] }: Difference,
  reading: Reading,
): boolean {
  if (ignored.includes(key)) return true;
  if (off.includes(key)) {
    if (!value) return true;
    throw refusal(
      reading.owner,
      `${key}: ${JSON.stringify(value)?.slice(0, 80)} of ${who}`,
      'That is not supported here: save the model without.',
    );
  }
  if (!Object.hasOwn(constants, key) || key === 'activity_regularizer') return false;
  if (value === null || value === constants[key]) return true;
  throw refusal(reading.owner, `${key}: ${JSON.stringify(value)} of ${who}`, `Only ${JSON.stringify(constants[key])} is supported here.`);
}

const floats = ['float32', 'float64', 'float16', 'bfloat16'];

/** Whether what is computed in float32 here was so there. InputLayer and layers of ids and texts have dtypes of their own. */
function checkDtype(who: string, kind: ObjectKind, value: unknown, reading: Reading): boolean {
  const name = isObject(value) ? ((value.config as JsonObject | undefined)?.name ?? value.name ?? value.class_name ?? value) : value;
  if (kind !== 'layer' || name === null || name === undefined || floats.includes(String(name))) return true;
  if (/^(u?int(8|16|32|64)|string|bool)$/.test(String(name))) return true;
  throw refusal(reading.owner, `the dtype ${describe(name)} of ${who}`, 'Layers compute in float32: save the model in it.');
}

/** What stands under a key: plain data, or objects. */
export function readValue(key: string, value: unknown, reading: Reading): unknown {
  if (Array.isArray(value)) return value.map((item) => readValue(key, item, reading));
  if (typeof value === 'string') return readName(key, value, reading);
  if (!isObject(value)) return value;
  const kind = kindOfKey(codeKey(key));
  if (isClassConfig(value)) return readObject(value, reading, kind);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, readValue(name, item, reading)]));
}

/** A name that stands for an object of the user's, or for a class that only instances are taken of elsewhere. */
function readName(key: string, name: string, reading: Reading): unknown {
  const kind = kindOfKey(codeKey(key));
  if (!kind && !/activation$/.test(key)) return name;
  const own = reading.customObjects.get(name);
  if (own) return kind ? readCustom(own, { class_name: name }, reading) : own;
  return name;
}

/** The op of a class name such as NotEqual. */
export function definitionOf(className: string, reading: Reading): Definition {
  const all = [...Object.values(operations), ...Object.values(activations)] as Partial<OpFunction>[];
  const found = all.find(({ definition }) => definition && bare(definition.className) === bare(className))?.definition;
  if (found) return found;
  const near = nearest(className, Object.keys(operations));
  throw refusal(reading.owner, `an unknown op '${className}'`, near ? `Did you mean ${near}?` : 'Write it as a layer of your own.');
}
