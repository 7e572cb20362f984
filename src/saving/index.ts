// Models and their parts to and from files.
export type { JsonObject } from './check-json.ts';
export type { ObjectKind } from './classes.ts';
export {
  type ConfigOptions,
  type CustomObjects,
  compileConfig,
  compileFromConfig,
  deserialize,
  type ModelConfigOptions,
  modelConfig,
  modelFromConfig,
  modelFromJSON,
  modelToJSON,
  type Serialized,
  serialize,
} from './config.ts';
export { type LoadModelOptions, loadModel, loadWeights } from './load-model.ts';
export { readNpz, writeNpz } from './npz.ts';
export { saveModel, saveWeights, toKeras, toWeightsH5 } from './save-model.ts';
