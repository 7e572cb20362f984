// The tools behind KERATIN_CHECK and KERATIN_DEBUG: `keratin/debug`. Importing it makes them available in a page; in Node they
// are found without.

import { provide } from '../common/parts.ts';
import { checking } from '../kernels/environment.ts';
import type { Plan } from '../plan/plan.ts';
import { Checker } from '../runtime/check.ts';
import type { DebugTools, Observer } from '../runtime/observe.ts';
import { Profile } from '../runtime/profile.ts';

class Watch implements Observer {
  private readonly checker: Checker | undefined;
  private readonly profile: Profile | undefined;
  private started = 0;

  constructor(checker: Checker | undefined, profile: Profile | undefined) {
    this.checker = checker;
    this.profile = profile;
  }

  prepare(base: number): void {
    this.checker?.prepare(base);
  }

  before(): void {
    this.started = performance.now();
  }

  after(instruction: number, base: number): void {
    this.profile?.add(instruction, performance.now() - this.started);
    this.checker?.afterInstruction(instruction, base);
  }

  end(base: number): void {
    this.profile?.endOfRun();
    this.checker?.afterRun(base);
  }
}

const tools: DebugTools = {
  observe(plan: Plan): Observer | undefined {
    const checker = checking() ? new Checker(plan) : undefined;
    const profile = Profile.wanted(plan);
    return checker || profile ? new Watch(checker, profile) : undefined;
  },
};

provide('debug', tools);
