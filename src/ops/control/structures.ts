// What functions of functions take and give: a tensor, or arrays and objects of tensors, one inside the other.
import { mismatch } from '../../common/errors.ts';
import { describe, isPlain } from '../../common/options.ts';
import { shapeText } from '../../graph/shape.ts';
import { isTracing } from '../../graph/trace.ts';
import { Variable } from '../../graph/variable.ts';
import { Tensor, type TensorLike, toTensor } from '../../tensor/index.ts';
import { contentsOf } from '../constant.ts';
import { isInner, isSymbolic, type Operand } from '../operand.ts';

/** A tensor, or arrays and objects of such. */
export type Structure = Operand | null | readonly Structure[] | { readonly [name: string]: Structure };

/** What comes out where S went in: a Tensor for a number. */
export type Given<S> = S extends number | boolean
  ? Tensor
  : S extends readonly number[]
    ? Tensor
    : S extends readonly unknown[]
      ? { [K in keyof S]: Given<S[K]> }
      : S;

/** Whether an array is numbers alone, which are a tensor. */
const isNumbers = (value: unknown): boolean =>
  Array.isArray(value) ? value.every(isNumbers) : typeof value === 'number' || typeof value === 'boolean';

const isNode = (value: unknown): value is object =>
  Array.isArray(value) ? !isNumbers(value) : isPlain(value) && !('shape' in value && 'data' in value);

/** The structure with each tensor changed. */
export function mapLeaves(structure: unknown, change: (leaf: unknown) => unknown): unknown {
  if (structure === null || structure === undefined) return null;
  if (!isNode(structure)) return change(structure);
  if (Array.isArray(structure)) return structure.map((item) => mapLeaves(item, change));
  return Object.fromEntries(Object.entries(structure).map(([name, item]) => [name, mapLeaves(item, change)]));
}

/** Its tensors in their order. */
export function leavesOf(structure: unknown): unknown[] {
  const leaves: unknown[] = [];
  mapLeaves(structure, (leaf) => leaves.push(leaf));
  return leaves;
}

/** Two structures, of which the second has to be built like the first, leaf by leaf. */
export function zipLeaves(owner: string, first: unknown, second: unknown, join: (a: unknown, b: unknown) => unknown): unknown {
  const others = leavesOf(second);
  const names = (structure: unknown): string => JSON.stringify(mapLeaves(structure, () => 0)) ?? 'null';
  if (names(first) !== names(second)) {
    throw mismatch(
      owner,
      'the same structure from all functions',
      `${describe(first)} and ${describe(second)}`,
      'Give tensors in the same places.',
    );
  }
  return mapLeaves(first, (leaf) => join(leaf, others.shift()));
}

/** Whether a tensor is part of a graph: its numbers are not known yet. */
export const isDrawn = (leaf: unknown): boolean => isSymbolic(leaf) || (isInner(leaf) && isTracing());

/** Data as a Tensor; what is drawn stays. */
export const settled = (owner: string, leaf: unknown): Operand =>
  isDrawn(leaf) ? (leaf as Operand) : leaf instanceof Variable ? contentsOf(leaf) : toTensor(owner, leaf as TensorLike);

/** The one number of a condition or place; undefined where it is not known yet. */
export function numberOf(owner: string, what: string, value: unknown): number | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  if (isDrawn(value)) return undefined;
  if (value === null || value === undefined)
    throw mismatch(owner, what, describe(value), 'Give a number, a truth value or a tensor of one.');
  const tensor = settled(owner, value) as Tensor;
  if (tensor instanceof Tensor && tensor.size === 1) return tensor.data[0];
  throw mismatch(owner, `${what} of one element`, `shape ${shapeText(tensor.shape)}`, 'Reduce it, for example by ops.any.');
}

/** Refuses what is no function. */
export function checkFunction(owner: string, name: string, value: unknown): void {
  if (typeof value !== 'function')
    throw mismatch(owner, `${name} to be a function`, describe(value), 'Write it like (x) => ops.square(x).');
}
