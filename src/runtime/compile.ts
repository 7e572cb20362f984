// Compiles a trace to a program.
import type { Trace } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import { checking } from '../kernels/environment.ts';
import { buildPlan } from '../plan/plan.ts';
import { Program } from './program.ts';
import { checkIds } from './validate-ids.ts';

/** Plans the trace and binds the plan to memory. */
export function compileTrace(trace: Trace, outputs: readonly Value[]): Program {
  for (const { value } of trace.feeds) if (value.known) checkIds(trace.idChecks, value, value.known, value.shape);
  // Ids that the run computes, or finds in a variable, are outputs as well, which are looked at before it changes anything.
  const computed = trace.idChecks.map(({ input }) => input).filter(({ node, variable }) => node ?? variable);
  const plan = buildPlan(trace, [...outputs, ...computed], { guarded: checking(), checked: computed });
  const watched = plan.outputs.splice(outputs.length);
  return new Program(
    plan,
    trace.feeds.map((feed) => feed.write),
    // The program runs on the memory of these variables, so it keeps them alive.
    trace.variables(),
    (read) => {
      for (const [i, ids] of computed.entries()) checkIds(trace.idChecks, ids, read(watched[i]), ids.shape);
    },
  );
}
