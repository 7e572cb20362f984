// The callbacks.

export type { Writer } from '../files/writer.ts';
export { BackupAndRestore, type BackupAndRestoreOptions, type BackupStore } from './backup-and-restore.ts';
export { Callback, type CallbackParams, type Logs } from './callback.ts';
export { CSVLogger, type CSVLoggerOptions } from './csv-logger.ts';
export { EarlyStopping, type EarlyStoppingOptions } from './early-stopping.ts';
export { History } from './history.ts';
export { LambdaCallback, type LambdaCallbackOptions } from './lambda-callback.ts';
export { LearningRateScheduler, type LearningRateSchedulerOptions } from './learning-rate-scheduler.ts';
export { ModelCheckpoint, type ModelCheckpointOptions } from './model-checkpoint.ts';
export type { Mode } from './monitor.ts';
export { ReduceLROnPlateau, type ReduceLROnPlateauOptions } from './reduce-lr-on-plateau.ts';
export type { CallbackState } from './state.ts';
export { TensorBoard, type TensorBoardOptions } from './tensorboard/tensorboard.ts';
export { TerminateOnNaN } from './terminate-on-nan.ts';
