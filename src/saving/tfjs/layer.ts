// Serializes layers for TensorFlow.js.
import { mismatch, ValueError } from '../../common/errors.ts';
import { describe, nearest } from '../../common/options.ts';
import { kerasPath } from '../../common/spec.ts';
import { Activation } from '../../layers/activation/activation.ts';
import type { Layer } from '../../layers/base/layer.ts';
import { Bidirectional } from '../../layers/recurrent/bidirectional.ts';
import { TimeDistributed } from '../../layers/recurrent/time-distributed.ts';
import { BaseModel } from '../../models/base-model.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import { writeLayer } from '../model/write-layer.ts';
import { writingOf } from '../model/write-model.ts';
import { activations, constraints, initializers, layerClasses } from './classes.ts';
import { hardSigmoid2, hasFixedHardSigmoid } from './hard-sigmoid.ts';

/** A layer that is no model: { class_name, config }. */
export function tfjsLayer(owner: string, layer: Layer): JsonObject {
  checkName(owner, layer);
  const { className, name } = layer;
  const who = `${owner}: layer '${name}' (${className})`;
  if (kerasPath(layer.constructor) === undefined || !Object.hasOwn(layerClasses, className)) {
    const near = nearest(className, Object.keys(layerClasses));
    const advice = near ? `The nearest there is ${near}.` : 'Take it out, or save the model with model.save.';
    throw mismatch(who, 'a layer that TensorFlow.js 4.22 has', className, advice);
  }
  if (hasFixedHardSigmoid(layer)) throw noActivation(who, 'hard_sigmoid');
  const inside = (inner: Layer): JsonObject => {
    if (!(inner instanceof BaseModel)) return tfjsLayer(owner, inner);
    throw mismatch(who, 'a layer inside', `the model ${inner.name}`, 'TensorFlow.js cannot name its weights.');
  };
  const written = writeLayer(layer, undefined, { ...writingOf(), layer: inside });
  const config = { ...(written.config as JsonObject) };
  if (layer instanceof Bidirectional) {
    checkBackward(who, config);
    config.layer = withoutDirection(config.layer as JsonObject);
  }
  if (layer instanceof Activation && (layer.activation as unknown) === hardSigmoid2) config.activation = 'hard_sigmoid';
  else if (layer instanceof Activation && config.activation === 'hard_sigmoid') throw noActivation(who, 'hard_sigmoid');
  if (layer instanceof TimeDistributed && config.layer === undefined) config.layer = tfjsLayer(owner, layer.layer);
  return named(who, className, config);
}

/** TensorFlow.js checks names (tfjs-layers/src/common.ts), and puts those of layers before those of weights. */
export function checkName(owner: string, { name }: Layer): void {
  if (/^[A-Za-z0-9][-\w./]*$/.test(name)) return;
  throw mismatch(
    owner,
    'names of letters, digits and . _ - that begin with a letter or digit, as TensorFlow.js takes them',
    describe(name),
    'Name the layer otherwise.',
  );
}

/** TensorFlow.js makes the backward layer from the forward one. */
function checkBackward(who: string, { layer, backward_layer: backward }: JsonObject): void {
  const facts = (config: unknown): string =>
    JSON.stringify(config, (key, value) => (['name', 'seed', 'go_backwards'].includes(key) ? undefined : value));
  if (facts(layer) === facts(backward)) return;
  throw mismatch(who, 'a backwardLayer like the layer, all that TensorFlow.js 4.22 has', 'one of its own', 'Leave out backwardLayer.');
}

/** The layer without the direction in its name. */
const withoutDirection = ({ config, ...rest }: JsonObject): JsonObject => {
  const forward = config as JsonObject;
  return { ...rest, config: { ...forward, name: String(forward.name).replace(/^forward_/, '') } };
};

