// The layers that Keras recorded, and how one is made of what was recorded.
import { classConfig } from '../../src/common/identifier.ts';
import * as layers from '../../src/layers/index.ts';

export interface Recorded {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly (number | string | boolean)[];
}

export interface Case {
  readonly name: string;
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly training: boolean;
  readonly inputs: readonly Recorded[];
  readonly mask: Recorded | null;
  readonly weights: readonly (Recorded & { readonly path: string; readonly trainable: boolean })[];
  readonly outputs: readonly Recorded[];
  readonly upstream: readonly Recorded[];
  readonly input_gradients: readonly (Recorded | null)[];
  readonly weight_gradients: readonly Recorded[];
}

export const classes = layers as unknown as Record<string, new (options: object) => layers.Layer>;
/** Options of Keras that are left out here, as long as they are off. */
const absent = new Set(['useGate']);

/** A recorded config as options: camelCase, initializers and the like in it as { className, config }, and layers made. */
export const optionsOf = (entry: unknown): object =>
  Object.fromEntries(
    Object.entries(classConfig(entry)?.config as object)
      .filter(([key, value]) => !(absent.has(key) && value === false))
      .map(([key, value]) => {
        const nested = classConfig(value);
        if (!nested) return [key, value];
        const config = optionsOf(value);
        return [key, /layer$/i.test(key) ? new classes[nested.className](config) : { className: nested.className, config }];
      }),
  );
