// Serializes layers and models for config.json.
import { mismatch } from '../../common/errors.ts';
import { madeOf } from '../../common/identifier.ts';
import { describe } from '../../common/options.ts';
import { Layer, type Shapes } from '../../layers/base/layer.ts';
import { InputLayer } from '../../layers/core/input-layer.ts';
import { dumps, type JsonValue } from '../../preprocessing/python-json.ts';
import type { DType } from '../../tensor/index.ts';
import type { JsonObject } from './json.ts';
import { isFloatKey } from './keys.ts';
import { writeCompile } from './write-compile.ts';
import { writeLayer } from './write-layer.ts';
import { classObject, policy } from './write-object.ts';
import type { Writing } from './writing.ts';
import type { WrittenModel } from './written-model.ts';

export const isModel = (layer: unknown): layer is WrittenModel => layer instanceof Layer && 'kerasObject' in layer;

/** Throws a ValueError of `owner` unless it is a model. */
export function checkModel<M extends WrittenModel>(owner: string, model: M, advice = 'Pass a Sequential model or a Model.'): M {
  if (isModel(model)) return model;
  throw mismatch(owner, 'a model', describe(model), advice);
}

/** A layer or a model. */
export function writeAny(layer: Layer, inputShape?: Shapes, writing = writingOf(layer)): JsonObject {
  const object = isModel(layer) ? writeModel(layer, writing) : writeLayer(layer, inputShape ?? layer.inputShape, writing);
  const id = writing.shared.get(layer);
  return madeOf(id === undefined ? object : { ...object, shared_object_id: id }, layer);
}

/** A context for serializing a layer or a model, or an object that is neither. */
export function writingOf(root?: Layer): Writing {
  const writing: Writing = {
    shared: root ? sharedIn(root) : new Map(),
    classes: new Map(),
    layer: (layer, inputShape) => writeAny(layer, inputShape, writing),
  };
  return writing;
}

function sharedIn(root: Layer): Writing['shared'] {
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
export const writeModel = (model: WrittenModel, writing = writingOf(model)): JsonObject => ({
  ...model.kerasObject(writing),
  compile_config: writeCompile(model, writing),
});

/** The text of config.json. */
export const modelText = (model: WrittenModel): string => dumps(writeModel(model) as JsonValue, isFloatKey);

/** The input of a Sequential model. */
interface Start {
  readonly name: string;
  readonly shape: readonly (number | null)[];
  readonly dtype: DType | 'string';
}

interface Stack {
  readonly className: string;
  readonly name: string;
  readonly trainable: boolean;
  readonly layers: readonly Layer[];
  readonly start: Start | undefined;
}

/** A Sequential model. */
export function sequentialObject(model: Stack, writing: Writing): JsonObject {
  const { name, trainable, start: input, layers, className } = model;
  const start = input && new InputLayer({ batchShape: input.shape, dtype: input.dtype, name: input.name });
  const config = {
    name,
    trainable,
    dtype: policy(),
    layers: [...(start ? [start] : []), ...layers].map((layer) => writeAny(layer, undefined, writing)),
  };
  return {
    ...classObject(model.constructor, className, input ? { ...config, build_input_shape: input.shape } : config, writing),
    ...(input ? { build_config: { input_shape: input.shape } } : {}),
  };
}
