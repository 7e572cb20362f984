// Rows added up by id: what the gradient of a lookup does, as a function with a gradient of its own.
import type { Value } from '../graph/value.ts';
import { densify, gather } from './embedding.ts';
import { withGradient } from './views.ts';

/** A table of `count` rows: each the sum of the rows [n, width] with its id, zeros where there is none. int32 ids in range. */
export function scatterSum(rows: Value, ids: Value, count: number): Value {
  const table = densify({ ids, values: rows, shape: [count, rows.shape[1]] });
  return withGradient(table, [rows], (dy) => [gather(dy, ids)]);
}
