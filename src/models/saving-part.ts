// The way to what reads and writes files, which bundles carry only when they import 'keratin/saving'.

import type { ClassConfig } from '../common/identifier.ts';
import { needed } from '../common/parts.ts';
import type { FileSource } from '../files/read-bytes.ts';
import type { Layer } from '../layers/base/layer.ts';
import type { BaseModel } from './base-model.ts';

export interface LoadWeightsOptions {
  /** Whether layers that do not fit the file keep the weights they have, with a warning. Default false. */
  readonly skipMismatch?: boolean;
  /** Most bytes of the file. Default 2 GiB. */
  readonly maxBytes?: number;
}

export interface FromConfigOptions {
  /** Classes and functions of your own, by the names in the config. Default none. */
  // biome-ignore lint/suspicious/noExplicitAny: the arguments of the user's classes and functions are theirs
  readonly customObjects?: ReadonlyMap<string, (new (...args: any[]) => object) | ((...args: any[]) => unknown)>;
}

/** What the part 'saving' provides. */
export interface SavingTools {
  save(model: BaseModel, path: string): Promise<void>;
  saveWeights(model: BaseModel, path: string): Promise<void>;
  toKeras(model: BaseModel): Uint8Array<ArrayBuffer>;
  toWeightsH5(model: BaseModel): Uint8Array<ArrayBuffer>;
  loadWeights(model: BaseModel, source: FileSource, options?: LoadWeightsOptions): Promise<void>;
  toJSON(model: BaseModel): string;
  getConfig(model: BaseModel): Record<string, unknown>;
  fromConfig(owner: string, config: unknown, options?: FromConfigOptions): BaseModel;
  /** The layer or model that the config of another layer holds. */
  layerOf(owner: string, given: ClassConfig): Layer;
}

export function savingTools(model: BaseModel): SavingTools {
  return needed<SavingTools>(model.name, 'saving');
}
