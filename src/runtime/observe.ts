// The way to the debug tools, which travel apart so that bundles do not carry them.

import { part } from '../common/parts.ts';
import { checking, debugLevel } from '../kernels/environment.ts';
import type { Plan } from '../plan/plan.ts';

/** Watches a program run. */
export interface Observer {
  /** Before the inputs are written. */
  prepare(base: number): void;
  before(instruction: number): void;
  after(instruction: number, base: number): void;
  end(base: number): void;
}

export interface DebugTools {
  observe(plan: Plan): Observer | undefined;
}

let warned = false;

/** What KERATIN_CHECK and KERATIN_DEBUG ask for; undefined when they ask for nothing. */
export function observe(plan: Plan): Observer | undefined {
  if (!checking() && debugLevel() === 0) return undefined;
  const tools = part<DebugTools>('debug');
  if (!tools && !warned) console.warn("keratin: import 'keratin/debug' for KERATIN_CHECK and KERATIN_DEBUG.");
  warned = true;
  return tools?.observe(plan);
}
