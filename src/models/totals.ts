// The sums of a run: loss and metrics of what it has seen so far.
import type { Variable } from '../graph/variable.ts';

/** What keeps the sums: the compile state of a model. */
export interface Summed {
  readonly states: readonly Variable[];
  reset(): void;
  logs(prefix?: string): Record<string, number>;
}

/**
 * The sums of one run of a model. Steps add to variables that all runs share, and runs take turns wherever one waits for data or a
 * callback: whoever computes has its own numbers in them.
 */
export class Totals {
  /** Whose numbers the variables hold. */
  static readonly #turns = new WeakMap<Summed, Totals>();
  readonly #summed: Summed;
  #kept = new Map<Variable, Float32Array>();

  constructor(summed: Summed) {
    this.#summed = summed;
  }

  /** Before each step and each result, since another run may have computed in between. */
  enter(): void {
    const summed = this.#summed;
    const last = Totals.#turns.get(summed);
    if (last === this) return;
    if (last) last.#keep();
    Totals.#turns.set(summed, this);
    summed.reset();
    for (const [variable, numbers] of this.#kept) variable.view().set(numbers);
  }

  reset(): void {
    this.enter();
    this.#summed.reset();
  }

  logs(prefix?: string): Record<string, number> {
    this.enter();
    return this.#summed.logs(prefix);
  }

  #keep(): void {
    this.#kept = new Map(this.#summed.states.map((state) => [state, state.view().slice() as Float32Array]));
  }
}
