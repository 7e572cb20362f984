// LSTM: long short-term memory.
import { boolean } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import type { InitializerIdentifier } from '../../initializers/index.ts';
import { initialValues } from '../../initializers/initializer.ts';
import { lstm } from '../../primitives/recurrent.ts';
import type { RecurrentActivation } from '../../primitives/recurrent-activations.ts';
import type { LayerSpec } from '../base/layer.ts';
import { type CellParts, lstmStep } from './cell-steps.ts';
import { RecurrentLayer, type RecurrentOptions, recurrentActivation, type Steps } from './recurrent.ts';

const options = {
  /** Of the gates; default 'sigmoid'. */
  recurrentActivation: [recurrentActivation, 'sigmoid'],
  /** Whether the forget gate's bias starts at 1. Default true. */
  unitForgetBias: [boolean, true],
} as const satisfies Options;

export interface LSTMOptions extends RecurrentOptions, OptionsOf<typeof options> {}

export interface LSTM extends ValuesOf<typeof options> {}

/**
 * Long short-term memory over [batch, steps, features]: the last output [batch, units], or all of them.
 *
 * ```js
 * const model = new Sequential([
 *   new layers.Embedding(5000, 32, { maskZero: true }),
 *   new layers.LSTM(100),
 *   new layers.Dense(1, { activation: 'sigmoid' }),
 * ]);
 * ```
 * Gates i, f, c, o side by side in the kernel [features, 4 units], the recurrent kernel [units, 4 units] and the bias
 * [4 units]: c' = f c + i tanh(z_c), h' = o tanh(c') (Hochreiter and Schmidhuber 1997, as in Keras). Any pattern of masked
 * steps is allowed: the state is held there. Options {@link LSTMOptions}.
 * @throws ValueError when the input does not have three axes or an option does not fit.
 */
export class LSTM extends RecurrentLayer {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.LSTM', options };

  constructor(options: LSTMOptions);
  constructor(units: number, options?: Omit<LSTMOptions, 'units'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  protected override get gates(): number {
    return 4;
  }

  protected override get gateActivation() {
    return this.recurrentActivation;
  }

  protected override get stateCount(): number {
    return 2;
  }

  protected override biasStart(): { readonly shape: readonly number[]; readonly initializer: InitializerIdentifier } {
    const start = super.biasStart();
    if (!this.unitForgetBias) return start;
    const { units, biasInitializer } = this;
    const forget = new Float32Array(units).fill(1);
    return {
      ...start,
      initializer: () =>
        Float32Array.of(...initialValues(biasInitializer, [units]), ...forget, ...initialValues(biasInitializer, [2 * units])),
    };
  }

  protected override step(x: Value, states: readonly Value[], parts: CellParts) {
    return lstmStep(x, states, parts);
  }

  protected override run({ states, ...steps }: Steps) {
    const recurrentActivation = this.recurrentActivation as RecurrentActivation;
    const recurrent = lstm({ ...steps, h0: states[0], c0: states[1], recurrentActivation });
    return { recurrent, states: [recurrent.h, recurrent.c] };
  }
}
