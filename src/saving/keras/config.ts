// Objects, models and their training from the configs that Keras writes.
import { ValueError } from '../../common/errors.ts';
import type { ClassConfig } from '../../common/identifier.ts';
import { checkInteger, checkOptions, describe } from '../../common/options.ts';
import type { Layer } from '../../layers/base/layer.ts';
import { checkingWeights } from '../../layers/base/weighted.ts';
import type { BaseModel } from '../../models/base-model.ts';
import type { Model } from '../../models/model.ts';
import type { Sequential } from '../../models/sequential.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import type { ObjectKind } from '../model/modules.ts';
import { budget, MAX_PARAMETERS } from './budget.ts';
import { checkConfig, parseConfig } from './check-json.ts';
import { classOf } from './classes.ts';
import { refusal, refusing } from './format-error.ts';
import { readCompile } from './read-compile.ts';
import { modelNames, readingOf, readModel } from './read-model.ts';
import { type CustomObjects, isClassConfig, type Reading, readObject } from './read-object.ts';
import type { Serialized } from './write-config.ts';

export type { CustomObjects } from './read-object.ts';

/** How a config is read. */
export interface ConfigOptions {
  /** Classes and functions of your own, by the names in the file. Default none. */
  readonly customObjects?: CustomObjects;
  /** Most elements that all weights together may have. Default 2^29, which is 2 GiB. */
  readonly maxParameters?: number;
}

/** How a model is read from its config. */
export interface ModelConfigOptions extends ConfigOptions {
  /** Whether a model that was compiled is compiled again. Default true. */
  readonly compile?: boolean;
}

/**
 * The model that a text describes: what `modelToJSON`, Keras 3's `to_json` or Keras 2's wrote, or the config.json of a .keras file.
 *
 * ```js
 * const model = modelFromJSON(json, { customObjects: new Map([['Scaled', Scaled]]) });
 * ```
 * A class in `customObjects` is made by its static `fromConfig(options)`, or by a constructor that takes one object of options.
 * @throws ModelFormatError for what is no such text, for classes and options that are not known, and for models that would need
 * more than `maxParameters`.
 */
export function modelFromJSON(json: string, options: ModelConfigOptions = {}): Sequential | Model {
  const owner = 'modelFromJSON';
  if (typeof json !== 'string')
    throw new ValueError(`${owner}: expected a text, got ${describe(json)}. Pass an object to modelFromConfig.`);
  return readRoot(owner, parseConfig(owner, json), options);
}

/** As `modelFromJSON`, from the object: `modelFromConfig(JSON.parse(json))`. */
export function modelFromConfig(config: unknown, options: ModelConfigOptions = {}): Sequential | Model {
  return readRoot('modelFromConfig', checkConfig('modelFromConfig', config), options);
}

/** `Sequential.fromConfig(config)`, and that of Model. */
export function modelOfConfig(owner: string, config: unknown, options: ConfigOptions = {}): Sequential | Model {
  const own = checkConfig(owner, config);
  return readRoot(owner, { class_name: own.input_layers === undefined ? 'Sequential' : 'Functional', config: own }, options);
}

/** The layer or model that the config of a wrapper holds, its options in camelCase. */
export function layerOf(owner: string, { className, config }: ClassConfig): Layer {
  if (modelNames.includes(className)) return modelOfConfig(owner, config);
  const Class = classOf('layer', className);
  if (Class) return new Class(config) as Layer;
  throw new ValueError(`${owner}: expected the config of a known layer, got that of '${className}'. Pass the layer itself.`);
}

/** As `modelFromConfig`; errors begin with `owner`. */
export function readRoot(owner: string, root: JsonObject, options: ModelConfigOptions): Sequential | Model {
  checkOptions(owner, options, ['customObjects', 'maxParameters', 'compile']);
  return reading(owner, options, (context) => {
    const model = readModel(root, context);
    if (options.compile !== false && isObject(root.compile_config)) compileWith(model, root.compile_config, context);
    return model as Sequential | Model;
  });
}

/**
 * Compiles a model as a config says: Keras's compile_config, or the training_config of an older file. Gives whether it did:
 * not for the config of a model that was not compiled.
 *
 * ```js
 * compileFromConfig(copy, compileConfig(model)); // true
 * ```
 * @throws ModelFormatError for names that are not known; the model is as before then.
 */
export function compileFromConfig(model: BaseModel, config: unknown, options: ConfigOptions = {}): boolean {
  const owner = 'compileFromConfig';
  checkOptions(owner, options, ['customObjects', 'maxParameters']);
  return compileRoot(owner, model, checkConfig(owner, config), options);
}

/** As `compileFromConfig`; errors begin with `owner`. */
export const compileRoot = (owner: string, model: BaseModel, config: JsonObject, options: ConfigOptions): boolean =>
  reading(owner, options, (context) => compileWith(model, config, context));

function compileWith(model: BaseModel, config: JsonObject, context: Reading): boolean {
  const options = readCompile(config, context);
  if (options) model.compile(options);
  return options !== undefined;
}

/**
 * The object of a config as `serialize` or Keras writes it, also in Keras 2's form `{ class_name, config }`.
 *
 * ```js
 * const dense = deserialize({ module: 'keras.layers', class_name: 'Dense', config: { units: 3 } });
 * ```
 * `kind` says what it is where a name without a module could be two things ('loss' or 'metric').
 * @throws ModelFormatError for classes and options that are not known.
 */
export function deserialize<T = Serialized>(config: unknown, options: ConfigOptions & { readonly kind?: ObjectKind } = {}): T {
  const owner = 'deserialize';
  checkOptions(owner, options, ['customObjects', 'maxParameters', 'kind']);
  const checked = checkConfig(owner, config);
  if (!isClassConfig(checked)) throw refusal(owner, `${describe(config)} without class_name`, 'Pass a config of Keras.');
  return reading(owner, options, (context) => {
    const isRoot = modelNames.includes(checked.class_name as string);
    return (isRoot ? context.layer(checked, context) : readObject(checked, context, options.kind)) as T;
  });
}

export function checkCustomObjects(owner: string, given: unknown): void {
  if (!(given instanceof Map))
    throw new ValueError(`${owner}: expected customObjects to be a Map, got ${describe(given)}. Pass new Map([['Name', Class]]).`);
}

/** Reads with a budget, and leaves nothing of it behind. */
function reading<T>(
  owner: string,
  { customObjects = new Map(), maxParameters = MAX_PARAMETERS }: ConfigOptions,
  body: (context: Reading) => T,
): T {
  checkCustomObjects(owner, customObjects);
  const check = budget(owner, checkInteger(owner, 'maxParameters', maxParameters));
  return refusing(owner, () => checkingWeights(check, () => body(readingOf(owner, customObjects))));
}
