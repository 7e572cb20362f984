// The public names.
export * as activations from './activations/index.ts';
export * as callbacks from './callbacks/index.ts';
export { ValueError } from './common/errors.ts';
export { clearSession } from './common/names.ts';
export * as constraints from './constraints/index.ts';
export {
  type BatchOptions,
  type CsvOptions,
  Dataset,
  type PaddedBatchOptions,
  type ShuffleOptions,
  type TextSource,
} from './data/index.ts';
export { ModelFormatError } from './files/model-format-error.ts';
export type { FileSource } from './files/read-bytes.ts';
export type { Value } from './graph/value.ts';
export type { Variable } from './graph/variable.ts';
export * as initializers from './initializers/index.ts';
export { type InitSource, init } from './kernels/kernels.ts';
export type { SymbolicTensor } from './layers/base/symbolic.ts';
export * from './layers/classes.ts';
export * as layers from './layers/index.ts';
export * as losses from './losses/index.ts';
export * as metrics from './metrics/index.ts';
export type { LoadWeightsOptions } from './models/later.ts';
export { Model, type ModelOptions } from './models/model.ts';
export { Sequential } from './models/sequential.ts';
export type { SummaryOptions } from './models/summary.ts';
export * as ops from './ops/index.ts';
export * as optimizers from './optimizers/index.ts';
export * from './preprocessing/index.ts';
export { setRandomSeed, setRandomSeed as set_random_seed } from './random/seed.ts';
export * as regularizers from './regularizers/index.ts';
export * from './saving/index.ts';
export * as schedules from './schedules/index.ts';
export { type DType, Tensor, type TensorLike, tensor } from './tensor/index.ts';
export { type BackendInfo, backendInfo, setThreads, type ThreadOptions } from './threads/backend.ts';
