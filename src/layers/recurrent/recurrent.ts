// Base class of LSTM, GRU and SimpleRNN: one product for the inputs of all steps, then the recurrence.
import type { Activation, ActivationIdentifier } from '../../activations/index.ts';
import * as activations from '../../activations/index.ts';
import { mismatch } from '../../common/errors.ts';
import { boolean, fraction, type OptionType, positiveInteger } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { fitsDim, shapeText } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import { Variable } from '../../graph/variable.ts';
import type { InitializerIdentifier } from '../../initializers/index.ts';
import { multiply } from '../../primitives/binary.ts';
import { concatenate, expandDims, fill, reshape, slice } from '../../primitives/layout.ts';
import { dense } from '../../primitives/matmul.ts';
import { drawKey, dropout } from '../../primitives/random.ts';
import type { Recurrent } from '../../primitives/recurrent.ts';
import { type RecurrentActivation, recurrentActivations } from '../../primitives/recurrent-activations.ts';
import { assign } from '../../primitives/update.ts';
import { SeedGenerator } from '../../random/seed.ts';
import {
  type CallOptions,
  isShapeList,
  Layer,
  type LayerOptions,
  type LayerSpec,
  type MaskRules,
  type Shape,
  type Shapes,
} from '../base/layer.ts';
import { constraint, initializer, regularizer } from '../base/option-types.ts';
import type { CellParts } from './cell-steps.ts';
import { type Step, unroll } from './unrolled.ts';

/** The name of an activation that the kernels of recurrences have, or any other function; null for none. */
export const recurrentActivation: OptionType<RecurrentActivation | Activation, ActivationIdentifier | null> = {
  read: (_owner, _name, value) => {
    const activation = activations.get((value ?? 'linear') as ActivationIdentifier);
    const name = activations.serialize(activation);
    return isFused(name) ? name : activation;
  },
  write: (value) => activations.serialize(value as ActivationIdentifier),
};

const isFused = (name: unknown): name is RecurrentActivation => recurrentActivations.includes(name as RecurrentActivation);

/** Drawn when the layer is made, as in Keras: its place among the options decides when. */
const seedGenerator: OptionType<SeedGenerator, number | null> = {
  read: (_owner, _name, value) => new SeedGenerator(value as number | undefined),
  write: (value) => (value as SeedGenerator).getConfig().seed,
};

const options = {
  /** Length of the state and of each output. */
  units: [positiveInteger],
  /** Default 'tanh'. */
  activation: [recurrentActivation, 'tanh'],
  /** Default true. */
  useBias: [boolean, true],
  /** Default 'glorot_uniform'. */
  kernelInitializer: [initializer, 'glorot_uniform'],
  /** Default 'orthogonal'. */
  recurrentInitializer: [initializer, 'orthogonal'],
  /** Default 'zeros'. */
  biasInitializer: [initializer, 'zeros'],
  kernelRegularizer: [regularizer, null],
  recurrentRegularizer: [regularizer, null],
  biasRegularizer: [regularizer, null],
  kernelConstraint: [constraint, null],
  recurrentConstraint: [constraint, null],
  biasConstraint: [constraint, null],
  /** Part of the inputs that is dropped while training, the same at all steps. Default 0. */
  dropout: [fraction, 0],
  /** Part of the state that is dropped while training, for each gate, the same at all steps. Default 0. */
  recurrentDropout: [fraction, 0],
  /** Whether to give the outputs of all steps, [batch, steps, units], instead of the last one. Default false. */
  returnSequences: [boolean, false],
  /** Whether to give the states after the last step too. Default false. */
  returnState: [boolean, false],
  /** Whether to walk from the last step to the first. Default false. */
  goBackwards: [boolean, false],
  /** Whether each batch starts from the states where the last one ended. Default false. */
  stateful: [boolean, false],
  /** Whether the output of a masked step is 0 instead of the one before. Default false. */
  zeroOutputForMask: [boolean, false],
  /** Accepted for the sake of Keras's configs; steps are never unrolled. */
  unroll: [boolean, false],
  /** Makes the dropped parts the same in every run. */
  seed: [seedGenerator, undefined],
} as const satisfies Options;

export interface RecurrentOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface RecurrentLayer extends ValuesOf<typeof options> {}

