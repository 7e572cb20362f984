// Loops. On data they run; in a graph their steps are drawn one after another, so their number has to be known.
import { mismatch } from '../../common/errors.ts';
import { checkInteger, describe, isPlain } from '../../common/options.ts';
import { isOpen } from '../lengths.ts';
import { logicalAnd } from '../numpy/comparisons.ts';
import type { Operand } from '../operand.ts';
import { chosen, guarded, scalarOf } from './branches.ts';
import { checkFunction, type Given, mapLeaves, numberOf, type Structure, settled, zipLeaves } from './structures.ts';

interface WhileOptions {
  /** How often the body is called at most. */
  maximumIterations?: number | null;
}

/**
 * The variables after `body` has been applied to them as long as `cond` holds: `ops.whileLoop((i) => i < 10, (i) => i + 3, 0)` is 12.
 *
 * An array of variables goes into the functions as several arguments, and `body` gives an array; their shapes and dtypes stay what they are.
 * In a graph, where the condition is known only when it runs, `maximumIterations` says how many steps are drawn; what comes after the
 * end of the loop is left out, of gradients too.
 * @throws ValueError for such a condition without `maximumIterations`.
 */
export function whileLoop<S extends Structure>(
  cond: (...variables: never[]) => unknown,
  body: (...variables: never[]) => unknown,
  loopVars: S,
  maximumIterations?: number | null | WhileOptions,
): Given<S> {
  checkFunction('whileLoop', 'cond', cond);
  checkFunction('whileLoop', 'body', body);
  const given = isPlain(maximumIterations) ? maximumIterations.maximumIterations : maximumIterations;
  const most = given === null || given === undefined ? Infinity : checkInteger('whileLoop', 'maximumIterations', given, 0);
  const isList = Array.isArray(loopVars);
  const call = (f: (...variables: never[]) => unknown, variables: unknown) => f(...((isList ? variables : [variables]) as never[]));
  // Numbers in an array are as many variables, and no tensor.
  const tensors = (all: unknown): unknown => {
    const one = (item: unknown) => mapLeaves(item, (leaf) => settled('whileLoop', leaf));
    return isList && Array.isArray(all) ? all.map(one) : one(all);
  };
  let variables: unknown = loopVars;
  let alive: Operand | undefined;
  for (let step = 0; step < most; step++) {
    const holds = call(cond, variables);
    const known = numberOf('whileLoop', 'a condition', holds);
    if (known === 0) break;
    if (known === undefined) {
      if (most === Infinity) {
        const advice = 'Say how many steps there are at most: as many are computed, and those after the end are left out.';
        throw mismatch('whileLoop', 'maximumIterations', 'a condition that is known only when the graph runs', advice);
      }
      const now = scalarOf('whileLoop', holds as Operand);
      alive = alive === undefined ? now : logicalAnd(alive, now);
    }
    if (alive === undefined) {
      variables = call(body, variables);
      continue;
    }
    const before = tensors(variables);
    const after = guarded('whileLoop', alive, () => tensors(call(body, before)));
    variables = chosen('whileLoop', alive, after, before);
  }
  return results('whileLoop', tensors(loopVars), tensors(variables)) as Given<S>;
}

/** What a loop gives, built as what it was given. */
const results = (owner: string, before: unknown, after: unknown): unknown =>
  zipLeaves(owner, before, after, (_, leaf) => settled(owner, leaf));

/**
 * The state after `bodyFun(i, state)` for each i from `lower` to before `upper`: `ops.foriLoop(0, 5, (i, sum) => ops.add(sum, i), 0)` is 10.
 *
 * @throws ValueError for bounds that are known only when a graph runs: use `whileLoop` with `maximumIterations`.
 */
export function foriLoop<S extends Structure>(
  lower: Operand,
  upper: Operand,
  bodyFun: (i: number, state: never) => unknown,
  initVal: S,
): Given<S> {
  checkFunction('foriLoop', 'bodyFun', bodyFun);
  const bounds = [lower, upper].map((bound, k) => {
    const known = numberOf('foriLoop', k === 0 ? 'lower' : 'upper', bound);
    if (known !== undefined && (Number.isInteger(known) || isOpen(known))) return known;
    const got = known === undefined ? 'a bound that is known only when the graph runs' : describe(known);
    throw mismatch('foriLoop', 'whole numbers as bounds', got, 'Use whileLoop with maximumIterations.');
  });
  let state: unknown = initVal;
  // Bounds that are unknown while types are inferred: the state keeps its type.
  for (let i = bounds[0]; i < bounds[1]; i++) state = bodyFun(i, state as never);
  return results('foriLoop', initVal, state) as Given<S>;
}
