// KERATIN_DEBUG: what a plan consists of and where its time goes.

import { debugLevel } from '../kernels/environment.ts';
import type { Plan } from '../plan/plan.ts';
import { labelOf, printPlan, summarizePlan } from '../plan/print.ts';

const REPORT_EVERY = 100;

/** What instructions take in a run, and do in it. */
interface Cost {
  readonly ms: number;
  readonly flops: number;
  readonly bytes: number;
}

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

  /** Mean time, GFLOP/s and GB/s of each instruction; then those of all, and of each kernel and op with its share. */
  report(): string {
    const groups = new Map<string, Cost>();
    const lines = this.plan.instructions.map((instruction, i) => {
      const { kernel, op, flops, bytes } = instruction;
      const ms = this.milliseconds[i] / this.runs;
      for (const label of ['total', `${kernel}  # ${op}`]) {
        const sum = groups.get(label) ?? { ms: 0, flops: 0, bytes: 0 };
        groups.set(label, { ms: sum.ms + ms, flops: sum.flops + flops, bytes: sum.bytes + bytes });
      }
      return `${String(i).padStart(4)}  ${rates({ ms, flops, bytes })}  ${kernel}  # ${labelOf(instruction)}`;
    });
    const whole = groups.get('total')?.ms || 1;
    const totals = [...groups]
      .sort(([, a], [, b]) => b.ms - a.ms)
      .map(([label, sum]) => `${((100 * sum.ms) / whole).toFixed(1).padStart(5)}%  ${rates(sum)}  ${label}`);
    return [`${summarizePlan(this.plan)}, mean of ${this.runs}`, ...lines, ...totals].join('\n');
  }
}

function rates({ ms, flops, bytes }: Cost): string {
  const rate = (amount: number) => (ms > 0 ? amount / ms / 1e6 : 0).toFixed(2).padStart(8);
  return `${(ms * 1000).toFixed(1).padStart(9)} us ${rate(flops)} GFLOP/s ${rate(bytes)} GB/s`;
}