/** Inputs of a recurrence. */
export interface Steps {
  readonly projected: Value;
  readonly recurrentKernel: Value;
  readonly mask: Value | undefined;
  readonly dropoutMasks: Value | undefined;
  readonly states: readonly (Value | undefined)[];
  readonly activation: RecurrentActivation;
  readonly goBackwards: boolean;
  readonly zeroOutputForMask: boolean;
}

export abstract class RecurrentLayer extends Layer {
  static override readonly spec: LayerSpec = {
    positional: ['units'],
    options,
    supportsMasking: true,
    takesStates: true,
    training: false,
    takesMask: true,
    weightGroup: 'cell',
    config: { constants: { activity_regularizer: null }, ignored: ['implementation'], unsupported: ['time_major', 'ragged'] },
  };

  protected kernel: Variable | undefined;
  protected recurrentKernel: Variable | undefined;
  protected bias: Variable | undefined;
  private kept: readonly Variable[] = [];

  /** Parts of the kernels, side by side along their last axis. */
  protected abstract get gates(): number;
  /** Number of states. */
  protected abstract get stateCount(): number;
  /** Runs the fused cell over all steps: the outputs, and the states after the last step. */
  protected abstract run(steps: Steps): { readonly recurrent: Recurrent; readonly states: readonly Value[] };
  /** One step of the cell, made of ops. */
  protected abstract step(x: Value, states: readonly Value[], parts: CellParts): ReturnType<Step>;
  /** The activation of the gates; of a cell without gates its own. */
  protected get gateActivation(): RecurrentActivation | Activation {
    return this.activation;
  }

  /** Shape and first values of the bias. */
  protected biasStart(): { readonly shape: readonly number[]; readonly initializer: InitializerIdentifier } {
    return { shape: [this.gates * this.units], initializer: this.biasInitializer };
  }

  /** The part of the bias that is added to the projected inputs. */
  protected inputBias(bias: Value): Value {
    return bias;
  }

  override build(inputShape: Shapes): void {
    const sequences = isShapeList(inputShape) ? inputShape[0] : inputShape;
    const inDim = sequences.at(-1);
    this.checkRank(sequences);
    if (typeof inDim !== 'number') {
      throw mismatch(this.name, 'inputs with a known number of features', 'an unknown one', 'Give the layers before it fixed sizes.');
    }
    const width = this.gates * this.units;
    this.kernel = this.addWeight('kernel', [inDim, width], {
      initializer: this.kernelInitializer,
      regularizer: this.kernelRegularizer,
      constraint: this.kernelConstraint,
    });
    this.recurrentKernel = this.addWeight('recurrent_kernel', [this.units, width], {
      initializer: this.recurrentInitializer,
      regularizer: this.recurrentRegularizer,
      constraint: this.recurrentConstraint,
    });
    if (!this.useBias) return;
    const { shape, initializer } = this.biasStart();
    this.bias = this.addWeight('bias', shape, { initializer, regularizer: this.biasRegularizer, constraint: this.biasConstraint });
  }

  override call(x: Value, { training, mask, initialState }: CallOptions): Value | readonly Value[] {
    this.checkRank(x.shape);
    const trace = currentTrace();
    const keeps = this.stateful && !trace.inference;
    const states = initialState
      ? this.checkStates(initialState, x.shape[0])
      : keeps
        ? this.keptStates(x.shape[0]).map((state) => trace.read(state))
        : [];
    const projected = this.project(x, training);
    const recurrentKernel = trace.read(this.recurrentKernel as Variable);
    const dropoutMasks = this.stateMasks(x.shape[0], training);
    const { activation, gateActivation, goBackwards, zeroOutputForMask } = this;
    const isKernels = typeof activation === 'string' && typeof gateActivation === 'string';
    const { output, after } = isKernels
      ? this.#fused({ projected, recurrentKernel, mask, dropoutMasks, states, activation, goBackwards, zeroOutputForMask })
      : this.#unrolled(projected, mask, states, { recurrentKernel, dropoutMasks });
    if (keeps) for (const [i, state] of this.keptStates(x.shape[0]).entries()) assign(state, after[i]);
    return this.returnState ? [output, ...after] : output;
  }

