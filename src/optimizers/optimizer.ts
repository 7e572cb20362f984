// What all optimizers share: gradients in, updates of variables out.
import { Named } from '../common/configurable.ts';
import { mismatch } from '../common/errors.ts';
import { checkInteger } from '../common/options.ts';
import { classNameOf, type Spec } from '../common/spec.ts';
import { currentTrace, type Trace } from '../graph/trace.ts';
import type { Gradient, Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { float32At } from '../kernels/memory.ts';
import { add } from '../primitives/binary.ts';
import { densify } from '../primitives/embedding.ts';
import { affine } from '../primitives/unary.ts';
import { assign, assignAdd, assignMoving, update } from '../primitives/update.ts';
import type { LearningRateSchedule } from '../schedules/schedule.ts';
import { type Prepared, prepare } from './gradients.ts';
import { type Clips, checkClips, learningRate, type OptimizerOptions, type OptimizerValues, options, refuseOldOptions } from './options.ts';

/** What an optimizer remembers of every element of a weight: Keras's name for it, and the number it starts with (0). */
export interface Slot {
  readonly name: string;
  readonly initial?: number;
}

/** Addresses and sizes for an update, as kernels take them. */
export interface UpdateSite {
  readonly head: readonly [weight: number, gradient: number];
  /** In the order of `slotGroups`. */
  readonly slots: readonly number[];
  /** `ids` and `count` are 0 for a gradient that has every row. */
  readonly tail: readonly [settings: number, rows: number, dim: number, ids: number, count: number];
}

export interface Optimizer extends OptimizerValues {}

/**
 * The base of all optimizers; see its subclasses.
 *
 * ```js
 * model.compile({ optimizer: new optimizers.SGD(0.1, { momentum: 0.9 }), loss: 'mse' });
 * model.optimizer.learningRate = 0.01; // from the next step on
 * ```
 */
export abstract class Optimizer extends Named implements Clips {
  static override readonly spec: Spec = {
    positional: ['learningRate'],
    options,
    config: {
      constants: { loss_scale_factor: null },
      oldNames: { lr: 'learning_rate' },
      ignored: ['jit_compile', 'is_legacy_optimizer'],
    },
  };

  /** Set by the options. */
  declare private rate: number | LearningRateSchedule;
  #steps = 0;
  readonly #slots = new Map<Variable, Map<string, Variable>>();
  readonly #inOrder: Variable[] = [];
  #excluded: (variable: Variable) => boolean = () => false;

  constructor(rate?: OptimizerOptions['learningRate'] | OptimizerOptions, options?: OptimizerOptions) {
    refuseOldOptions(classNameOf(new.target), [rate, options]);
    super(rate, options);
    checkClips(this.className, this);
  }

  /** The schedule that the learning rate follows, if it does. */
  get schedule(): LearningRateSchedule | undefined {
    return typeof this.rate === 'object' ? this.rate : undefined;
  }

  /** What each weight has, in groups: a group's slots lie side by side for each weight, the next group follows for all. */
  protected abstract slotGroups(): readonly (readonly Slot[])[];

  /** The kernel's settings but the one for weight decay, for the step number t = 1, 2, ... */
  protected abstract settings(learningRate: number, t: number): readonly number[];

  protected abstract kernel(site: UpdateSite): KernelCall;

  /** The learning rate of the next step. Setting it is a ValueError when a schedule decides. */
  get learningRate(): number {
    // As in Keras, a schedule counts batches, and not updates, where gradients are accumulated.
    return typeof this.rate === 'object' ? this.rate.call(this.#steps) : this.rate;
  }

  set learningRate(value: number) {
    if (this.schedule) {
      throw mismatch(this.name, 'its schedule to decide the learning rate', value, 'Make the optimizer with a number to set it later.');
    }
    this.rate = learningRate.read(this.className, 'learningRate', value) as typeof this.rate;
  }

  /** Updates done so far. */
  get iterations(): number {
    return Math.floor(this.#steps / (this.gradientAccumulationSteps ?? 1));
  }

  set iterations(value: number) {
    this.#steps = checkInteger(this.name, 'iterations', value) * (this.gradientAccumulationSteps ?? 1);
  }

  /** Batches seen so far: what Keras saves as `iteration`; the same as `iterations` unless gradients are accumulated. */
  get batches(): number {
    return this.#steps;
  }

  set batches(value: number) {
    this.#steps = checkInteger(this.name, 'batches', value);
  }

  /** Leaves weights out of weight decay: those given, and those whose name contains one of `varNames`. Call it before training. */
  excludeFromWeightDecay({ varList = [], varNames = [] }: { varList?: readonly Variable[]; varNames?: readonly string[] }): void {
    this.#excluded = (variable) => varList.includes(variable) || varNames.some((name) => variable.name.includes(name));
  }

  /** Makes the slots of the variables, in Keras's order. */
  build(variables: readonly Variable[]): void {
    const fresh = variables.filter((variable) => !this.#slots.has(variable));
    if (fresh.length > 0 && this.#slots.size > 0) {
      const advice = 'Each model takes an optimizer of its own, and a new one once more layers are trainable.';
      throw mismatch(this.name, 'the weights that it was first used with', `'${fresh[0].name}' besides`, advice);
    }
    for (const variable of fresh) this.#slots.set(variable, new Map());
    for (const group of this.#allGroups()) {
      for (const variable of fresh) {
        for (const { name, initial = 0 } of group) {
          const slot = new Variable(`${variable.name}_${name}`, variable.shape, undefined, { trainable: false });
          slot.view().fill(initial);
          this.#slots.get(variable)?.set(name, slot);
          this.#inOrder.push(slot);
        }
      }
    }
  }

  /** Everything it remembers of the weights, in the order in which Keras saves it (after iteration and learning rate). */
  get variables(): Variable[] {
    return [...this.#inOrder];
  }

  /** What distinguishes the plan of the next step from those of others. */
  variant(): string {
    const { useEma } = this;
    return [
      this.updates() ? 'update' : 'accumulate',
      useEma && this.iterations === 0 && 'first',
      useEma && this.#overwrites() && 'overwrite',
    ]
      .filter(Boolean)
      .join(' ');
  }

  /** To be called after each successful run of a step. */
  advance(): void {
    this.#steps++;
  }

  /** Puts the moving averages in place of the weights, when they are kept: to be called after training. */
  finalizeVariableValues(): void {
    if (!this.useEma) return;
    for (const [variable, slots] of this.#slots) variable.view().set((slots.get('average') as Variable).view());
  }

  /**
   * Adds the updates to the trace: clipping, weight decay, the update itself, moving averages, constraints. Of `variables`, all that are
   * trained, those without a gradient have slots and moving averages too.
   */
  apply(pairs: readonly (readonly [Variable, Gradient])[], variables: readonly Variable[] = pairs.map(([variable]) => variable)): void {
    this.build(variables);
    const trace = currentTrace();
    trace.withOwner(this.name, () => {
      if (this.gradientAccumulationSteps === null) this.#update(trace, pairs);
      else if (this.updates()) this.#updateAccumulated(trace, pairs);
      else for (const [variable, gradient] of pairs) assignAdd(this.#slot(variable, 'gradient_accumulator'), densify(gradient));
      for (const variable of variables) this.#average(trace, variable);
      for (const [variable] of pairs) {
        if (variable.constraint) assign(variable, variable.constraint.call(trace.read(variable)));
      }
    });
  }

  /** The options that make the optimizer again, without what it remembers. */
  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), learningRate: learningRate.write?.(this.rate) };
  }

  /** Whether the next batch ends with an update. */
  protected updates(): boolean {
    const every = this.gradientAccumulationSteps;
    return every === null || (this.#steps + 1) % every === 0;
  }

  #overwrites(): boolean {
    const every = this.emaOverwriteFrequency;
    return every !== null && (this.iterations + 1) % every === 0;
  }

  #allGroups(): readonly (readonly Slot[])[] {
    const { useEma, gradientAccumulationSteps } = this;
    return [useEma ? [{ name: 'average' }] : [], gradientAccumulationSteps ? [{ name: 'gradient_accumulator' }] : [], ...this.slotGroups()];
  }

  #slot(variable: Variable, name: string): Variable {
    return this.#slots.get(variable)?.get(name) as Variable;
  }

  #update(trace: Trace, pairs: readonly (readonly [Variable, Gradient])[]): void {
    const own = this.weightDecay ?? 0;
    const all = prepare(pairs, this);
    for (const decay of new Set([own, 0])) {
      const some = all.filter(({ variable }) => (this.#excluded(variable) ? 0 : own) === decay);
      if (some.length === 0) continue;
      const settings = this.#feed(trace, decay);
      for (const one of some) this.#updateOne(one, settings);
    }
  }

  /** The settings, which the host computes before each run. */
  #feed(trace: Trace, decay: number): Value {
    const length = this.settings(this.learningRate, 1).length + 1;
    return trace.feed({ shape: [length], dtype: 'float32' }, (address) => {
      const rate = this.learningRate;
      const [first, ...rest] = this.settings(rate, this.iterations + 1);
      float32At(address, length).set([first, rate * decay, ...rest]);
    });
  }

  #updateOne({ variable, values, unique }: Prepared, settings: Value): void {
    const slots = this.slotGroups()
      .flat()
      .map(({ name }) => this.#slot(variable, name));
    const [rows, dim] = unique ? variable.shape : [1, variable.size];
    const others = unique ? [values, settings, unique.ids, unique.count] : [values, settings];
    update(this.className, [variable, ...slots], others, (addresses) => {
      const [gradient, settingsAt, ids = 0, count = 0] = addresses.slice(1 + slots.length);
      const tail = [settingsAt, rows, dim, ids, count] as const;
      return [this.kernel({ head: [addresses[0], gradient], slots: addresses.slice(1, 1 + slots.length), tail })];
    });
  }

  #updateAccumulated(trace: Trace, pairs: readonly (readonly [Variable, Gradient])[]): void {
    const every = this.gradientAccumulationSteps as number;
    const averaged = pairs.map(([variable, gradient]) => {
      const sum = add(densify(gradient), trace.read(this.#slot(variable, 'gradient_accumulator')));
      return [variable, affine(sum, 1 / every, 0)] as const;
    });
    this.#update(trace, averaged);
    for (const [variable] of pairs) {
      update('clear', [this.#slot(variable, 'gradient_accumulator')], [], ([a]) => [['fill', a, variable.size, 0]]);
    }
  }

  #average(trace: Trace, variable: Variable): void {
    const { useEma, emaMomentum } = this;
    if (!useEma) return;
    const average = this.#slot(variable, 'average');
    if (this.iterations === 0) assign(average, trace.read(variable));
    // Keras subtracts a tensor here, in float32.
    else assignMoving(average, trace.read(variable), emaMomentum, 1 - Math.fround(emaMomentum));
    if (this.#overwrites()) assign(variable, trace.read(average));
  }
}
