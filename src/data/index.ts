export type { Batched } from './batch.ts';
export type { CsvOptions, FieldType } from './csv.ts';
export { type BatchOptions, Dataset, type PaddedBatchOptions, type ShuffleOptions } from './dataset.ts';
export type { PerComponent } from './padded-options.ts';
export type { Source } from './source.ts';
export type { PaddedShape } from './stack.ts';
export type { TextSource } from './text-source.ts';
