// What all optimizers share: gradients in, updates of variables out.
import { ValueError } from '../errors.ts';
import { currentTrace, type Trace } from '../graph/trace.ts';
import type { Gradient, Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import type { ClassConfig } from '../identifier.ts';
import { snakeCase } from '../names.ts';
import { add } from '../ops/binary.ts';
import { densify } from '../ops/embedding.ts';
import { affine } from '../ops/unary.ts';
import { assign, assignAdd, assignMoving, update } from '../ops/update.ts';
import type { KernelCall } from '../runtime/kernel-call.ts';
import { float32At } from '../runtime/memory.ts';
import * as schedules from '../schedules/index.ts';
import { type Prepared, prepare } from './gradients.ts';
import { type CheckedOptions, checkLearningRate, checkOptimizerOptions, type OptimizerOptions } from './options.ts';

/** What an optimizer remembers of every element of a weight: Keras's name for it, and the number it starts with (0). */
export interface Slot {
  readonly name: string;
  readonly initial?: number;
}

/** Addresses and sizes for an update. `ids` and `count` are 0 for a gradient that has every row. */
export interface UpdateSite {
  readonly weight: number;
  readonly gradient: number;
  /** In the order of `slotGroups`. */
  readonly slots: readonly number[];
  readonly settings: number;
  readonly rows: number;
  readonly dim: number;
  readonly ids: number;
  readonly count: number;
}

/**
 * The base of all optimizers; see its subclasses.
 *
 * ```js
 * model.compile({ optimizer: new optimizers.SGD(0.1, { momentum: 0.9 }), loss: 'mse' });
 * model.optimizer.learningRate = 0.01; // from the next step on
 * ```
 */
export abstract class Optimizer {
  readonly name: string;
  /** The schedule that the learning rate follows, if it does. */
  readonly schedule: schedules.LearningRateSchedule | undefined;
  protected readonly options: CheckedOptions;
  private rate: number;
  private steps = 0;
  private readonly slots = new Map<Variable, Map<string, Variable>>();
  private readonly inOrder: Variable[] = [];
  private excluded: (variable: Variable) => boolean = () => false;

  constructor(owner: string, options: OptimizerOptions, defaultRate: number, defaultDecay?: number) {
    const { learningRate = defaultRate, name, weightDecay = defaultDecay } = options;
    const rate = checkLearningRate(owner, learningRate);
    this.schedule = typeof rate === 'number' ? undefined : rate;
    this.rate = typeof rate === 'number' ? rate : 0;
    this.name = name ?? snakeCase(owner);
    this.options = checkOptimizerOptions(owner, { ...options, weightDecay });
  }

  /** The name that configs know the class by. */
  get className(): string {
    return this.constructor.name;
  }

  /** What each weight has, in groups: a group's slots lie side by side for each weight, the next group follows for all. */
  protected abstract slotGroups(): readonly (readonly Slot[])[];

  /** The kernel's settings but the one for weight decay, for the step number t = 1, 2, ... */
  protected abstract settings(learningRate: number, t: number): readonly number[];

  protected abstract kernel(site: UpdateSite): KernelCall;

  /** The learning rate of the next step. Setting it is a ValueError when a schedule decides. */
  get learningRate(): number {
    return this.schedule ? this.schedule.value(this.iterations) : this.rate;
  }

  set learningRate(value: number) {
    if (this.schedule) {
      throw new ValueError(
        `${this.name}: expected its schedule to decide the learning rate, got ${value}. Make the optimizer with a number to set it later.`,
      );
    }
    this.rate = checkLearningRate(this.className, value) as number;
  }

  /** Updates done so far. */
  get iterations(): number {
    return Math.floor(this.steps / (this.options.gradientAccumulationSteps ?? 1));
  }

  set iterations(value: number) {
    this.steps = value * (this.options.gradientAccumulationSteps ?? 1);
  }

  /** Batches seen so far: what Keras saves as `iteration`; the same as `iterations` unless gradients are accumulated. */
  get batches(): number {
    return this.steps;
  }

  set batches(value: number) {
    this.steps = value;
  }

  /** Leaves weights out of weight decay: those given, and those whose name contains one of `varNames`. Call it before training. */
  excludeFromWeightDecay({ varList = [], varNames = [] }: { varList?: readonly Variable[]; varNames?: readonly string[] }): void {
    this.excluded = (variable) => varList.includes(variable) || varNames.some((name) => variable.name.includes(name));
  }

  /** Makes the slots of variables that have none, in Keras's order. */
  build(variables: readonly Variable[]): void {
    const fresh = variables.filter((variable) => !this.slots.has(variable));
    for (const variable of fresh) this.slots.set(variable, new Map());
    for (const group of this.allGroups()) {
      for (const variable of fresh) {
        for (const { name, initial = 0 } of group) {
          const slot = new Variable(`${variable.name}_${name}`, variable.shape, undefined, { trainable: false });
          slot.view().fill(initial);
          this.slots.get(variable)?.set(name, slot);
          this.inOrder.push(slot);
        }
      }
    }
  }

  /** Everything it remembers of the weights, in the order in which Keras saves it (after iteration and learning rate). */
  get variables(): Variable[] {
    return [...this.inOrder];
  }

  /** What distinguishes the plan of the next step from those of others. */
  variant(): string {
    const { useEma } = this.options;
    return [
      this.updates() ? 'update' : 'accumulate',
      useEma && this.iterations === 0 && 'first',
      useEma && this.overwrites() && 'overwrite',
    ]
      .filter(Boolean)
      .join(' ');
  }

  /** To be called after each successful run of a step. */
  advance(): void {
    this.steps++;
  }

  /** Puts the moving averages in place of the weights, when they are kept: to be called after training. */
  finalizeVariableValues(): void {
    if (!this.options.useEma) return;
    for (const [variable, slots] of this.slots) variable.view().set((slots.get('average') as Variable).view());
  }

  /** Adds the updates to the trace: clipping, weight decay, the update itself, moving averages, constraints. */
  apply(pairs: readonly (readonly [Variable, Gradient])[]): void {
    this.build(pairs.map(([variable]) => variable));
    const trace = currentTrace();
    trace.own(this.name, () => {
      if (this.options.gradientAccumulationSteps === undefined) this.update(trace, pairs);
      else if (this.updates()) this.updateAccumulated(trace, pairs);
      else for (const [variable, gradient] of pairs) assignAdd(this.slot(variable, 'gradient_accumulator'), densify(gradient));
      for (const [variable] of pairs) this.average(trace, variable);
      for (const [variable] of pairs) variable.constraint?.constrain(variable);
    });
  }

  /** The options that make the optimizer again, without what it remembers. */
  getConfig(): Record<string, unknown> {
    const { weightDecay, clipnorm, clipvalue, globalClipnorm, useEma, emaMomentum, emaOverwriteFrequency, gradientAccumulationSteps } =
      this.options;
    const learningRate: number | ClassConfig = this.schedule ? schedules.serialize(this.schedule) : this.rate;
    return {
      name: this.name,
      learningRate,
      weightDecay: weightDecay ?? null,
      clipnorm: clipnorm ?? null,
      globalClipnorm: globalClipnorm ?? null,
      clipvalue: clipvalue ?? null,
      useEma,
      emaMomentum,
      emaOverwriteFrequency: emaOverwriteFrequency ?? null,
      gradientAccumulationSteps: gradientAccumulationSteps ?? null,
    };
  }

  /** Whether the next batch ends with an update. */
  protected updates(): boolean {
    const every = this.options.gradientAccumulationSteps;
    return every === undefined || (this.steps + 1) % every === 0;
  }

  private overwrites(): boolean {
    const every = this.options.emaOverwriteFrequency;
    return every !== undefined && (this.iterations + 1) % every === 0;
  }

  private allGroups(): readonly (readonly Slot[])[] {
    const { useEma, gradientAccumulationSteps } = this.options;
    return [useEma ? [{ name: 'average' }] : [], gradientAccumulationSteps ? [{ name: 'gradient_accumulator' }] : [], ...this.slotGroups()];
  }

  private slot(variable: Variable, name: string): Variable {
    return this.slots.get(variable)?.get(name) as Variable;
  }

  private update(trace: Trace, pairs: readonly (readonly [Variable, Gradient])[]): void {
    const decay = this.options.weightDecay ?? 0;
    const all = prepare(pairs, this.options);
    const decays = ({ variable }: Prepared): boolean => decay !== 0 && !this.excluded(variable);
    const decayed = all.filter(decays);
    const plain = all.filter((one) => !decays(one));
    for (const [some, ownDecay] of [[decayed, decay] as const, [plain, 0] as const]) {
      if (some.length === 0) continue;
      const settings = this.feed(trace, ownDecay);
      for (const one of some) this.updateOne(one, settings);
    }
  }

  /** The settings, which the host computes before each run. */
  private feed(trace: Trace, decay: number): Value {
    const length = this.settings(this.learningRate, 1).length + 1;
    return trace.feed({ shape: [length], dtype: 'float32' }, (address) => {
      const rate = this.learningRate;
      const [first, ...rest] = this.settings(rate, this.iterations + 1);
      float32At(address, length).set([first, rate * decay, ...rest]);
    });
  }

  private updateOne({ variable, values, unique }: Prepared, settings: Value): void {
    const slots = this.slotGroups().flatMap((group) => group.map(({ name }) => this.slot(variable, name)));
    const [rows, dim] = unique ? variable.shape : [1, variable.size];
    const others = unique ? [values, settings, unique.ids, unique.count] : [values, settings];
    update(this.className, [variable, ...slots], others, (addresses) => {
      const [gradient, settingsAt, ids = 0, count = 0] = addresses.slice(1 + slots.length);
      return [
        this.kernel({
          weight: addresses[0],
          slots: addresses.slice(1, 1 + slots.length),
          gradient,
          settings: settingsAt,
          rows,
          dim,
          ids,
          count,
        }),
      ];
    });
  }

  private updateAccumulated(trace: Trace, pairs: readonly (readonly [Variable, Gradient])[]): void {
    const every = this.options.gradientAccumulationSteps as number;
    const averaged = pairs.map(([variable, gradient]) => {
      const sum = add(densify(gradient), trace.read(this.slot(variable, 'gradient_accumulator')));
      return [variable, affine(sum, 1 / every, 0)] as const;
    });
    this.update(trace, averaged);
    for (const [variable] of pairs) {
      update('clear', [this.slot(variable, 'gradient_accumulator')], [], ([a]) => [['fill', a, variable.size, 0]]);
    }
  }

  private average(trace: Trace, variable: Variable): void {
    const { useEma, emaMomentum } = this.options;
    if (!useEma) return;
    const average = this.slot(variable, 'average');
    if (this.iterations === 0) assign(average, trace.read(variable));
    else assignMoving(average, trace.read(variable), emaMomentum);
    if (this.overwrites()) assign(variable, trace.read(average));
  }
}
