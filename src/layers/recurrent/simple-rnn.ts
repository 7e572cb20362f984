// SimpleRNN.
import type { Value } from '../../graph/value.ts';
import { simpleRnn } from '../../primitives/recurrent.ts';
import type { LayerSpec } from '../base/layer.ts';
import { type CellParts, simpleStep } from './cell-steps.ts';
import { RecurrentLayer, type RecurrentOptions, type Steps } from './recurrent.ts';

/**
 * A fully connected recurrent layer over [batch, steps, features]: h' = activation(x · kernel + bias + h · recurrent kernel).
 *
 * ```js
 * new layers.SimpleRNN(16).apply(tensor(new Float32Array(24), [2, 4, 3])).shape; // [2, 16]
 * ```
 * Any pattern of masked steps is allowed: the state is held there. Options {@link RecurrentOptions}.
 * @throws ValueError when the input does not have three axes or an option does not fit.
 */
export class SimpleRNN extends RecurrentLayer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.SimpleRNN',
    // Keras makes this layer's seed before its initializers.
    first: ['seed'],
    config: { omitIfDefault: ['seed'] },
  };

  constructor(options: RecurrentOptions);
  constructor(units: number, options?: Omit<RecurrentOptions, 'units'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  protected override get gates(): number {
    return 1;
  }

  protected override get stateCount(): number {
    return 1;
  }

  protected override step(x: Value, states: readonly Value[], parts: CellParts) {
    return simpleStep(x, states, parts);
  }

  protected override run({ states, ...steps }: Steps) {
    const recurrent = simpleRnn({ ...steps, h0: states[0] });
    return { recurrent, states: [recurrent.h] };
  }
}