function named(who: string, className: string, config: JsonObject): JsonObject {
  const theta = config.threshold;
  if (className === 'ReLU' && theta !== 0 && config.max_value === null && config.negative_slope === 0) {
    const { max_value: _m, negative_slope: _n, threshold: _t, ...rest } = config;
    return { class_name: 'ThresholdedReLU', config: { ...plain(who, rest), theta } };
  }
  if (className === 'Identity') return { class_name: 'Activation', config: { ...plain(who, config), activation: 'linear' } };
  const { only = {}, without = [], keys = {} } = layerClasses[className];
  const renamed: Record<string, unknown> = {};
  if (config.padding === 'causal') throw mismatch(who, "padding 'valid' or 'same', all that TensorFlow.js 4.22 computes", "'causal'");
  for (const [key, value] of Object.entries(config)) {
    if (Object.hasOwn(only, key) && value !== only[key] && value !== undefined)
      throw mismatch(who, `${key} ${describe(only[key])}, all that TensorFlow.js 4.22 has`, describe(value));
    if (!without.includes(key)) renamed[Object.hasOwn(keys, key) ? keys[key] : key] = value;
  }
  return { class_name: className, config: plain(who, renamed) };
}

/** A config with each value as TensorFlow.js has it. */
function plain(who: string, config: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      if (key === 'dtype') return [key, value === 'int32' ? value : 'float32'];
      if (key === 'seed') return [key, typeof value === 'number' ? value : null];
      if (/activation$/.test(key)) return [key, activation(who, value)];
      if (/initializer$/.test(key)) return [key, initializer(value)];
      if (/regularizer$/.test(key)) return [key, value === null ? null : regularizer(`${who}: expected ${key}`, key, value)];
      if (/constraint$/.test(key)) return [key, value === null ? null : constraint(`${who}: expected ${key}`, value)];
      return [key, value];
    }),
  );
}

const noActivation = (who: string, name: unknown): ValueError =>
  new ValueError(
    `${who}: expected an activation that TensorFlow.js 4.22 has (${Object.keys(activations).join(', ')}), got ${describe(name)}.` +
      (name === 'hard_sigmoid' ? ' Its hard_sigmoid is steeper, and no weights make up for that here.' : ''),
  );

function activation(who: string, name: unknown): string {
  if (name === null || name === undefined) return 'linear';
  if (typeof name === 'string' && Object.hasOwn(activations, name)) return activations[name];
  throw noActivation(who, isObject(name) ? name.config : name);
}

const zeros: JsonObject = { class_name: 'Zeros', config: {} };

function initializer(value: unknown): unknown {
  if (!isObject(value) || !isObject(value.config)) return zeros;
  const { module, class_name: className, config } = value;
  // A class of the user's may bear the name of one of Keras's.
  if (module === null) return zeros;
  if (className === 'Constant' && typeof config.value !== 'number') return zeros;
  if (typeof className !== 'string' || !Object.hasOwn(initializers, className)) return zeros;
  const seed = 'seed' in config ? { seed: typeof config.seed === 'number' ? config.seed : null } : {};
  return { class_name: initializers[className], config: { ...config, ...seed } };
}

function regularizer(who: string, key: string, value: unknown): unknown {
  const { module, class_name: className, config } = value as JsonObject;
  const { l1 = 0, l2 = 0 } = (isObject(config) ? config : {}) as { l1?: unknown; l2?: unknown };
  if (module !== null && key !== 'activity_regularizer' && typeof className === 'string' && /^(L1|L2|L1L2)$/.test(className))
    return { class_name: 'L1L2', config: { l1, l2 } };
  throw new ValueError(
    `${who} null${key === 'activity_regularizer' ? '' : ' or L1, L2, L1L2'}, which TensorFlow.js 4.22 has, got ${describe(className)}.`,
  );
}

function constraint(who: string, value: unknown): unknown {
  const { module, class_name: className, config } = value as JsonObject;
  if (module !== null && constraints.includes(String(className))) return { class_name: className, config };
  throw new ValueError(`${who} to be one of ${constraints.join(', ')}, which TensorFlow.js 4.22 has, got ${describe(className)}.`);
}
