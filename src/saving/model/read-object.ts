// Deserializes objects from Keras's configs.

import * as activations from '../../activations/functions.ts';
import { Configurable } from '../../common/configurable.ts';
import type { CustomObject, Customs } from '../../common/custom-objects.ts';
import { sourceOf } from '../../common/identifier.ts';
import { bare } from '../../common/names.ts';
import { describe, nearest } from '../../common/options.ts';
import { type ConfigFacts, kerasPath, classNameOf as nameOfClass, specOf } from '../../common/spec.ts';
import { Layer } from '../../layers/base/layer.ts';
import type { OpLayer } from '../../layers/base/op-layer.ts';
import { Loss } from '../../losses/index.ts';
import type { Definition } from '../../ops/definition.ts';
import { Optimizer } from '../../optimizers/index.ts';
import { SeedGenerator } from '../../random/seed.ts';
import { InverseTimeDecay } from '../../schedules/index.ts';
import { formatError } from './format-error.ts';
import { isObject, type JsonObject } from './json.ts';
import { codeKey } from './keys.ts';
import { kindOfKey, kindOfModule, type ObjectKind } from './kinds.ts';
import type { KnownClasses, OptionsClass } from './known-classes.ts';

/** The context of reading a config. */
export interface Reading {
  /** The function that was called, for messages. */
  readonly owner: string;
  readonly customObjects: Customs;
  readonly known: KnownClasses;
  /** Reads what may be a model, too. */
  readonly layer: (config: JsonObject, reading: Reading) => Layer;
  /** How many calls of layers a call of each model makes. */
  readonly calls: Map<Layer, number>;
}

/** A model that calls one twice that calls one twice, and so on, is small in a file and without end to trace. */
const MAX_CALLS = 20_000;

/** Counts a call of a layer on top of `count`, with all that it calls inside, and refuses the one that is too many. */
export function countCall(reading: Reading, count: number, layer: Layer): number {
  // A layer may know those that hold it.
  const around = new Set<Layer>();
  const callsOf = (one: Layer): number => {
    if (around.has(one)) return 0;
    around.add(one);
    const calls = reading.calls.get(one) ?? one.sublayers.reduce((sum, part) => sum + callsOf(part), 1);
    around.delete(one);
    return calls;
  };
  const sum = count + callsOf(layer);
  if (sum > MAX_CALLS) throw formatError(reading.owner, `more than ${MAX_CALLS} calls of layers`, `'${layer.name}' is one too many.`);
  return sum;
}

/** A config's class, without the package that a registered name starts with. */
export const classNameOf = (config: JsonObject): string => (typeof config.class_name === 'string' ? config.class_name : '');

/** Whether it names a class of whoever wrote the file: Keras notes a name for such, and no module of its own. */
export const isForeign = ({ module, registered_name: registered }: JsonObject): boolean =>
  typeof registered === 'string' && !/^keras(\.|$)/.test(String(module));

/** The custom object of a class: by its whole registered name, what follows its '>', or its class name. */
export function customOf(config: JsonObject, { customObjects, known }: Reading): CustomObject | undefined {
  const { module, registered_name: registered } = config;
  const source = known.table.remembers ? sourceOf(config) : undefined;
  if (source && !('definition' in source)) return source.constructor as CustomObject;
  const className = classNameOf(config);
  const kind = kindOfModule(module);
  if (registered === null && kind && /^kera(s|tin)(\.|$)/.test(String(module)) && known.classOf(kind, className)) return undefined;
  const names = [...(typeof registered === 'string' ? [registered, registered.split('>').at(-1) as string] : []), className];
  return names.map((name) => customObjects.get(name)).find((found) => found !== undefined);
}

/** The class of the package that a config names; one of the writer's own is never taken for it. */
export function builtIn(config: JsonObject, kind: ObjectKind | undefined, reading: Reading): OptionsClass {
  const className = classNameOf(config);
  const Class = kind && !isForeign(config) ? reading.known.classOf(kind, className) : undefined;
  if (Class) return Class;
  throw unknownClass(reading, kind, config);
}

