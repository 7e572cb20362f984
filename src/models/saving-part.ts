// The way to what reads and writes files, which bundles carry only when they import 'keratin/saving'.
import type { FileSource } from '../files/read-bytes.ts';
import { needed } from '../runtime/parts.ts';
import type { BaseModel } from './base-model.ts';

export interface LoadWeightsOptions {
  /** Whether layers that do not fit the file keep the weights they have, with a warning. Default false. */
  readonly skipMismatch?: boolean;
  /** Most bytes of the file. Default 2 GiB. */
  readonly maxBytes?: number;
}

/** What the part 'saving' provides. */
export interface SavingTools {
  save(model: BaseModel, path: string): Promise<void>;
  saveWeights(model: BaseModel, path: string): Promise<void>;
  toKeras(model: BaseModel): Uint8Array<ArrayBuffer>;
  toWeightsH5(model: BaseModel): Uint8Array<ArrayBuffer>;
  loadWeights(model: BaseModel, source: FileSource, options?: LoadWeightsOptions): Promise<void>;
  toJSON(model: BaseModel): string;
}

export function savingTools(model: BaseModel): SavingTools {
  return needed<SavingTools>(model.name, 'saving');
}
