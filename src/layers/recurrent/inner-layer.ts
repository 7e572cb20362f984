// The option of a wrapper that is a layer.
import { mismatch } from '../../common/errors.ts';
import { sourceOf, toConfig } from '../../common/identifier.ts';
import type { OptionType } from '../../common/option-types.ts';
import { describe, isPlain } from '../../common/options.ts';
import { Layer } from '../base/layer.ts';

/** A layer that `fits`, or the config that `getConfig` made of one. */
export const innerLayer = <L extends Layer>(what: string, example: string, fits: (layer: Layer) => layer is L): OptionType<L> => ({
  read: (owner, name, value) => {
    const layer = value instanceof Layer ? value : again(value);
    if (layer && fits(layer)) return layer;
    const isConfig = isPlain(value) && ('className' in value || 'class_name' in value);
    const advice = isConfig ? 'Make the layer with deserialize(config).' : `Pass ${example}.`;
    throw mismatch(owner, `${name} to be ${what}`, isConfig ? 'a config' : describe(value), advice);
  },
  write: (value) => toConfig(value as Layer),
});

/** A layer like the one that the config was made of. */
function again(config: unknown): Layer | undefined {
  if (!isPlain(config)) return undefined;
  const source = sourceOf(config);
  // Models are made of configs by code that is loaded later.
  return source instanceof Layer && !('kerasObject' in source) ? copyLayer(source, config.config as Record<string, unknown>) : undefined;
}

/** A layer of the same class from a config, as Keras makes it: its weights and seeds are new. */
export function copyLayer<L extends Layer>(layer: L, config: Record<string, unknown>): L {
  const Class = layer.constructor as unknown as { fromConfig(config: Record<string, unknown>): L };
  return Class.fromConfig(config);
}
