export type { Batched } from './batch.ts';
export type { CsvOptions, FieldType } from './csv.ts';
export { Dataset } from './dataset.ts';
export type { BatchOptions, PaddedBatchOptions, ShuffleOptions } from './options.ts';
export type { PerComponent } from './padded-options.ts';
export type { Source } from './source.ts';
export type { PaddedShape } from './stack.ts';
export type { FileSource, TextSource } from './text-source.ts';
