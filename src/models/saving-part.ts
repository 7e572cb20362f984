// The way to what reads configs, which bundles carry only when they import 'keratin/saving'.

import type { ClassConfig } from '../common/identifier.ts';
import type { Layer } from '../layers/base/layer.ts';

export interface FromConfigOptions {
  /** Classes and functions of your own, by the names in the config. Default none. */
  // biome-ignore lint/suspicious/noExplicitAny: the arguments of the user's classes and functions are theirs
  readonly customObjects?: ReadonlyMap<string, (new (...args: any[]) => object) | ((...args: any[]) => unknown)>;
}

/** What the part 'saving' provides. */
export interface SavingTools {
  fromConfig(owner: string, config: unknown, options?: FromConfigOptions): Layer;
  /** The layer or model that the config of another layer holds. */
  layerOf(owner: string, given: ClassConfig): Layer;
}
