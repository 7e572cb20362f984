import { mismatch } from '../../common/errors.ts';
import { checkOptions, describe } from '../../common/options.ts';
import type { BaseModel } from '../../models/base-model.ts';
import type { Model } from '../../models/model.ts';
import type { Sequential } from '../../models/sequential.ts';
import { checkConfig, parseConfig } from '../model/check-json.ts';
import { formatError, withFormatErrors } from '../model/format-error.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import type { ObjectKind } from '../model/kinds.ts';
import { type ConfigOptions, modelNames, reading, readModel } from '../model/read-model.ts';
import { isClassConfig, type Reading, readObject } from '../model/read-object.ts';
import { allClasses } from './all-classes.ts';
import { type Missing, readCompile } from './read-compile.ts';
import type { Serialized } from './write-config.ts';

export type { CustomObjects } from '../../common/custom-objects.ts';
export type { ConfigOptions } from '../model/read-model.ts';

/** How a model is read from its config. */
export interface ModelConfigOptions extends ConfigOptions {
  /** Whether a model that was compiled is compiled again. Default true. */
  readonly compile?: boolean;
}

/**
 * The model that a text describes: what `modelToJSON`, Keras 3's `to_json` or Keras 2's wrote, or the config.json of a .keras file.
 * `JSON.stringify(model)` makes such a text the text of a JSON string; this and the parsed object are taken, too.
 *
 * ```js
 * const model = modelFromJSON(json, { customObjects: { Scaled } });
 * ```
 * A class in `customObjects` is made by its static `fromConfig(options)`, or by a constructor that takes one object of options.
 * @throws ModelFormatError for what is no such text, for classes and options that are not known, and for models that would need
 * more than `maxParameters`.
 */
export function modelFromJSON(json: string | object, options: ModelConfigOptions = {}): Sequential | Model {
  const owner = 'modelFromJSON';
  if (typeof json !== 'string' && !isObject(json)) throw mismatch(owner, 'a text', describe(json), 'Pass what modelToJSON gave.');
  return readRoot(owner, typeof json === 'string' ? parseConfig(owner, json) : checkConfig(owner, json), options);
}

/** As `modelFromJSON`, from the object: `modelFromConfig(JSON.parse(json))`. */
export function modelFromConfig(config: unknown, options: ModelConfigOptions = {}): Sequential | Model {
  return readRoot('modelFromConfig', checkConfig('modelFromConfig', config), options);
}

/** As `modelFromConfig`, of a file that overwrites all weights or of a config alone; errors begin with `owner`. */
export function readRoot(owner: string, root: JsonObject, options: ModelConfigOptions, areOverwritten = false): Sequential | Model {
  checkOptions(owner, options, ['customObjects', 'maxParameters', 'compile']);
  const read = (context: Reading) => {
    const model = readModel(root, context) as Sequential | Model;
    if (options.compile !== false && isObject(root.compile_config)) compileAsSaved(owner, model, root.compile_config, context);
    return model;
  };
  return reading(owner, options, allClasses(), read, areOverwritten);
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
const compileRoot = (owner: string, model: BaseModel, config: JsonObject, options: ConfigOptions): boolean =>
  reading(owner, options, allClasses(), (context) => compileWith(model, config, context));

/** Compiles a model that was read from the file `owner` as far as this package has what the file names; says what is missing. */
export const compileSaved = (owner: string, model: BaseModel, config: JsonObject, options: ConfigOptions): boolean =>
  reading(owner, options, allClasses(), (context) => compileAsSaved(owner, model, config, context));

function compileAsSaved(owner: string, model: BaseModel, config: JsonObject, context: Reading): boolean {
  const warn: Missing = (subject, { message }) => {
    const result = subject === 'metric' ? 'the model is compiled without it' : 'the model is not compiled';
    console.warn(
      `keratin: ${owner}: cannot read the ${subject} of its compile state, ${result}. ${message} { compile: false } leaves all out.`,
    );
  };
  return withFormatErrors(
    owner,
    () => compileWith(model, config, context, warn),
    'Or pass { compile: false } and compile the model yourself.',
  );
}

function compileWith(model: BaseModel, config: JsonObject, context: Reading, missing?: Missing): boolean {
  const options = readCompile(config, context, model.outputNames.length, missing);
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
  if (!isClassConfig(checked)) throw formatError(owner, `${describe(config)} without class_name`, 'Pass a config of Keras.');
  return reading(owner, options, allClasses(), (context) => {
    const isRoot = modelNames.includes(checked.class_name as string);
    return (isRoot ? context.layer(checked, context) : readObject(checked, context, options.kind)) as T;
  });
}
