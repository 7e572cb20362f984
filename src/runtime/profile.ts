// KERATIN_DEBUG: what a plan consists of and where its time goes.

import { debugLevel } from '../kernels/environment.ts';
import type { Plan } from '../plan/plan.ts';
import { labelOf, printPlan, summarizePlan } from '../plan/print.ts';

const REPORT_EVERY = 100;

/** What some instructions take in a run, and do in it. */
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

  /** Mean time, GFLOP/s and GB/s of each instruction; then those of each kernel and op, and of all. */
  report(): string {
    const costs = this.plan.instructions.map(({ flops, bytes }, i) => ({ ms: this.milliseconds[i] / this.runs, flops, bytes }));
    const lines = this.plan.instructions.map(
      (instruction, i) => `${String(i).padStart(4)}  ${rates(costs[i])}  ${instruction.kernel}  # ${labelOf(instruction)}`,
    );
    return [`${summarizePlan(this.plan)}; mean of ${this.runs} runs`, ...lines, ...this.totals(costs)].join('\n');
  }

  /** A line for each kernel of each op, the longest first, and one for all. */
  private totals(costs: readonly Cost[]): string[] {
    const groups = new Map<string, Cost[]>();
    for (const [i, { kernel, op }] of this.plan.instructions.entries()) {
      const key = `${kernel}  # ${op}`;
      groups.set(key, [...(groups.get(key) ?? []), costs[i]]);
    }
    const all = sumOf(costs);
    const line = (cost: Cost, label: string) => `${share(cost.ms, all.ms)}  ${rates(cost)}  ${label}`;
    const totals = [...groups].map(([key, members]) => ({ cost: sumOf(members), label: `${key}, ${times(members.length)}` }));
    totals.sort((a, b) => b.cost.ms - a.cost.ms);
    return [...totals.map(({ cost, label }) => line(cost, label)), line(all, `total, ${times(costs.length)}`)];
  }
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

const share = (part: number, whole: number): string => `${(whole > 0 ? (100 * part) / whole : 0).toFixed(1)}%`.padStart(6);

function rates({ ms, flops, bytes }: Cost): string {
  const rate = (amount: number) => (ms > 0 ? amount / ms / 1e6 : 0).toFixed(2).padStart(8);
  return `${(ms * 1000).toFixed(1).padStart(9)} us ${rate(flops)} GFLOP/s ${rate(bytes)} GB/s`;
}

const sumOf = (costs: readonly Cost[]): Cost =>
  costs.reduce((a, b) => ({ ms: a.ms + b.ms, flops: a.flops + b.flops, bytes: a.bytes + b.bytes }), { ms: 0, flops: 0, bytes: 0 });
