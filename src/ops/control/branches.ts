// Functions of which one counts. On data that one is called; in a graph all are, as what decides is known only when it runs.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { fitsShape, shapeText } from '../../graph/shape.ts';
import { Value } from '../../graph/value.ts';
import { gradientsFrom } from '../../primitives/arithmetic.ts';
import { select } from '../../primitives/binary.ts';
import { densify } from '../../primitives/embedding.ts';
import { fill, reshape } from '../../primitives/layout.ts';
import { withGradient } from '../../primitives/views.ts';
import { toValue } from '../constant.ts';
import { asTruth } from '../dtypes.ts';
import { dtype, shape } from '../facts.ts';
import { less, logicalNot, where } from '../numpy/comparisons.ts';
import { isInner, isSymbolic, type Operand } from '../operand.ts';
import { checkFunction, mapLeaves, numberOf, zipLeaves } from './structures.ts';

/** The values that `value` was computed from and that were there before `first`. */
function sourcesOf(value: Value, first: number): Value[] {
  const sources = new Set<Value>();
  const seen = new Set<Value>();
  const waiting = [value];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    if (one.node && one.id >= first) waiting.push(...one.node.inputs);
    else if (one.dtype === 'float32') sources.add(one);
  }
  return [...sources];
}

/**
 * What a function gives where it counts only if `condition` holds: otherwise no gradient gets out of it, not even NaN, which 0 times infinity
 * would give.
 */
export function guarded(owner: string, condition: Operand, body: () => unknown): unknown {
  if (!isInner(condition)) return body();
  const isTrue = reshape(asTruth(toValue(owner, condition)), []);
  const first = new Value({ shape: [], dtype: 'float32' }).id;
  return mapLeaves(body(), (leaf) => {
    if (isSymbolic(leaf)) return leaf;
    const y = toValue(owner, leaf);
    if (y.id < first || y.dtype !== 'float32') return y;
    const only = (g: Value): Value => select(isTrue, g, fill([], 0));
    const sources = sourcesOf(y, first);
    return withGradient(y, sources, (dy) => gradientsFrom([y], [only(dy)], sources).map((g) => g && only(densify(g))));
  });
}

/** Of two structures of the same types the first where the condition holds. */
export function chosen(owner: string, condition: Operand, first: unknown, second: unknown): unknown {
  return zipLeaves(owner, first, second, (a, b) => {
    if (a === b) return a;
    const [p, q] = [a, b].map((leaf) => ({ shape: shape(leaf as Operand), dtype: dtype(leaf as Operand) }));
    const known = (dims: readonly (number | null)[]) => dims.map((dim) => dim ?? Number.NaN);
    if (p.dtype === q.dtype && fitsShape(known(p.shape), known(q.shape))) return where(condition, a as Operand, b as Operand);
    const text = ({ shape, dtype }: typeof p) => `${dtype} ${shapeText(shape)}`;
    throw mismatch(owner, 'the same shape and dtype from all functions', `${text(p)} and ${text(q)}`, 'Cast or reshape what they give.');
  });
}

/** The condition of a graph as one truth value, in the shape of one number. */
export function scalarOf(owner: string, condition: Operand): Operand {
  const dims = shape(condition);
  if (dims.every((dim) => dim === 1)) return isInner(condition) ? reshape(toValue(owner, condition), []) : condition;
  throw mismatch(owner, 'a condition of one element', `shape ${shapeText(dims)}`, 'Use ops.where for a choice per element.');
}

/**
 * What `trueFn` gives where `pred` holds, else what `falseFn` gives: `ops.cond(ops.greater(x, 0), () => x, () => ops.negative(x))`.
 *
 * On data one of them is called. In a graph both are computed, give the same shapes and dtypes, and one is chosen; gradients of the other
 * are 0, even where it gives NaN or infinity. Among symbolic tensors the choice is drawn as `where`. Both may give arrays or objects of tensors.
 * @throws ValueError for a condition of several elements, or results that differ in kind.
 */
export function cond<A, B>(pred: Operand | boolean, trueFn: () => A, falseFn: () => B): A | B {
  checkFunction('cond', 'trueFn', trueFn);
  checkFunction('cond', 'falseFn', falseFn);
  const known = numberOf('cond', 'a condition', pred);
  if (known !== undefined) return known !== 0 ? trueFn() : falseFn();
  const condition = scalarOf('cond', pred as Operand);
  const first = guarded('cond', condition, trueFn);
  return chosen('cond', condition, first, guarded('cond', logicalNot(condition), falseFn)) as A | B;
}

/**
 * What the branch number `index` gives for the operands; an index outside is the nearest there is:
 * `ops.switch(1, [ops.add, ops.subtract], 3, 2)` is 1.
 *
 * On data one branch is called. In a graph all are computed, and one is chosen as by `cond`.
 */
export function switchBranch<T extends readonly unknown[], R>(
  index: Operand,
  branches: readonly ((...operands: T) => R)[],
  ...operands: T
): R {
  if (!Array.isArray(branches) || branches.length === 0) {
    throw mismatch('switch', 'branches to be an array of functions', describe(branches), 'Write [(x) => x, (x) => ops.square(x)].');
  }
  for (const branch of branches) checkFunction('switch', 'each branch', branch);
  const last = branches.length - 1;
  const known = numberOf('switch', 'an index', index);
  if (known !== undefined) return branches[Math.min(last, Math.max(0, Math.trunc(known)))](...operands);
  const place = scalarOf('switch', index);
  const from = (k: number): unknown =>
    k === last
      ? branches[k](...operands)
      : cond(
          less(place, k + 1),
          () => branches[k](...operands),
          () => from(k + 1),
        );
  return from(0) as R;
}
