// From the object that Keras keeps in config.json, or an older form of it, to a model.

import { describe } from '../../common/options.ts';
import type { Layer } from '../../layers/base/layer.ts';
import type { BaseModel } from '../../models/base-model.ts';
import { Model, type ModelOptions } from '../../models/model.ts';
import { Sequential } from '../../models/sequential.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import { refusal } from './format-error.ts';
import { Graph } from './read-graph.ts';
import { readLayer } from './read-layer.ts';
import { type CustomObjects, classNameOf, countCall, customOf, type Reading } from './read-object.ts';

export const modelNames: readonly string[] = ['Sequential', 'Functional', 'Model'];

/** How a config is read that may hold models. */
export function readingOf(owner: string, customObjects: CustomObjects): Reading {
  const shared = new Map<unknown, Layer>();
  const read = (config: JsonObject, reading: Reading): Layer => {
    if (modelNames.includes(classNameOf(config)) && !customOf(config, reading)) return readModel(config, reading);
    return readLayer(config, reading);
  };
  return {
    owner,
    customObjects,
    calls: new Map(),
    // A layer that several models hold is written in each, with a number that says so.
    layer: (config, reading) => {
      const { shared_object_id: id } = config;
      const known = typeof id === 'number' ? shared.get(id) : undefined;
      if (known?.className === classNameOf(config)) return known;
      const layer = read(config, reading);
      if (typeof id === 'number' && layer.className !== 'InputLayer') shared.set(id, layer);
      return layer;
    },
  };
}

/** A Sequential or functional model. */
export function readModel(root: JsonObject, reading: Reading): BaseModel {
  const className = classNameOf(root);
  const custom = customOf(root, reading);
  if (custom) {
    const made = reading.layer(root, reading);
    if (made instanceof Model || made instanceof Sequential) return made;
    throw refusal(reading.owner, `${describe(made)} for '${className}'`, 'Let its fromConfig give a Sequential or a Model.');
  }
  if (!modelNames.includes(className)) {
    throw refusal(
      reading.owner,
      `the class '${className}' instead of a model`,
      'Sequential and functional models are read; for a class of your own pass customObjects with a fromConfig that gives one.',
    );
  }
  const { config } = root;
  // The oldest Sequential models are a list of layers.
  const own: JsonObject = Array.isArray(config) ? { layers: config } : isObject(config) ? config : {};
  if (!Array.isArray(own.layers)) throw refusal(reading.owner, `a ${className} without a list of layers`, 'Its config holds them.');
  const isGraph = own.input_layers !== undefined || className !== 'Sequential';
  return isGraph ? readFunctional(own, reading) : readSequential(own, root, reading);
}

const nameOf = (config: JsonObject): { name?: string } => (typeof config.name === 'string' ? { name: config.name } : {});

function readSequential(config: JsonObject, root: JsonObject, reading: Reading): Sequential {
  const model = new Sequential([], nameOf(config));
  model.presumesInput = false;
  let calls = 1;
  for (const one of config.layers as readonly unknown[]) {
    if (!isObject(one)) throw refusal(reading.owner, `${describe(one)} in the list of layers`, 'It is an object.');
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
  throw refusal(reading.owner, `the shape ${JSON.stringify(shape).slice(0, 80)}`, 'Lengths are whole numbers or null.');
}

function readFunctional(config: JsonObject, reading: Reading): Model {
  const graph = new Graph(config.layers as readonly unknown[], reading);
  const options: ModelOptions = { inputs: graph.at(config.input_layers), outputs: graph.at(config.output_layers), ...nameOf(config) };
  const model = new Model(options);
  reading.calls.set(model, graph.count);
  if (config.trainable === false) freeze(model);
  return model;
}

/** Freezes the model alone: whether those inside are trained is in their own configs. */
function freeze(model: BaseModel): void {
  const inside = new Set<Layer>([model]);
  for (const layer of inside) for (const part of layer.sublayers) inside.add(part);
  const before = [...inside].slice(1).map((layer) => [layer, layer.trainable] as const);
  model.trainable = false;
  for (const [layer, trainable] of before) layer.trainable = trainable;
}
