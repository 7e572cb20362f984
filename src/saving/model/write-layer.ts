// From layers to what Keras writes of them, with the shapes they were built for.

import { ValueError } from '../../common/errors.ts';
import { isShapeList, type Layer, type Shape, type Shapes } from '../../layers/base/layer.ts';
import type { OpLayer } from '../../layers/base/op-layer.ts';
import type { Bidirectional } from '../../layers/recurrent/bidirectional.ts';
import type { TimeDistributed } from '../../layers/recurrent/time-distributed.ts';
import * as regularizers from '../../regularizers/index.ts';
import { differenceOf } from './differences.ts';
import type { JsonObject } from './json.ts';
import { fileKey } from './keys.ts';
import { classObject, functionObject, policy, writeConfig, writeObject } from './write-object.ts';

/** Layers whose configs in Keras lack what all others have. */
const bareLayers = ['InputLayer', 'Discretization', 'SpatialDropout1D'];
/** Layers of texts and whole numbers: Keras's dtype for them. */
const dtypes: Readonly<Record<string, string>> = { Discretization: 'float32', SpatialDropout1D: 'float32' };

/** The dtype of the outputs, which only Hashing has otherwise. */
const dtypeOf = (layer: Layer): unknown =>
  dtypes[layer.className] ?? policy(layer.className === 'Hashing' && layer.outputDtype === 'int32' ? 'int64' : 'float32');

/** Classes are known by their names here: what writes a config need not carry them. */
export const is = <T extends Layer>(layer: Layer, className: string): layer is T => layer.className === className;

/** Whether a call may start from states. */
export const isRecurrent = ({ className }: Layer): boolean => ['LSTM', 'GRU', 'SimpleRNN', 'Bidirectional'].includes(className);

/** Whether it is an op of a functional model. */
export const isOperation = (layer: Layer): layer is OpLayer => 'definition' in layer && 'given' in layer;

/** Writes a layer inside another, which may be a model. */
type Inner = (layer: Layer, inputShape: Shapes | undefined) => JsonObject;

/** A layer that is no model; `inputShape` is the shape it was built for where it does not know it. */
export function writeLayer(layer: Layer, inputShape: Shapes | undefined, inner: Inner): JsonObject {
  if (isOperation(layer)) return writeOperation(layer);
  const { className } = layer;
  const { name, trainable, activityRegularizer: _, ...options } = layer.getConfig();
  const own = writeConfig('layer', className, className === 'Lambda' ? lambdaOptions(layer, options) : options, (key) =>
    writeInner(layer, key, inputShape, inner),
  );
  if (layer.built) Object.assign(own, settledAxes(className, own, inputShape));
  const penalty =
    layer.activityRegularizer && className !== 'ActivityRegularization' ? regularizers.serialize(layer.activityRegularizer) : null;
  const object = classObject('layer', className, {
    ...(className === 'InputLayer' ? {} : { name }),
    ...(bareLayers.includes(className) ? {} : { trainable }),
    ...(className === 'InputLayer' ? {} : { dtype: dtypeOf(layer) }),
    ...own,
    ...(className === 'InputLayer' ? { name } : {}),
    ...(penalty && typeof penalty === 'object' ? { activity_regularizer: writeObject('regularizer', penalty) } : {}),
  });
  const build = buildConfig(layer, inputShape);
  return build ? { ...object, build_config: build } : object;
}

/** An op of Keras: its settings are its config. */
function writeOperation({ definition, settings, name }: OpLayer): JsonObject {
  const { module, className } = definition;
  if (module === '') {
    throw new ValueError(
      `${definition.name}: expected an op that Keras's files know, got a function of this package in a functional model. Call it in a layer of your own.`,
    );
  }
  const config = Object.fromEntries(Object.entries(settings).map(([key, value]) => [fileKey(key), value]));
  return { module, class_name: className, config: { name, ...config }, registered_name: className };
}

/** A layer inside a wrapper, under an option of it. */
function writeInner(layer: Layer, key: string, inputShape: Shapes | undefined, inner: Inner): unknown {
  if (is<Bidirectional>(layer, 'Bidirectional')) {
    const at = ['layer', 'backwardLayer'].indexOf(key);
    return at < 0 ? undefined : inner(layer.sublayers[at], inputShape);
  }
  if (is<TimeDistributed>(layer, 'TimeDistributed') && key === 'layer') {
    const [batch, , ...rest] = (inputShape ?? []) as Shape;
    return inner(layer.layer, inputShape && [batch, ...rest]);
  }
  return undefined;
}

/** A Lambda's functions, by their names or the layer's. */
function lambdaOptions(layer: Layer, options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(options)) {
    if (value === null && key !== 'arguments') continue;
    written[key] = typeof value === 'function' ? functionObject(value.name || layer.name) : key === 'arguments' ? (value ?? {}) : value;
  }
  return written;
}

/** Axes as Keras has them once the layer is built. */
function settledAxes(className: string, config: JsonObject, inputShape: Shapes | undefined): JsonObject {
  if (className === 'LayerNormalization' && typeof config.axis === 'number') return { axis: [config.axis] };
  if (className !== 'MultiHeadAttention' || config.attention_axes !== null || !inputShape) return {};
  const { length } = isShapeList(inputShape) ? inputShape[0] : inputShape;
  return { attention_axes: Array.from({ length: length - 2 }, (_, i) => i + 1) };
}

/** What Keras builds the layer from; nothing for those that are built at once or not yet. */
function buildConfig(layer: Layer, inputShape: Shapes | undefined): JsonObject | undefined {
  const { className } = layer;
  if (differenceOf('layer', className).builtAtOnce || inputShape === undefined || layer.isHost) return undefined;
  if (className === 'MultiHeadAttention') {
    const [query, value, key] = isShapeList(inputShape) ? inputShape : [inputShape, inputShape];
    return { shapes_dict: { query_shape: query, value_shape: value, ...(key ? { key_shape: key } : {}) } };
  }
  const states = statesOf(layer);
  if (states) return { shapes_dict: { sequences_shape: inputShape, initial_state_shape: states } };
  return { input_shape: inputShape };
}

/** Shapes of the states that the layer's first call starts from. */
function statesOf(layer: Layer): Shape[] | undefined {
  return layer.calls[0]?.arguments.initialState?.map(({ shape }) => shape);
}
