// The Activation layer.
import type * as activations from '../../activations/index.ts';
import { mismatch } from '../../common/errors.ts';
import type { OptionType } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { Layer, type LayerOptions, type LayerSpec } from '../base/layer.ts';
import { activation } from '../base/option-types.ts';

const required: OptionType<activations.Activation, activations.ActivationIdentifier> = {
  read: (owner, name, value) => {
    if (value != null) return activation.read(owner, name, value);
    throw mismatch(owner, 'an activation', `${value}`, "Pass a name such as 'relu' or a function.");
  },
  write: (value) => activation.write?.(value),
};

const options = {
  /** A name such as 'relu', or a function of the package's ops. */
  activation: [required],
} as const satisfies Options;

export interface ActivationOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Activation extends ValuesOf<typeof options> {}

/**
 * Applies an activation to each element (softmax: to the last axis).
 *
 * ```js
 * new layers.Activation('relu').apply(tensor([-1, 2])).array(); // [0, 2]
 * ```
 * @throws ValueError for an unknown name, with the nearest known one.
 */
export class Activation extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.Activation',
    positional: ['activation'],
    options,
    supportsMasking: true,
    builtAtOnce: true,
  };

  constructor(options: ActivationOptions);
  constructor(activation: activations.ActivationIdentifier, options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  override call(x: Value): Value {
    return this.activation(x);
  }
}
