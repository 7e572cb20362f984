// Deserializes models from config.json, in Keras 3's or an older form.

import { type CustomObjects, type Customs, customsOf } from '../../common/custom-objects.ts';
import { checkInteger, describe } from '../../common/options.ts';
import { type AnyClass, kerasPath } from '../../common/spec.ts';
import type { Layer } from '../../layers/base/layer.ts';
import { makingWeights } from '../../layers/base/weighted.ts';
import { InputLayer } from '../../layers/core/input-layer.ts';
import { budget, MAX_PARAMETERS } from './budget.ts';
import { formatError, withFormatErrors } from './format-error.ts';
import { isObject, type JsonObject } from './json.ts';
import type { KnownClasses, ModelClasses } from './known-classes.ts';
import { Graph } from './read-graph.ts';
import { readLayer } from './read-layer.ts';
import { classNameOf, countCall, customOf, type Reading } from './read-object.ts';
import { isModel } from './write-model.ts';

export const modelNames: readonly string[] = ['Sequential', 'Functional', 'Model'];

/** How a config is read that may hold models. */
function readingOf(owner: string, customObjects: Customs, known: KnownClasses): Reading {
  const shared = new Map<unknown, Layer>();
  const read = (config: JsonObject, reading: Reading): Layer => {
    const custom = customOf(config, reading);
    if (custom ? isModelClass(custom) : modelNames.includes(classNameOf(config))) return readModel(config, reading);
    return readLayer(config, reading);
  };
  return {
    owner,
    customObjects,
    known,
    calls: new Map(),
    // A layer that several models hold is written in each, with a number that says so.
    layer: (config, reading) => {
      const { shared_object_id: id } = config;
      const before = typeof id === 'number' ? shared.get(id) : undefined;
      if (before?.className === classNameOf(config)) return before;
      const layer = read(config, reading);
      if (typeof id === 'number' && !(layer instanceof InputLayer)) shared.set(id, layer);
      return layer;
    },
  };
}

/** A Sequential or functional model; of class `Root` where the caller has one. */
export function readModel(root: JsonObject, reading: Reading, Root?: ModelClass): Layer {
  const className = classNameOf(root);
  const custom = Root ?? customOf(root, reading);
  if (custom && !isModelClass(custom)) {
    const made = reading.layer(root, reading);
    if (isModel(made)) return made;
    throw formatError(reading.owner, `${describe(made)} for '${className}'`, 'Let its fromConfig give a Sequential or a Model.');
  }
  if (!custom && !modelNames.includes(className)) {
    throw formatError(
      reading.owner,
      `the class '${className}' instead of a model`,
      'Sequential and functional models are read; for a class of your own pass customObjects with a fromConfig that gives one.',
    );
  }
  const { config } = root;
  // The oldest Sequential models are a list of layers.
  const modelConfig: JsonObject = Array.isArray(config) ? { layers: config } : isObject(config) ? config : {};
  if (!Array.isArray(modelConfig.layers))
    throw formatError(reading.owner, `a ${className} without a list of layers`, 'Its config holds them.');
  const isGraph = modelConfig.input_layers !== undefined || className === 'Functional' || className === 'Model';
  const { models, advice } = reading.known.table;
  const Class = custom ?? (isGraph ? models.Model : models.Sequential);
  if (!Class) throw formatError(reading.owner, `a model of class ${className}`, advice);
  return isGraph
    ? readFunctional(modelConfig, reading, Class as ModelClasses['Model'])
    : readSequential(modelConfig, root, reading, Class as ModelClasses['Sequential']);
}

export type ModelClass = ModelClasses['Sequential'] | ModelClasses['Model'];

/** Whether it is a class of models that are made as those of the package: one with a fromConfig of its own makes them itself. */
function isModelClass(custom: unknown): custom is ModelClass {
  if (typeof custom !== 'function' || !('kerasObject' in (custom.prototype ?? {}))) return false;
  let Class = custom as AnyClass;
  while (kerasPath(Class) === undefined && Class !== Function.prototype) {
    if (Object.hasOwn(Class, 'fromConfig')) return false;
    Class = Object.getPrototypeOf(Class);
  }
  return true;
}

const nameOf = (config: JsonObject): { name?: string } => (typeof config.name === 'string' ? { name: config.name } : {});

function readSequential(config: JsonObject, root: JsonObject, reading: Reading, Class: ModelClasses['Sequential']): Layer {
  const model = new Class([], nameOf(config));
  model.presumesInput = false;
  let calls = 1;
  for (const one of config.layers as readonly unknown[]) {
    if (!isObject(one)) throw formatError(reading.owner, `${describe(one)} in the list of layers`, 'It is an object.');
    const layer = reading.layer(one, reading);
    calls = countCall(reading, calls, layer);
    model.add(layer);
  }
  reading.calls.set(model, calls);
  const shape = config.build_input_shape ?? (isObject(root.build_config) ? root.build_config.input_shape : undefined);
  if (!model.built && model.layers.length > 0 && Array.isArray(shape)) model.build(checkShape(shape, reading));
  if (config.trainable === false) freeze(model);
  return model;
}

function checkShape(shape: readonly unknown[], reading: Reading): readonly (number | null)[] {
  if (shape.every((dim) => dim === null || (Number.isSafeInteger(dim) && (dim as number) >= 0))) return shape as readonly (number | null)[];
  throw formatError(reading.owner, `the shape ${JSON.stringify(shape).slice(0, 80)}`, 'Lengths are whole numbers or null.');
}

function readFunctional(config: JsonObject, reading: Reading, Class: ModelClasses['Model']): Layer {
  const graph = new Graph(config.layers as readonly unknown[], reading);
  const model = new Class({ inputs: graph.at(config.input_layers), outputs: graph.at(config.output_layers), ...nameOf(config) });
  reading.calls.set(model, graph.count);
  if (config.trainable === false) freeze(model);
  return model;
}

/** Freezes the model alone: whether those inside are trained is in their own configs. */
function freeze(model: Layer): void {
  const inside = new Set<Layer>([model]);
  for (const layer of inside) for (const part of layer.sublayers) inside.add(part);
  const before = [...inside].slice(1).map((layer) => [layer, layer.trainable] as const);
  model.trainable = false;
  for (const [layer, trainable] of before) layer.trainable = trainable;
}

/** How a config is read. */
export interface ConfigOptions {
  /** Classes and functions of your own that the config names: `{ Scaled }`, a Map or a list. Default none. */
  readonly customObjects?: CustomObjects;
  /** Most elements that all weights together may have. Default 2^26, which is 256 MiB. */
  readonly maxParameters?: number;
}

/** Reads with a budget of parameters. */
export function reading<T>(
  owner: string,
  { customObjects = {}, maxParameters = MAX_PARAMETERS }: ConfigOptions,
  known: KnownClasses,
  body: (context: Reading) => T,
  areOverwritten = false,
): T {
  const customs = customsOf(owner, customObjects);
  const check = budget(owner, checkInteger(owner, 'maxParameters', maxParameters));
  return withFormatErrors(owner, () => makingWeights({ check, areOverwritten }, () => body(readingOf(owner, customs, known))));
}
