// The way to the debug tools, which travel apart so that bundles do not carry them.
import type { Plan } from '../plan/plan.ts';
import { checking, debugLevel } from './environment.ts';

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

/** Where `keratin/debug` leaves the tools. */
export const toolsKey = /* @__PURE__ */ Symbol.for('keratin.debug');

let warned = false;

/** What KERATIN_CHECK and KERATIN_DEBUG ask for; undefined when they ask for nothing. */
export function observe(plan: Plan): Observer | undefined {
  if (!checking() && debugLevel() === 0) return undefined;
  const tools = (globalThis as { [toolsKey]?: DebugTools })[toolsKey] ?? requireTools();
  if (!tools && !warned) console.warn("keratin: import 'keratin/debug' for KERATIN_CHECK and KERATIN_DEBUG.");
  warned = true;
  return tools?.observe(plan);
}

/** In Node the tools lie beside this file. */
function requireTools(): DebugTools | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const node = process?.getBuiltinModule?.('module') as
    | { createRequire(url: string): (file: string) => { tools?: DebugTools } }
    | undefined;
  try {
    return node?.createRequire(import.meta.url)('./debug.js').tools;
  } catch {
    return undefined;
  }
}
