// Einstein's sums: products of operands along the axes that share a letter.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { fitsDim, shapeText, sizeOf } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import * as i from '../../primitives/integer.ts';
import { reshape, slice, transpose } from '../../primitives/layout.ts';
import * as m from '../../primitives/matmul.ts';
import * as r from '../../primitives/reduce.ts';
import type { Parameter } from '../definition.ts';
import { op } from '../dispatch.ts';
import { cast } from '../dtypes.ts';
import type { Operand, OpResult } from '../operand.ts';
import { rest } from '../parameters.ts';
import { numpy } from './module.ts';

/** A value, and the letter of each of its axes. */
interface Term {
  readonly value: Value;
  readonly labels: readonly string[];
}

const ADVICE = "Write it like 'ij,jk->ik'.";

const subscripts: Parameter<string> = {
  read(owner, name, value) {
    const text = typeof value === 'string' ? value.replaceAll(' ', '') : '';
    if (/^(\.\.\.|[a-zA-Z])*(,(\.\.\.|[a-zA-Z])*)*(->(\.\.\.|[a-zA-Z])*)?$/.test(text)) {
      const groups = text.split(/,|->/);
      if (groups.every((group) => group.split('...').length < 3)) return text;
    }
    throw mismatch(owner, `${name} of letters, commas and '->'`, describe(value), ADVICE);
  },
};

/** '...' stands for the axes that are left, the same ones counted from the last in all operands. */
function labelsOf(group: string, count: number): string[] {
  const [before, after] = group.split('...');
  const letters = [...(before ?? '')];
  return after === undefined ? letters : [...letters, ...Array.from({ length: count }, (_, k) => String(count - k)), ...after];
}

function termsOf(groups: readonly string[], values: readonly Value[]): Term[] {
  if (groups.length !== values.length)
    throw mismatch('einsum', `${groups.length} operands for the subscripts`, values.length, 'Give one group of letters for each.');
  const dims = new Map<string, number>();
  return values.map((value, k) => {
    const letters = groups[k].replace('...', '').length;
    const left = value.shape.length - letters;
    if (left < 0 || (left > 0 && !groups[k].includes('...')))
      throw mismatch('einsum', `an operand of ${letters} axes for '${groups[k]}'`, `shape ${shapeText(value.shape)}`, ADVICE);
    const labels = labelsOf(groups[k], left);
    for (const [axis, label] of labels.entries()) {
      const dim = value.shape[axis];
      const known = dims.get(label);
      const repeats = /\d/.test(label) && (known === 1 || dim === 1);
      if (known !== undefined && !repeats && !fitsDim(dim, known))
        throw mismatch('einsum', `one length for '${label}'`, `${known} and ${dim}`, 'Axes that share a letter are as long as each other.');
      if (known === undefined || known === 1) dims.set(label, dim);
    }
    return { value, labels };
  });
}

const toOrder = ({ value, labels }: Term, wanted: readonly string[]): Value =>
  transpose(
    value,
    wanted.map((label) => labels.indexOf(label)),
  );

const sumOver = (value: Value, axes: readonly number[]): Value =>
  axes.length === 0 ? value : (value.dtype === 'int32' ? i : r).sum(value, axes);

/** Of a letter twice the diagonal. */
function withoutRepeats(term: Term): Term {
  const twice = term.labels.find((label, k) => term.labels.indexOf(label) !== k);
  if (twice === undefined) return term;
  const places = term.labels.flatMap((label, k) => (label === twice ? [k] : []));
  const [first, second] = places;
  const others = term.labels.map((_, k) => k).filter((k) => k !== first && k !== second);
  const outer = others.map((k) => term.value.shape[k]);
  const n = term.value.shape[first];
  const flat = reshape(transpose(term.value, [...others, first, second]), [...outer, n * n]);
  const zeros = [...outer, 0].map(() => 0);
  const value = slice(flat, zeros, [...outer, n], [...outer.map(() => 1), n + 1]);
  return withoutRepeats({ value, labels: [...others.map((k) => term.labels[k]), twice] });
}

/** Letters that nobody needs any more are summed over. */
function withoutUnneeded(term: Term, isNeeded: (label: string) => boolean): Term {
  const axes = term.labels.flatMap((label, k) => (isNeeded(label) ? [] : [k]));
  return { value: sumOver(term.value, axes), labels: term.labels.filter(isNeeded) };
}

