// A function whose gradient is written down.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { Value } from '../../graph/value.ts';
import { fill } from '../../primitives/layout.ts';
import { withGradient } from '../../primitives/views.ts';
import { toValue } from '../constant.ts';
import { isSymbolic } from '../operand.ts';
import { checkFunction, isDrawn, leavesOf, mapLeaves } from './structures.ts';

/**
 * A function that gives what `f` gives first, and has the gradient that f gives second:
 *
 * ```js
 * const log1pexp = ops.customGradient((x) => {
 *   const e = ops.exp(x);
 *   return [ops.log(ops.add(1, e)), (upstream) => ops.multiply(upstream, ops.subtract(1, ops.divide(1, ops.add(1, e))))];
 * });
 * ```
 *
 * `f(...args)` gives `[output, grad]`; `grad(upstream)`, with one argument for each tensor of the output, gives the gradient by each tensor of the
 * arguments: one, or an array. Weights that f reads without having them as arguments get no gradient.
 * @throws ValueError for symbolic tensors: use it in the call of a layer, such as Lambda.
 */
export function customGradient<A extends readonly unknown[], R>(
  f: (...args: A) => readonly [output: R, grad: (...upstream: never[]) => unknown],
): (...args: A) => R {
  checkFunction('customGradient', 'f', f);
  return (...args) => {
    const leaves = leavesOf(args);
    if (leaves.some(isSymbolic)) {
      throw mismatch('customGradient', 'values or data', 'a symbolic tensor', 'Use it in the call of a layer, such as Lambda.');
    }
    const inner = leaves.filter(isDrawn).map((leaf) => toValue('customGradient', leaf));
    const result = f(...args);
    if (!Array.isArray(result) || result.length !== 2 || typeof result[1] !== 'function') {
      throw mismatch('customGradient', 'f to give [output, grad]', describe(result), 'grad is a function of the gradient by the output.');
    }
    const [output, grad] = result as unknown as [unknown, (...upstream: Value[]) => unknown];
    if (inner.length === 0) return output as R;
    const outputs = leavesOf(output).map((leaf) => toValue('customGradient', leaf));
    let at = 0;
    return mapLeaves(output, () => {
      const k = at++;
      const y = outputs[k];
      if (y.dtype !== 'float32') return y;
      return withGradient(y, inner, (dy) => {
        const given = [grad(...outputs.map((one, i) => (i === k ? dy : fill(one.shape, 0))))].flat();
        if (given.length !== leaves.length) {
          throw mismatch('customGradient', `${leaves.length} gradients`, given.length, 'Give one for each tensor of the arguments.');
        }
        return leaves.flatMap((leaf, i) => {
          if (!isDrawn(leaf)) return [];
          const g = given[i];
          return [g === null || g === undefined ? undefined : g instanceof Value ? g : toValue('customGradient', g)];
        });
      });
    }) as R;
  };
}
