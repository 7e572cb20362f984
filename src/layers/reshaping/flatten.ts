// Flatten: one axis for everything but the batch.
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { reshape, transpose } from '../../primitives/layout.ts';
import { Layer, type LayerOptions, type LayerSpec } from '../base/layer.ts';
import { dataFormat } from '../base/option-types.ts';

const options = {
  /** 'channels_first' moves axis 1 to the end before flattening. Default 'channels_last'. */
  dataFormat: [dataFormat, 'channels_last'],
} as const satisfies Options;

export interface FlattenOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Flatten extends ValuesOf<typeof options> {}

/**
 * `[batch, a, b, ...]` becomes `[batch, a * b * ...]`; `[batch]` becomes `[batch, 1]`.
 *
 * ```js
 * new layers.Flatten().apply(tensor([[[1, 2], [3, 4]]])).array(); // [[1, 2, 3, 4]]
 * ```
 * A mask does not survive it, as in Keras.
 */
export class Flatten extends Layer {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.Flatten', options };

  constructor(options?: FlattenOptions) {
    super(options);
  }

  override call(x: Value): Value {
    const rank = x.shape.length;
    const channelsLast = [0, ...Array.from({ length: Math.max(0, rank - 2) }, (_, i) => i + 2), 1];
    const ordered = this.dataFormat === 'channels_first' && rank > 2 ? transpose(x, channelsLast) : x;
    return reshape(ordered, [x.shape[0], x.shape.slice(1).reduce((a, b) => a * b, 1)]);
  }
}
