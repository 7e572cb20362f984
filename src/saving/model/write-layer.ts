// Serializes layers, with the shapes they were built for.

import { mismatch } from '../../common/errors.ts';
import { specOf } from '../../common/spec.ts';
import { isShapeList, type Layer, type LayerSpec, type Shape, type Shapes } from '../../layers/base/layer.ts';
import type { OpLayer } from '../../layers/base/op-layer.ts';
import type { JsonObject } from './json.ts';
import { fileKey } from './keys.ts';
import { classObject, policy, writeConfig } from './write-object.ts';
import type { Writing } from './writing.ts';

/** Whether it is an op of a functional model. */
export const isOperation = (layer: Layer): layer is OpLayer => 'definition' in layer && 'callArguments' in layer;

/** A layer that is no model; `inputShape` is the shape it was built for where it does not know it. */
export function writeLayer(layer: Layer, inputShape: Shapes | undefined, writing: Writing): JsonObject {
  if (isOperation(layer)) return writeOperation(layer);
  const { className } = layer;
  const spec = specOf<LayerSpec>(layer.constructor);
  const config = writeConfig(className, spec, layer.fileConfig(inputShape), writing, inputShape && layer.innerShape(inputShape));
  const object = classObject(layer.constructor, className, withDtype(layer, spec, config), writing);
  const build = buildConfig(layer, spec, inputShape);
  return build ? { ...object, build_config: build } : object;
}

/** The dtype stands behind what all layers have, unless it is an option of the layer. */
function withDtype({ dtypeInFiles }: Layer, { plainDtype }: LayerSpec, config: Record<string, unknown>): JsonObject {
  if (Object.hasOwn(config, 'dtype')) return config;
  const { name, trainable, ...options } = config;
  return {
    name,
    ...(trainable === undefined ? {} : { trainable }),
    dtype: plainDtype ? dtypeInFiles : policy(dtypeInFiles),
    ...options,
  };
}

/** An op of Keras: its settings are its config. */
function writeOperation({ definition, settings, name }: OpLayer): JsonObject {
  const { module, className } = definition;
  if (module === '') {
    throw mismatch(
      definition.name,
      "an op that Keras's files know",
      'a function of this package in a functional model',
      'Call it in a layer of your own.',
    );
  }
  const config = Object.fromEntries(Object.entries(settings).map(([key, value]) => [fileKey(key), value]));
  return { module, class_name: className, config: { name, ...config }, registered_name: className };
}

/** The build_config; nothing for layers that are built at once or not yet. */
function buildConfig(layer: Layer, { builtAtOnce, inputs }: LayerSpec, inputShape: Shapes | undefined): JsonObject | undefined {
  if (builtAtOnce || inputShape === undefined || layer.isHost) return undefined;
  if (inputs) {
    const shapes = isShapeList(inputShape) ? inputShape : [inputShape, inputShape];
    return { shapes_dict: Object.fromEntries(shapes.map((shape, i) => [`${inputs[i]}_shape`, shape])) };
  }
  const states = statesOf(layer);
  if (states) return { shapes_dict: { sequences_shape: inputShape, initial_state_shape: states } };
  return { input_shape: inputShape };
}

/** Shapes of the states that the layer's first call starts from. */
function statesOf(layer: Layer): Shape[] | undefined {
  return layer.calls[0]?.arguments.initialState?.map(({ shape }) => shape);
}
