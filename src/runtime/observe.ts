// What KERATIN_CHECK and KERATIN_DEBUG do while a program runs.
import { checking, debugLevel } from '../kernels/environment.ts';
import type { Plan } from '../plan/plan.ts';
import { Checker } from './check.ts';
import { Profile } from './profile.ts';

/** Watches a program run. */
export class Observer {
  readonly #checker: Checker | undefined;
  readonly #profile: Profile | undefined;
  #started = 0;

  constructor(checker: Checker | undefined, profile: Profile | undefined) {
    this.#checker = checker;
    this.#profile = profile;
  }

  /** Before the inputs are written. */
  prepare(base: number): void {
    this.#checker?.prepare(base);
  }

  before(): void {
    this.#started = performance.now();
  }

  after(instruction: number, base: number): void {
    this.#profile?.add(instruction, performance.now() - this.#started);
    this.#checker?.afterInstruction(instruction, base);
  }

  end(base: number): void {
    this.#profile?.endOfRun();
    this.#checker?.afterRun(base);
  }
}

/** What the switches ask for; undefined when they ask for nothing. */
export function observe(plan: Plan): Observer | undefined {
  const checker = checking() ? new Checker(plan) : undefined;
  const profile = debugLevel() > 0 ? Profile.wanted(plan) : undefined;
  return checker || profile ? new Observer(checker, profile) : undefined;
}