/** Whether it describes an object: a class by name, with a config. */
export const isClassConfig = (value: unknown): value is JsonObject => isObject(value) && typeof value.class_name === 'string';

/** The object of a config; `expected` is its kind where the place says it. */
export function readObject(config: JsonObject, reading: Reading, expected?: ObjectKind): unknown {
  const className = classNameOf(config);
  if (className === 'function') return readFunction(config, reading);
  if (className === '__tuple__' || className === '__tensor__' || className === '__numpy__') return tupleOf(config);
  if (className === '__lambda__') {
    throw formatError(
      reading.owner,
      'a Python function by its code',
      'Code in files is never run. Pass a function of that use by its name in customObjects.',
    );
  }
  if (className === 'SeedGenerator') return new SeedGenerator(((config.config as JsonObject)?.seed ?? null) as number | null);
  const custom = customOf(config, reading);
  const kind = kindOfModule(config.module) ?? expected ?? (custom ? undefined : reading.known.kindOf(className));
  if (custom ? isLayerClass(custom) : kind === 'layer') return reading.layer(config, reading);
  if (custom) return readCustom(custom, config, reading);
  const Class = builtIn(config, kind, reading);
  return new Class(optionsOf(Class, config.config, reading));
}

export const isLayerClass = (value: unknown): value is OptionsClass => typeof value === 'function' && value.prototype instanceof Layer;

/** A ModelFormatError for a class that nobody has. */
function unknownClass({ owner, known }: Reading, kind: ObjectKind | undefined, config: JsonObject) {
  const className = classNameOf(config);
  if (isForeign(config))
    return formatError(
      owner,
      `an unknown ${kind ?? 'class'} '${className}', which is none of Keras's`,
      `Pass customObjects: { ${className} }.`,
    );
  const near = known.nearest(kind, className);
  const hint = near ? `Did you mean ${near}? ` : '';
  const advice = known.table.advice || `${hint}Pass customObjects: { ${className} } if it is yours.`;
  return formatError(owner, `an unknown ${kind ?? 'class'} '${className}'`, advice);
}

/** An object of a class of the user's: by its fromConfig, or a constructor that takes one object of options. */
export function readCustom(found: unknown, config: JsonObject, reading: Reading): unknown {
  const Class = found as OptionsClass & { fromConfig?: (options: Readonly<Record<string, unknown>>) => unknown };
  const isMade = Class.prototype instanceof Layer || Class.prototype instanceof Configurable || typeof Class.fromConfig === 'function';
  if (!isMade) return found;
  const options = optionsOf(Class, isObject(config.config) ? config.config : {}, reading);
  return Class.fromConfig ? Class.fromConfig(options) : new Class(options);
}

/** A function by its name: the user's, or an op or activation of the package. */
function readFunction(config: JsonObject, reading: Reading): unknown {
  const name = String(config.config);
  const source = reading.known.table.remembers ? sourceOf(config) : undefined;
  const custom = source ?? reading.customObjects.get(name);
  if (custom) return custom;
  if (/^keras/.test(String(config.module))) return name;
  throw formatError(reading.owner, `the function '${name}', whose code is not in the file`, `Pass customObjects: { ${name} }.`);
}

function tupleOf(config: JsonObject): unknown {
  const { items, value } = (isObject(config.config) ? config.config : config) as { items?: unknown; value?: unknown };
  return items ?? value ?? null;
}

