// KERATIN_CHECK=1: the arena starts as NaN, guard words lie between buffers, and the first output that is not finite
// stops the run with the name of the op and layer that made it.

import { float32At, uint32At } from '../kernels/memory.ts';
import { ARENA, GUARD_BYTES, inArena, type Plan } from '../plan/plan.ts';

const GUARD = 0x7fa5a5a5; // a NaN that no arithmetic produces

export class Checker {
  private readonly plan: Plan;

  constructor(plan: Plan) {
    this.plan = plan;
  }

  prepare(base: number): void {
    uint32At(base, Math.floor(this.plan.arenaBytes / 4)).fill(0x7fc00000);
    for (const guard of this.plan.guards) this.guard(guard, base).fill(GUARD);
  }

  afterInstruction(i: number, base: number): void {
    const { op, owner, kernel, writes } = this.plan.instructions[i];
    for (const { address, shape, dtype } of writes) {
      if (dtype === 'int32') continue;
      const values = float32At(
        inArena(address) ? address - ARENA + base : address,
        shape.reduce((a, b) => a * b, 1),
      );
      const at = values.findIndex((v) => !Number.isFinite(v));
      if (at < 0) continue;
      const where = owner ? `${op} (${owner})` : op;
      throw new Error(
        `${values[at]} first appears in the output of ${where}, instruction ${i} (${kernel}), at position ${at} of [${shape.join(', ')}]`,
      );
    }
  }

  afterRun(base: number): void {
    for (const guard of this.plan.guards) {
      if (this.guard(guard, base).some((word) => word !== GUARD)) {
        throw new Error(`internal: a kernel wrote outside its buffers, at arena+${guard - ARENA}`);
      }
    }
  }

  /** The whole words of the gap behind a buffer. */
  private guard(address: number, base: number): Uint32Array {
    const start = Math.ceil((address - ARENA) / 4) * 4;
    return uint32At(base + start, Math.floor(GUARD_BYTES / 4) - 1);
  }
}
