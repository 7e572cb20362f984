// Validates ids and labels before they enter wasm memory.
import { mismatch, type ValueError } from '../common/errors.ts';
import type { IdCheck } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';

/** Throws for the first id that a layer cannot look up, or label that a loss has no class for, naming position and range. */
export function checkIds(checks: readonly IdCheck[], input: Value, data: ArrayLike<number>, shape: readonly number[]): void {
  for (const check of checks) {
    if (check.input !== input) continue;
    const { bound, ignored, least = 0 } = check;
    for (let i = 0; i < data.length; i++) {
      const id = data[i];
      // One comparison for the usual case; NaN and fractions fail it too.
      if ((id >>> 0 === id && id < bound) || id === ignored || (id < 0 && id >= least && Number.isInteger(id))) continue;
      throw idError(check, id, position(i, shape));
    }
  }
}

function idError({ layer, bound, what, option = 'inputDim', least = 0, input }: IdCheck, id: number, at: string): ValueError {
  if (what === 'labels') {
    return mismatch(
      layer,
      `whole labels in [0, ${bound})`,
      `${id} at position ${at} of the targets`,
      Number.isInteger(id) && id >= bound
        ? `Give the last layer at least ${id + 1} units, or map the labels to 0 .. ${bound - 1}.`
        : 'Number the classes from 0.',
    );
  }
  const source = input.node?.owner ? `the output of ${input.node.owner}` : 'its input';
  return mismatch(layer, `whole ids in [${least}, ${bound})`, `${id} at position ${at} of ${source}`, idAdvice(id, option));
}

function idAdvice(id: number, option: string): string {
  if (!Number.isInteger(id)) return 'Ids are numbers of rows: pass whole numbers.';
  if (option === '') return 'Map it to one in range.';
  return id < 0 ? 'Ids count from 0: map it to one in range.' : `Raise ${option} to at least ${id + 1} or map the id to one in range.`;
}

/** A flat position as indices. */
function position(flat: number, shape: readonly number[]): string {
  const indices: number[] = [];
  let rest = flat;
  for (let i = shape.length - 1; i >= 0; i--) {
    indices.unshift(rest % shape[i]);
    rest = Math.floor(rest / shape[i]);
  }
  return `[${indices.join(', ')}]`;
}