/** The product of two terms, summed over the letters that both have and `isNeeded` denies. */
function product(left: Term, right: Term, isNeeded: (label: string) => boolean): Term {
  const [p, q] = [
    withoutUnneeded(left, (label) => right.labels.includes(label) || isNeeded(label)),
    withoutUnneeded(right, (label) => left.labels.includes(label) || isNeeded(label)),
  ];
  const shared = p.labels.filter((label) => q.labels.includes(label));
  const batch = shared.filter(isNeeded);
  const inner = shared.filter((label) => !isNeeded(label));
  const [rows, columns] = [p.labels, q.labels].map((labels) => labels.filter((label) => !shared.includes(label)));
  const dim = (label: string): number => {
    const own = [p, q].map(({ value, labels }) => value.shape[labels.indexOf(label)]);
    return own.find((length) => length !== undefined && length !== 1) ?? 1;
  };
  const lengths = (labels: readonly string[]) => labels.map(dim);
  const whole = (term: Term, labels: readonly string[]) => b.broadcastTo(toOrder(term, labels), lengths(labels));
  const labels = [...batch, ...rows, ...columns];
  const isInt = p.value.dtype === 'int32';
  if (inner.length === 0) {
    const a = reshape(toOrder(p, [...batch, ...rows]), [...shapeOf(p, [...batch, ...rows]), ...columns.map(() => 1)]);
    const c = reshape(toOrder(q, [...batch, ...columns]), [...shapeOf(q, batch), ...rows.map(() => 1), ...lengths(columns)]);
    return { value: (isInt ? i : b).multiply(a, c), labels };
  }
  const [count, height, depth, width] = [batch, rows, inner, columns].map((one) => sizeOf(lengths(one)));
  const arithmetic = isInt ? i : m;
  const a = whole(p, [...batch, ...rows, ...inner]);
  const c = whole(q, [...batch, ...inner, ...columns]);
  const value =
    batch.length === 0
      ? arithmetic.dense(reshape(a, [height, depth]), reshape(c, [depth, width]))
      : arithmetic.matmul(reshape(a, [count, height, depth]), reshape(c, [count, depth, width]));
  return { value: reshape(value, lengths(labels)), labels };
}

const shapeOf = ({ value, labels }: Term, wanted: readonly string[]): number[] => wanted.map((label) => value.shape[labels.indexOf(label)]);

/** Without '->': the letters that stand once, in the order of the alphabet, after what '...' stands for. */
function implied(terms: readonly Term[]): string[] {
  const all = terms.flatMap(({ labels }) => labels);
  const isLetter = (label: string) => /[a-zA-Z]/.test(label);
  const ellipsis = [...new Set(all.filter((label) => !isLetter(label)))].sort((p, q) => Number(q) - Number(p));
  return [...ellipsis, ...all.filter((label) => isLetter(label) && all.indexOf(label) === all.lastIndexOf(label)).sort()];
}

/** The operands, multiplied and summed as the subscripts say. */
export function einsumOf(text: string, values: readonly Value[]): Value {
  const [from, to] = text.split('->');
  const terms = termsOf(from.split(','), values);
  const count = Math.max(0, ...terms.map(({ labels }) => labels.filter((label) => /\d/.test(label)).length));
  const wanted = to === undefined ? implied(terms) : labelsOf(to, count);
  const odd = wanted.find((label, k) => wanted.indexOf(label) !== k || !terms.some(({ labels }) => labels.includes(label)));
  if (odd !== undefined) throw mismatch('einsum', `'${odd}' once behind '->' and before it too`, `'${text}'`, ADVICE);
  const plain = terms.map(withoutRepeats);
  let [result] = plain;
  for (let k = 1; k < plain.length; k++) {
    const later = plain.slice(k + 1);
    result = product(result, plain[k], (label) => wanted.includes(label) || later.some(({ labels }) => labels.includes(label)));
  }
  return toOrder(
    withoutUnneeded(result, (label) => wanted.includes(label)),
    wanted,
  );
}

/** How `einsum` is called. */
type Einsum = <A extends Operand>(subscripts: string, ...operands: readonly A[]) => OpResult<A>;

/**
 * Products summed along axes that share a letter: `ops.einsum('ij,jk->ik', a, b)` is the matrix product.
 *
 * Each operand has a group of letters, one for each axis; letters behind '->' are the axes of the result, all others are summed over.
 * A letter twice in a group is the diagonal, '...' the axes that are left. Without '->' the letters that stand once, in order.
 * @throws ValueError for subscripts that do not fit the operands.
 */
export const einsum: Einsum = /* @__PURE__ */ op(numpy, 'einsum', { subscripts, operands: rest }, ({ subscripts, operands }) =>
  einsumOf(
    subscripts,
    operands.map((x) => (x.dtype === 'bool' ? cast(x, 'int32') : x)),
  ),
);
