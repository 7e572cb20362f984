// From layers and models to the objects that Keras keeps in config.json.
import { ValueError } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { Layer, type Shapes } from '../../layers/base/layer.ts';
import { InputLayer } from '../../layers/core/input-layer.ts';
import { dumps, type JsonValue } from '../../preprocessing/python-json.ts';
import type { JsonObject } from './json.ts';
import { isFloatKey } from './keys.ts';
import { writeCompile } from './write-compile.ts';
import { writeLayer } from './write-layer.ts';
import { policy } from './write-object.ts';
import type { SharedLayers, WrittenModel } from './written-model.ts';

export const isModel = (layer: unknown): layer is WrittenModel => layer instanceof Layer && 'kerasObject' in layer;

/** What is no model is a ValueError of `owner`. */
export function checkModel<M extends WrittenModel>(owner: string, model: M, advice = 'Pass a Sequential model or a Model.'): M {
  if (isModel(model)) return model;
  throw new ValueError(`${owner}: expected a model, got ${describe(model)}. ${advice}`);
}

/** A layer or a model. */
export function writeAny(layer: Layer, inputShape?: Shapes, shared = sharedIn(layer)): JsonObject {
  const inner = (part: Layer, shape: Shapes | undefined) => writeAny(part, shape, shared);
  const object = isModel(layer) ? writeModel(layer, shared) : writeLayer(layer, inputShape ?? layer.inputShape, inner);
  const id = shared.get(layer);
  return id === undefined ? object : { ...object, shared_object_id: id };
}

export function sharedIn(root: Layer): SharedLayers {
  const seen = new Set([root]);
  const shared = new Map<Layer, number>();
  for (const holder of seen) {
    for (const part of new Set(holder.sublayers)) {
      if (seen.has(part) && !shared.has(part) && !(part instanceof InputLayer)) shared.set(part, shared.size + 1);
      seen.add(part);
    }
  }
  return shared;
}

/** A model, as the root of config.json. */
export const writeModel = (model: WrittenModel, shared = sharedIn(model)): JsonObject => ({
  ...model.kerasObject(shared),
  compile_config: writeCompile(model),
});

/** The text of config.json. */
export const modelText = (model: WrittenModel): string => dumps(writeModel(model) as JsonValue, isFloatKey);

/** What a stack of layers starts from. */
interface Start {
  readonly name: string;
  readonly shape: readonly (number | null)[];
  readonly dtype: 'float32' | 'int32' | 'string';
}

interface Stack {
  readonly name: string;
  readonly trainable: boolean;
  readonly layers: readonly Layer[];
  readonly start: Start | undefined;
}

/** A Sequential model. */
export function sequentialObject({ name, trainable, start: input, layers }: Stack, shared: SharedLayers): JsonObject {
  const start = input && new InputLayer({ batchShape: input.shape, dtype: input.dtype, name: input.name });
  const config = {
    name,
    trainable,
    dtype: policy(),
    layers: [...(start ? [start] : []), ...layers].map((layer) => writeAny(layer, undefined, shared)),
  };
  return {
    module: 'keras',
    class_name: 'Sequential',
    config: input ? { ...config, build_input_shape: input.shape } : config,
    registered_name: null,
    ...(input ? { build_config: { input_shape: input.shape } } : {}),
  };
}
