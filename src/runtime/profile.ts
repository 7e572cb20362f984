// KERATIN_DEBUG: what a plan consists of and where its time goes.

import { debugLevel } from '../kernels/environment.ts';
import type { Plan } from '../plan/plan.ts';
import { printPlan, summarizePlan } from '../plan/print.ts';

const REPORT_EVERY = 100;

export class Profile {
  private readonly plan: Plan;
  private readonly milliseconds: Float64Array;
  private runs = 0;

  /** A profile when KERATIN_DEBUG asks for times; prints what level 1 and 3 ask for. */
  static wanted(plan: Plan): Profile | undefined {
    const level = debugLevel();
    if (level >= 3) console.error(printPlan(plan));
    else if (level >= 1) console.error(summarizePlan(plan));
    return level >= 2 ? new Profile(plan) : undefined;
  }

  constructor(plan: Plan) {
    this.plan = plan;
    this.milliseconds = new Float64Array(plan.instructions.length);
  }

  add(instruction: number, milliseconds: number): void {
    this.milliseconds[instruction] += milliseconds;
  }

  endOfRun(): void {
    this.runs++;
    if (this.runs === 1 || this.runs % REPORT_EVERY === 0) console.error(this.report());
  }

  /** Mean time, GFLOP/s and GB/s of each instruction. */
  report(): string {
    const lines = this.plan.instructions.map(({ kernel, op, owner, flops, bytes }, i) => {
      const ms = this.milliseconds[i] / this.runs;
      const rate = (amount: number) => (ms > 0 ? amount / ms / 1e6 : 0).toFixed(2).padStart(8);
      const label = owner ? `${op} (${owner})` : op;
      return `${String(i).padStart(4)}  ${(ms * 1000).toFixed(1).padStart(9)} us ${rate(flops)} GFLOP/s ${rate(bytes)} GB/s  ${kernel}  # ${label}`;
    });
    return [`${summarizePlan(this.plan)}; mean of ${this.runs} runs`, ...lines].join('\n');
  }
}
