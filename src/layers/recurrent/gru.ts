// GRU: gated recurrent unit.
import { boolean } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Variable } from '../../graph/variable.ts';
import type { InitializerIdentifier } from '../../initializers/index.ts';
import { reshape, slice } from '../../primitives/layout.ts';
import { gru } from '../../primitives/recurrent.ts';
import type { RecurrentActivation } from '../../primitives/recurrent-activations.ts';
import type { LayerSpec } from '../base/layer.ts';
import { type CellParts, gruStep } from './cell-steps.ts';
import { RecurrentLayer, type RecurrentOptions, recurrentActivation, type Steps } from './recurrent.ts';

const options = {
  /** Of the gates; default 'sigmoid'. */
  recurrentActivation: [recurrentActivation, 'sigmoid'],
  /** Whether the reset gate applies after the product with the recurrent kernel (default true) or to the state before it. */
  resetAfter: [boolean, true],
} as const satisfies Options;

export interface GRUOptions extends RecurrentOptions, OptionsOf<typeof options> {}

export interface GRU extends ValuesOf<typeof options> {}

/**
 * Gated recurrent unit over [batch, steps, features]: the last output [batch, units], or all of them.
 *
 * ```js
 * new layers.GRU(16, { returnSequences: true }).apply(tensor(new Float32Array(24), [2, 4, 3])).shape; // [2, 4, 16]
 * ```
 * Gates z, r, h side by side in the kernel [features, 3 units] and the recurrent kernel [units, 3 units]; the bias is
 * [2, 3 units] (for inputs and state) with `resetAfter`, else [3 units]: h' = z h + (1 - z) ĥ (Cho et al. 2014, as in
 * Keras). Any pattern of masked steps is allowed: the state is held there. Options {@link GRUOptions}.
 * @throws ValueError when the input does not have three axes or an option does not fit.
 */
export class GRU extends RecurrentLayer {
  static override readonly spec: LayerSpec = { keras: 'keras.layers.GRU', options };

  constructor(options: GRUOptions);
  constructor(units: number, options?: Omit<GRUOptions, 'units'>);
  constructor(...args: readonly never[]) {
    super(...args);
  }

  protected override get gates(): number {
    return 3;
  }

  protected override get gateActivation() {
    return this.recurrentActivation;
  }

  protected override get stateCount(): number {
    return 1;
  }

  protected override biasStart(): { readonly shape: readonly number[]; readonly initializer: InitializerIdentifier } {
    const start = super.biasStart();
    return this.resetAfter ? { ...start, shape: [2, ...start.shape] } : start;
  }

  protected override inputBias(bias: Value): Value {
    return this.resetAfter ? this.biasRow(bias, 0) : bias;
  }

  private biasRow(bias: Value, row: number): Value {
    const width = bias.shape[1];
    return reshape(slice(bias, [row, 0], [1, width]), [width]);
  }

  private get recurrentBias(): Value | undefined {
    return this.bias && this.resetAfter ? this.biasRow(currentTrace().read(this.bias as Variable), 1) : undefined;
  }

  protected override step(x: Value, states: readonly Value[], parts: CellParts) {
    const { resetAfter, recurrentBias } = this;
    return gruStep(x, states, { ...parts, resetAfter, recurrentBias });
  }

  protected override run({ states, ...steps }: Steps) {
    const { resetAfter, recurrentBias } = this;
    const recurrentActivation = this.recurrentActivation as RecurrentActivation;
    const recurrent = gru({ ...steps, h0: states[0], recurrentActivation, resetAfter, recurrentBias });
    return { recurrent, states: [recurrent.h] };
  }
}
