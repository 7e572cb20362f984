// Models, their parts and weights to and from files.
export type { JsonObject } from './check-json.ts';

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
export { type EmbeddingToTsvOptions, embeddingToTsv } from './embedding-to-tsv.ts';
export { type LoadModelOptions, loadModel, loadModel as load_model } from './load-model.ts';
export { loadNpz } from './load-npz.ts';
export { type LoadTfjsModelOptions, loadTfjsModel } from './load-tfjs-model.ts';
export type { ObjectKind } from './modules.ts';
export type { NamedTensors } from './named.ts';
export { readNpy, writeNpy } from './npy.ts';
export { readNpz, writeNpz } from './npz.ts';
export { readSafetensors, type Safetensors, writeSafetensors } from './safetensors.ts';
export { saveTfjsModel, type TfjsOptions, toTfjs } from './save-tfjs-model.ts';
export type { TfjsFiles, TfjsSource } from './tfjs-files.ts';
export type { TfjsGroup, TfjsManifest, TfjsQuantization, TfjsWeight } from './tfjs-manifest.ts';
export { readTfjsWeights, type TfjsShards, writeTfjsWeights } from './tfjs-weights.ts';
export type { WordVectorFormat } from './word-format.ts';
export { loadWordVectors, type WordVectorOptions, type WordVectors } from './word-vectors.ts';
