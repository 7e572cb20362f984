// An activation as a layer.
import type * as activations from '../../activations/index.ts';
import { ValueError } from '../../common/errors.ts';
import type { Kind, Spec } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { Layer, type LayerOptions, type Shape } from '../base/layer.ts';
import { activation } from '../base/option-types.ts';

export interface ActivationOptions extends LayerOptions {
  /** A name such as 'relu', or a function of the package's ops. */
  activation: activations.ActivationIdentifier;
}

const required: Kind = {
  read: (owner, name, value) => {
    if (value != null) return activation.read(owner, name, value);
    throw new ValueError(`${owner}: expected an activation, got ${value}. Pass a name such as 'relu' or a function.`);
  },
  write: (value) => activation.write?.(value),
};

const spec: Spec = { className: 'Activation', positional: ['activation'], fields: { activation: [required] } };

/**
 * Applies an activation to each element (softmax: to the last axis).
 *
 * ```js
 * new layers.Activation('relu').apply(tensor([-1, 2])).array(); // [0, 2]
 * ```
 * @throws ValueError for an unknown name, with the nearest known one.
 */
export class Activation extends Layer {
  declare readonly activation: activations.Activation;
  override supportsMasking = true;

  constructor(options: ActivationOptions);
  constructor(activation: activations.ActivationIdentifier, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    super(spec, args);
  }

  override call(x: Value): Value {
    return this.activation(x);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }
}
