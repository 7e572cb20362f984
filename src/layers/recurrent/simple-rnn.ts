// The plain recurrent layer.
import type { Spec } from '../../common/spec.ts';
import { simpleRnn } from '../../primitives/recurrent.ts';
import { RecurrentLayer, type RecurrentOptions, recurrentFields, type Steps, seedField } from './recurrent.ts';

// Keras makes this layer's seed before its initializers.
const spec: Spec = { className: 'SimpleRNN', positional: ['units'], fields: { seed: seedField, ...recurrentFields } };

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
  constructor(options: RecurrentOptions);
  constructor(units: number, options?: Omit<RecurrentOptions, 'units'>);
  constructor(...args: readonly unknown[]) {
    super(spec, args);
  }

  protected override get gates(): number {
    return 1;
  }

  protected override get stateCount(): number {
    return 1;
  }

  protected override run({ states, ...steps }: Steps) {
    const recurrent = simpleRnn({ ...steps, h0: states[0] });
    return { recurrent, states: [recurrent.h] };
  }
}
