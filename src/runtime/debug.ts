// The tools behind KERATIN_CHECK and KERATIN_DEBUG: `keratin/debug`. Importing it makes them available in a page; in Node they
// are found without.
import type { Plan } from '../plan/plan.ts';
import { Checker } from './check.ts';
import { checking } from './environment.ts';
import { type DebugTools, type Observer, toolsKey } from './observe.ts';
import { Profile } from './profile.ts';

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

export const tools: DebugTools = {
  observe(plan: Plan): Observer | undefined {
    const checker = checking() ? new Checker(plan) : undefined;
    const profile = Profile.wanted(plan);
    return checker || profile ? new Watch(checker, profile) : undefined;
  },
};

(globalThis as { [toolsKey]?: DebugTools })[toolsKey] = tools;
