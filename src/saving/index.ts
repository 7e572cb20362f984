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
export { readNpz, writeNpz } from './npz.ts';
