// One plan, shared among threads: the numbers of its larger instructions lie in shared memory, where the workers read them.

import type { Bound } from '../kernels/kernel-call.ts';
import { allocateFor, float64At } from '../kernels/memory.ts';
import type { Plan } from '../plan/plan.ts';
import { costs, repeatable, threadsFor } from '../plan/threads.ts';
import type { Pool, Task } from './pool.ts';
import { indexOf, readyPool } from './thread-manager.ts';

export class ParallelPlan {
  readonly #plan: Plan;
  readonly #costs: readonly number[];
  /** Nanoseconds of a run that are worth sharing. */
  readonly #work: number;
  #pool: Pool | undefined;
  #bound: readonly Bound[] | undefined;
  /** A task for each instruction that is worth several threads. */
  #tasks: (Task | undefined)[] = [];
  #threads = 0;
  #address = 0;

  constructor(plan: Plan, cost: readonly number[], work: number) {
    this.#plan = plan;
    this.#costs = cost;
    this.#work = work;
  }

  /** Whether the next run can be shared. May move all memory, so it is asked before a run takes addresses and kernels. */
  ready(): boolean {
    this.#pool = readyPool(this.#work);
    return this.#pool !== undefined;
  }

  /** Runs the instructions from `from` up to `to`. */
  run(bound: readonly Bound[], from: number, to: number): void {
    const pool = this.#pool as Pool;
    if (bound !== this.#bound || this.#threads !== pool.workers + 1) {
      this.#bound = bound;
      this.#threads = pool.workers + 1;
      this.#tasks = this.#reserve(bound) ? this.#write(bound, this.#threads) : [];
    }
    for (let i = from; i < to; i++) {
      const task = this.#tasks[i];
      // A pool that has ended in the middle of a plan leaves the rest to the caller.
      if (task && pool.ready > 0) pool.run(task);
      else bound[i].kernel(...bound[i].numbers);
    }
  }

  /** Takes memory for the numbers. False when none is left: the caller does without the workers then. */
  #reserve(bound: readonly Bound[]): boolean {
    if (this.#address > 0) return true;
    try {
      this.#address = allocateFor(this, 8 * bound.reduce((sum, { numbers }) => sum + numbers.length, 0));
      return true;
    } catch {
      return false;
    }
  }

  /** Writes the numbers down for the workers. */
  #write(bound: readonly Bound[], threads: number): (Task | undefined)[] {
    const chunks = threadsFor(this.#costs, threads);
    let at = this.#address;
    return this.#plan.instructions.map(({ kernel: name, op, owner }, i) => {
      const index = indexOf(name);
      if (chunks[i] < 2 || index === undefined) return undefined;
      const { kernel, numbers } = bound[i];
      const address = at;
      at += numbers.length * 8;
      float64At(address, numbers.length).set(numbers);
      return {
        kernel,
        numbers: [...numbers],
        index,
        address,
        threads: chunks[i],
        estimate: this.#costs[i] / 1e6,
        repeatable: repeatable(this.#plan, i),
        label: owner ? `${op} (${owner})` : op,
      };
    });
  }
}

/** Shares the plan among threads, unless none of its instructions is worth two threads. */
export function parallelPlanFor(plan: Plan): ParallelPlan | undefined {
  const cost = costs(plan);
  const chunks = threadsFor(cost, 2);
  const work = cost.reduce((sum, nanoseconds, i) => (chunks[i] > 1 ? sum + nanoseconds : sum), 0);
  return work > 0 ? new ParallelPlan(plan, cost, work) : undefined;
}