  #fused(steps: Steps): { output: Value; after: readonly Value[] } {
    const { recurrent, states: after } = this.run(steps);
    return { output: this.returnSequences ? recurrent.outputs : recurrent.last, after };
  }

  /** The same for activations that the kernels do not know. */
  #unrolled(
    projected: Value,
    mask: Value | undefined,
    states: readonly (Value | undefined)[],
    weights: Pick<CellParts, 'recurrentKernel' | 'dropoutMasks'>,
  ): { output: Value; after: readonly Value[] } {
    const { activation, gateActivation, goBackwards, zeroOutputForMask, returnSequences } = this;
    const [first, second] = [activation, gateActivation].map((one) => activations.get(one as ActivationIdentifier) as Activation);
    const start = Array.from({ length: this.stateCount }, (_, i) => states[i] ?? fill([projected.shape[0], this.units], 0));
    const walked = unroll(projected, start, { mask, goBackwards, zeroOutputForMask, returnSequences }, (x, before) =>
      this.step(x, before, { ...weights, activation: first, recurrentActivation: second }),
    );
    return { output: walked.outputs ?? walked.last, after: walked.states };
  }

  /** x · kernel + bias for all steps, with the parts of x that are dropped. */
  private project(x: Value, training: boolean): Value {
    const trace = currentTrace();
    const kernel = trace.read(this.kernel as Variable);
    const bias = this.bias && this.inputBias(trace.read(this.bias));
    if (this.dropout === 0) return dense(x, kernel, bias);
    const [batch, , features] = x.shape;
    const draw = (): Value => dropout(fill([batch, features], 1), this.dropout, drawKey(this.seed));
    // With recurrent dropout Keras draws for each gate; it draws when predicting too, which moves the seed on.
    const masks = Array.from({ length: this.recurrentDropout > 0 ? this.gates : 1 }, draw);
    if (!training) return dense(x, kernel, bias);
    const dropped = masks.map((mask) => multiply(x, expandDims(mask, 1)));
    if (dropped.length === 1) return dense(dropped[0], kernel, bias);
    const column = (value: Value, gate: number, rows: readonly number[]) =>
      slice(value, [...rows.map(() => 0), gate * this.units], [...rows, this.units]);
    const parts = dropped.map((input, gate) => dense(input, column(kernel, gate, [features]), bias && column(bias, gate, [])));
    return concatenate(parts, -1);
  }

  /** What each gate sees of the state while training, [gates, batch, units]. */
  private stateMasks(batch: number, training: boolean): Value | undefined {
    if (this.recurrentDropout === 0) return undefined;
    const draw = (): Value => dropout(fill([1, batch, this.units], 1), this.recurrentDropout, drawKey(this.seed));
    const masks = Array.from({ length: this.gates }, draw);
    return training ? concatenate(masks, 0) : undefined;
  }

  private checkRank(shape: Shape): void {
    if (shape.length !== 3) {
      throw mismatch(this.name, 'inputs of three axes', `shape ${shapeText(shape)}`, 'Pass [batch, steps, features].');
    }
    if (shape[1] === 0) throw mismatch(this.name, 'at least one step', `shape ${shapeText(shape)}`, 'Pad the sequences.');
  }

  private checkStates(states: readonly Value[], batch: number): readonly Value[] {
    const fits = states.length === this.stateCount && states.every(({ size }) => fitsDim(size, batch * this.units));
    if (fits) return states.map((state) => reshape(state, [batch, this.units]));
    const got = states.map(({ shape }) => shapeText(shape)).join(', ');
    throw mismatch(
      this.name,
      `${this.stateCount} initial states of shape ${shapeText([batch, this.units])}`,
      got,
      'Pass them as initialState.',
    );
  }

  /** The states that a stateful layer keeps, made for the first batch. */
  private keptStates(batch: number): readonly Variable[] {
    if (this.kept.length === 0) {
      this.kept = Array.from(
        { length: this.stateCount },
        (_, i) => new Variable(`state_${i}`, [batch, this.units], undefined, { trainable: false }),
      );
    }
    if (this.kept[0].shape[0] !== batch) {
      throw mismatch(
        this.name,
        `batches of ${this.kept[0].shape[0]} samples, since it is stateful`,
        batch,
        'Use one batch size throughout, or resetStates().',
      );
    }
    return this.kept;
  }

  /** Forgets the states of a stateful layer: the next batch starts from zeros. */
  resetStates(): void {
    for (const state of this.kept) state.view().fill(0);
  }

  override get maskRules(): MaskRules {
    return { passes: this.returnSequences };
  }

  override computeMask(
    _inputs: Value | readonly Value[],
    mask: Value | undefined | readonly (Value | undefined)[],
  ): Value | undefined | readonly (Value | undefined)[] {
    return this.returnSequences ? (Array.isArray(mask) ? mask[0] : mask) : undefined;
  }
}
