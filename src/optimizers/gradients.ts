// Gradients on their way into an update: repeated ids summed, then clipped.
import { type Gradient, isIndexedSlices, type Value } from '../graph/value.ts';
import type { Variable } from '../graph/variable.ts';
import { clipFactor, scaleBy } from '../primitives/clip.ts';
import { type CoalescedSlices, coalesce } from '../primitives/embedding.ts';
import { concatenate, reshape } from '../primitives/layout.ts';
import { sumSquares } from '../primitives/reduce.ts';
import { clip } from '../primitives/unary.ts';
import type { Clips } from './options.ts';

/** A gradient of the variable's shape, or the rows of it that are not 0. */
export interface Prepared {
  readonly variable: Variable;
  readonly values: Value;
  readonly unique: CoalescedSlices | undefined;
}

/** The gradients as updates take them, clipped as the options say. */
export function prepare(pairs: readonly (readonly [Variable, Gradient])[], { clipnorm, clipvalue, globalClipnorm }: Clips): Prepared[] {
  const byNorm = clipnorm !== null || globalClipnorm !== null;
  const all = pairs.map(([variable, gradient]): Prepared => {
    if (!isIndexedSlices(gradient)) return { variable, values: gradient, unique: undefined };
    const unique = coalesce(gradient, byNorm ? { clear: true } : {});
    return { variable, values: unique.rows, unique };
  });
  const change = (f: (values: Value) => Value): Prepared[] => all.map((one) => ({ ...one, values: f(one.values) }));
  if (clipnorm !== null) return change((g) => scaleBy(g, clipFactor(sumSquares(g), clipnorm)));
  if (clipvalue !== null) return change((g) => clip(g, -clipvalue, clipvalue));
  if (globalClipnorm === null || all.length === 0) return all;
  const squares = concatenate(
    all.map(({ values }) => reshape(sumSquares(values), [1])),
    0,
  );
  const factor = clipFactor(squares, globalClipnorm);
  return change((g) => scaleBy(g, factor));
}
