// Converts the topology in a model.json of TensorFlow.js to a config of Keras 2.

import { describe } from '../../common/options.ts';
import { ModelFormatError } from '../../files/model-format-error.ts';
import { isObject, type JsonObject } from '../model/json.ts';

/** The contents of a model.json. */
export interface TfjsJson {
  readonly topology: JsonObject;
  readonly manifest: readonly unknown[];
  /** The compile arguments, in Keras 2's form. */
  readonly training: JsonObject | undefined;
}

/** Refuses a model.json. */
export const refuseJson = (file: string, problem: string, advice?: string, path?: string): ModelFormatError =>
  new ModelFormatError({ file, format: 'TensorFlow.js', problem, advice, path });

/** The parts of a model.json. */
export function readTfjsJson(file: string, json: JsonObject): TfjsJson {
  const { modelTopology, weightsManifest, format } = json;
  if (format === 'graph-model' || (isObject(modelTopology) && modelTopology.node !== undefined)) {
    const advice = "Convert it from Keras's file anew, to the format tfjs_layers_model, or load that file with loadModel.";
    throw refuseJson(file, 'a graph model, which has no layers', advice);
  }
  if (!isObject(modelTopology)) {
    throw refuseJson(file, `modelTopology ${describe(modelTopology)}, expected an object`, 'Pass the model.json of a layers model.');
  }
  if (!Array.isArray(weightsManifest)) {
    throw refuseJson(file, `weightsManifest ${describe(weightsManifest)}, expected an array`, 'Save the model with its weights.');
  }
  // What the converter wrote holds Keras's own attributes.
  const { model_config: inner = modelTopology } = modelTopology;
  if (!isObject(inner)) throw refuseJson(file, `model_config ${describe(inner)}, expected an object`);
  const training = json.trainingConfig ?? modelTopology.training_config;
  return {
    topology: asKeras2(inner) as JsonObject,
    manifest: weightsManifest,
    training: isObject(training) ? asTraining(training) : undefined,
  };
}

/** With the layers that TensorFlow.js has under other names or with other defaults. */
function asKeras2(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asKeras2);
  if (!isObject(value)) return value;
  const { config } = value;
  if (isObject(config)) {
    const { class_name: className } = value;
    if (className === 'ThresholdedReLU') {
      const { theta = 1, ...rest } = config;
      return { ...value, class_name: 'ReLU', config: { ...rest, threshold: theta } };
    }
    // Files from before the option have what was there then.
    if (className === 'GRU') return { ...value, config: { ...config, reset_after: config.reset_after ?? false } };
    if (className === 'Activation' && config.activation === 'hard_sigmoid')
      return { ...value, config: { ...config, activation: HARD_SIGMOID } };
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asKeras2(item)]));
}

/** Name of the activation that is TensorFlow.js's hard_sigmoid. */
export const HARD_SIGMOID = 'hardSigmoid2';

/** TensorFlow.js's options of optimizers that mean something else in Keras. */
function asTraining(training: JsonObject): JsonObject {
  const { optimizer_config: optimizer } = training;
  if (!isObject(optimizer) || !isObject(optimizer.config)) return training;
  const { class_name: className, config } = optimizer;
  const renamed = (name: string, from: string, to: string): JsonObject => {
    const { [from]: value, ...rest } = config as Record<string, unknown>;
    return { ...training, optimizer_config: { class_name: name, config: value === undefined ? rest : { ...rest, [to]: value } } };
  };
  // Keras 2 has decay in its files besides, with another meaning, and rho.
  if (className === 'RMSProp' && config.rho === undefined) return renamed('RMSprop', 'decay', 'rho');
  return className === 'Momentum' ? renamed('SGD', 'useNesterov', 'nesterov') : training;
}
