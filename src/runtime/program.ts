// A plan bound to memory and ready to run.

import type { Kernels } from '../kernels/generated/kernels.ts';
import type { Bound, Kernel, KernelCall } from '../kernels/kernel-call.ts';
import { kernels } from '../kernels/kernels.ts';
import { float32At, int32At, memory } from '../kernels/memory.ts';
import { ARENA, type Instruction, inArena, type Plan, type Slot } from '../plan/plan.ts';
import { type ParallelPlan, parallelPlanFor } from '../threads/parallel-plan.ts';
import { arenaFor } from './arena.ts';
import { type Observer, observe } from './observe.ts';

/** Fills the memory of input `index`. */
export type WriteInput = (memory: Float32Array | Int32Array, index: number) => void;

/** Looks at ids that a run has computed, and throws for what is wrong with them: nothing is changed yet. */
type Check = (read: (slot: Slot) => ArrayLike<number>) => void;

/** Runs a plan. Read the outputs at once: the next run of any program may overwrite them. */
export class Program {
  readonly plan: Plan;
  readonly #writeFeed: readonly ((address: number) => void)[];
  #bound: readonly Bound[] = [];
  #base = -1;
  /** The memory that the kernels in `#bound` work on. */
  #memory: WebAssembly.Memory | undefined;
  readonly #observer: Observer | undefined;
  readonly #parallel: ParallelPlan | undefined;
  /** Kept so that the memory the plan points into is not given back. */
  readonly variables: readonly object[];
  readonly #check: Check | undefined;

  constructor(plan: Plan, writeFeed: readonly ((address: number) => void)[], variables: readonly object[], check?: Check) {
    this.plan = plan;
    this.#writeFeed = writeFeed;
    this.variables = variables;
    this.#check = check;
    this.#observer = observe(plan);
    this.#parallel = parallelPlanFor(plan);
  }

  /** The memory of output `i`, valid until the next run of any program. */
  output(i: number): Float32Array | Int32Array {
    return this.#view(this.plan.outputs[i]);
  }

  /** Computes the outputs. `write` is given the memory of each input in turn, to fill it. */
  run(write?: WriteInput): void {
    // Asked first, since it may move everything into shared memory.
    const ready = !this.#observer && this.#parallel?.ready();
    this.load(write);
    const { checkAt } = this.plan;
    if (this.#check) {
      this.#runPart(0, checkAt, ready);
      this.#check((slot) => this.#view(slot));
    }
    this.#runPart(this.#check ? checkAt : 0, this.#bound.length, ready);
    this.#observer?.end(this.#base);
  }

  #runPart(from: number, to: number, isShared: boolean | undefined): void {
    const bound = this.#bound;
    if (this.#observer) this.#runObserved(this.#observer, from, to);
    else if (isShared) this.#parallel?.run(bound, from, to);
    else for (let i = from; i < to; i++) bound[i].kernel(...bound[i].numbers);
  }

  /** Writes the inputs, and what the host supplies for a run: learning rates, keys of random draws. `run` does it by itself. */
  load(write?: WriteInput): void {
    this.#bind();
    this.#observer?.prepare(this.#base);
    const { inputs, feeds } = this.plan;
    if (write) for (let i = 0; i < inputs.length; i++) write(this.#view(inputs[i]), i);
    for (let i = 0; i < feeds.length; i++) this.#writeFeed[i](this.#resolve(feeds[i].address));
  }

  /** The instructions as they run, addresses included: each kernel's name and its numbers without thread and threads. */
  calls(): KernelCall[] {
    this.#bind();
    return this.plan.instructions.map(({ kernel, numbers }) => [kernel, ...numbers.map((n) => this.#resolve(n))] as unknown as KernelCall);
  }

  #runObserved(observer: Observer, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const { kernel, numbers } = this.#bound[i];
      observer.before();
      kernel(...numbers);
      observer.after(i, this.#base);
    }
  }

  #bind(): void {
    const base = arenaFor(this.plan.arenaBytes);
    if (base === this.#base && memory === this.#memory) return;
    this.#base = base;
    this.#memory = memory;
    const all = kernels();
    this.#bound = this.plan.instructions.map((instruction) => this.#bindInstruction(instruction, all));
  }

  #bindInstruction({ kernel, numbers }: Instruction, all: Kernels): Bound {
    return { kernel: all[kernel] as Kernel, numbers: [...numbers.map((n) => this.#resolve(n)), 0, 1] };
  }

  #resolve(number: number): number {
    return inArena(number) ? number - ARENA + this.#base : number;
  }

  #view(slot: Slot): Float32Array | Int32Array {
    const size = slot.shape.reduce((a, b) => a * b, 1);
    return slot.dtype === 'int32' ? int32At(this.#resolve(slot.address), size) : float32At(this.#resolve(slot.address), size);
  }
}
