// Serializes objects, models and compile arguments as Keras's configs.
import { Configurable } from '../../common/configurable.ts';
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { classNameOf } from '../../common/spec.ts';
import { Layer } from '../../layers/base/layer.ts';
import type { BaseModel } from '../../models/base-model.ts';
import type { JsonObject } from '../model/json.ts';
import { writeCompile } from '../model/write-compile.ts';
import { checkModel, modelText, writeAny, writeModel, writingOf } from '../model/write-model.ts';
import { functionObject, writeObject } from '../model/write-object.ts';

const SERIALIZE = 'Use serialize for other objects.';

/**
 * A model as a text: what Keras 3's `model.to_json()` gives, with how it was compiled, without weights.
 *
 * ```js
 * const json = modelToJSON(model);
 * const copy = modelFromJSON(json); // with new weights
 * ```
 * Functions of your own, such as a Lambda's, are kept by their names alone.
 * @throws ValueError for a model that holds what JSON cannot.
 */
export const modelToJSON = (model: BaseModel): string => modelText(checkModel('modelToJSON', model, SERIALIZE));

/** The object whose text `modelToJSON` gives: `modelConfig(model).class_name` is 'Sequential' or 'Functional'. */
export function modelConfig(model: BaseModel): JsonObject {
  return writeModel(checkModel('modelConfig', model, SERIALIZE));
}

/** How a model is trained, as Keras's files keep it; an empty object for a model that is not compiled. */
export const compileConfig = (model: BaseModel): JsonObject => writeCompile(model, writingOf(model));

/** Objects that can be serialized. */
export type Serialized = Layer | Configurable | ((...args: never[]) => unknown);

/**
 * What Keras's files hold of an object: `{ module, class_name, config, registered_name }`.
 *
 * ```js
 * serialize(new layers.Dense(3)).config.units; // 3
 * ```
 * Takes layers, models, initializers, regularizers, constraints, optimizers, schedules, losses, metrics, and functions, which are
 * kept by name.
 * @throws ValueError for anything else.
 */
export function serialize(object: Serialized): JsonObject {
  if (typeof object === 'function') return functionObject(classNameOf(object));
  if (object instanceof Layer) return writeAny(object);
  if (object instanceof Configurable) return writeObject(object, writingOf());
  throw mismatch('serialize', "a layer, a model or an object of Keras's", describe(object));
}