/** The options of a class from its config: in camelCase, without constants, nested objects deserialized. */
export function optionsOf(Class: OptionsClass, config: unknown, reading: Reading): Record<string, unknown> {
  const className = nameOfClass(Class);
  if (config === undefined || config === null) return {};
  if (!isObject(config)) throw formatError(reading.owner, `${describe(config)} as the config of ${className}`, 'It is an object.');
  const { options: table, config: facts } = specOf(Class);
  const isLayer = Class.prototype instanceof Layer;
  const who = isLayer && typeof config.name === 'string' ? `layer '${config.name}' (${className})` : className;
  const options: Record<string, unknown> = {};
  for (const [fileKey, value] of Object.entries(config)) {
    const key = facts.oldNames && Object.hasOwn(facts.oldNames, fileKey) ? facts.oldNames[fileKey] : fileKey;
    const name = codeKey(key);
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    if (key === 'dtype' && !option ? checkDtype(who, isLayer, value, reading) : isSilent(who, key, value, facts, reading)) continue;
    // null is the default; what a class of the user's writes of its own may mean something by it.
    if (value === null && (option || kerasPath(Class) !== undefined) && !option?.[0].nullable) continue;
    const read = readValue(key, value, reading);
    options[name] = facts.singles?.includes(name) && Array.isArray(read) && read.length === 1 ? read[0] : read;
  }
  if (Class.prototype instanceof Optimizer) return withDecay(options);
  if (Class.prototype instanceof Loss && options.reduction === 'auto') options.reduction = 'sum_over_batch_size';
  return options;
}

/** Keras 2's decay: the learning rate over 1 + decay * step. */
function withDecay({ decay, ...options }: Record<string, unknown>): Record<string, unknown> {
  if (!decay) return options;
  const initialLearningRate = (options.learningRate as number | undefined) ?? 0.001;
  return { ...options, learningRate: new InverseTimeDecay({ initialLearningRate, decaySteps: 1, decayRate: decay as number }) };
}

/** Whether a key may be ignored; one that is unsupported must have the value that turns it off, or an error names it. */
function isSilent(
  who: string,
  key: string,
  value: unknown,
  { constants = {}, ignored = [], unsupported = [] }: ConfigFacts,
  reading: Reading,
): boolean {
  if (ignored.includes(key)) return true;
  if (unsupported.includes(key)) {
    if (!value) return true;
    throw formatError(
      reading.owner,
      `${key}: ${JSON.stringify(value)?.slice(0, 80)} of ${who}`,
      'That is not supported here: save the model without.',
    );
  }
  if (!Object.hasOwn(constants, key) || key === 'activity_regularizer') return false;
  if (value === null || value === constants[key]) return true;
  throw formatError(
    reading.owner,
    `${key}: ${JSON.stringify(value)} of ${who}`,
    `Only ${JSON.stringify(constants[key])} is supported here.`,
  );
}

const floats = ['float32', 'float64', 'float16', 'bfloat16'];

/** Whether what is computed in float32 here was so there. InputLayer and layers of ids and texts have dtypes of their own. */
function checkDtype(who: string, isLayer: boolean, value: unknown, reading: Reading): boolean {
  const name = isObject(value) ? ((value.config as JsonObject | undefined)?.name ?? value.name ?? value.class_name ?? value) : value;
  if (!isLayer || name === null || name === undefined || floats.includes(String(name))) return true;
  if (/^(u?int(8|16|32|64)|string|bool)$/.test(String(name))) return true;
  throw formatError(reading.owner, `the dtype ${describe(name)} of ${who}`, 'Layers compute in float32: save the model in it.');
}

/** The value of a key: plain data, or objects. */
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
  const custom = isKnown(kind, name, reading) ? undefined : reading.customObjects.get(name);
  return custom && kind ? readCustom(custom, { class_name: name }, reading) : (custom ?? name);
}

/** Whether a name is one of Keras's: that of an activation where it has no kind. */
function isKnown(kind: ObjectKind | undefined, name: string, { known }: Reading): boolean {
  if (kind) return known.classOf(kind, name) !== undefined;
  return Object.keys(activations).some((key) => bare(key) === bare(name));
}

/** The op of a class name such as NotEqual. */
export function definitionOf(config: JsonObject, { owner, known }: Reading): Definition {
  const className = classNameOf(config);
  const source = known.table.remembers ? (sourceOf(config) as Partial<OpLayer> | undefined) : undefined;
  const found = source?.definition ?? known.op(className);
  if (found) return found;
  const near = nearest(
    className,
    known.table.ops.map((op) => op.className),
  );
  throw formatError(
    owner,
    `an unknown op '${className}'`,
    known.table.advice || (near ? `Did you mean ${near}?` : 'Write it as a layer of your own.'),
  );
}
