// Models, their parts and weights to and from files.

export type { NamedTensors } from './arrays/named-tensors.ts';
export { readNpy, writeNpy } from './arrays/npy.ts';
export { readNpz, writeNpz } from './arrays/npz.ts';
export { readSafetensors, type Safetensors, writeSafetensors } from './arrays/safetensors.ts';
export {
  type ConfigOptions,
  type CustomObjects,
  compileFromConfig,
  deserialize,
  type ModelConfigOptions,
  modelFromConfig,
  modelFromJSON,
} from './keras/config.ts';
export { type LoadModelOptions, loadModel, loadModel as load_model } from './keras/load-model.ts';
export { loadWeights } from './keras/load-weights.ts';
export { saveModel, saveWeights, toKeras, toWeightsH5 } from './keras/save-model.ts';
export { compileConfig, modelConfig, modelToJSON, type Serialized, serialize } from './keras/write-config.ts';
export { loadNpz } from './load-npz.ts';
export type { JsonObject } from './model/json.ts';
export type { ObjectKind } from './model/kinds.ts';
export type { TfjsFiles, TfjsSource } from './tfjs/files.ts';
export { type LoadTfjsModelOptions, loadTfjsModel } from './tfjs/load-tfjs-model.ts';
export type { TfjsGroup, TfjsManifest, TfjsQuantization, TfjsWeight } from './tfjs/manifest.ts';
export { saveTfjsModel, type TfjsOptions, toTfjs } from './tfjs/save-tfjs-model.ts';
export { readTfjsWeights, type TfjsShards, writeTfjsWeights } from './tfjs/weights.ts';
export { type EmbeddingToTsvOptions, embeddingToTsv } from './vectors/embedding-to-tsv.ts';
export type { WordVectorFormat } from './vectors/word-format.ts';
export { loadWordVectors, type WordVectorOptions, type WordVectors } from './vectors/word-vectors.ts';
