// An activation as a layer.
import * as activations from '../activations/index.ts';
import { ValueError } from '../errors.ts';
import type { Value } from '../graph/value.ts';
import { readArguments } from './arguments.ts';
import { Layer, type LayerOptions, layerOptions, type Shape } from './layer.ts';

export interface ActivationOptions extends LayerOptions {
  /** A name such as 'relu', or a function of the package's ops. */
  activation: activations.ActivationIdentifier;
}

/**
 * Applies an activation to each element (softmax: to the last axis).
 *
 * ```js
 * new layers.Activation('relu').apply(tensor([-1, 2])).array(); // [0, 2]
 * ```
 * @throws ValueError for an unknown name, with the nearest known one.
 */
export class Activation extends Layer {
  readonly activation: activations.Activation;

  constructor(options: ActivationOptions);
  constructor(activation: activations.ActivationIdentifier, options?: LayerOptions);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<ActivationOptions>('Activation', args, ['activation'], layerOptions);
    super(options);
    if (options.activation == null) {
      throw new ValueError(`${this.name}: expected an activation, got ${options.activation}. Pass a name such as 'relu' or a function.`);
    }
    this.activation = activations.get(options.activation);
    this.supportsMasking = true;
  }

  override get className(): string {
    return 'Activation';
  }

  override call(x: Value): Value {
    return this.activation(x);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), activation: activations.serialize(this.activation) };
  }
}
