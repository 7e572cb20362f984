// Arrays and objects of tensors that a model was given, one inside the other, and Keras's order in them.
import { mismatch } from '../common/errors.ts';
import { isPlain } from '../common/options.ts';
import type { Symbols } from '../layers/base/layer.ts';
import { isSymbolic, type SymbolicTensor } from '../layers/base/symbolic.ts';

/** A tensor in a structure. */
export interface Leaf {
  /** The keys that lead to it, and the places of arrays in arrays, joined by '/'. */
  readonly path: string | undefined;
  /** Whether an array stands between the last key and the tensor. */
  readonly isListed: boolean;
  readonly tensor: SymbolicTensor;
}

/** The keys in Keras's order, which is that of their letters, whatever the order in which they were written. */
const keysOf = (structure: object): string[] => Object.keys(structure).sort();

/** The tensors in Keras's order: arrays as they are, objects by their sorted keys. What is no tensor is given too. */
export function leavesOf(structure: Symbols, path?: string, isListed = false): Leaf[] {
  const under = (key: string): string => (path === undefined ? key : `${path}/${key}`);
  if (Array.isArray(structure)) {
    const isPart = (item: Symbols) => Array.isArray(item) || isPlain(item);
    return structure.flatMap((item, i) => leavesOf(item, isPart(item) ? under(String(i)) : path, true));
  }
  if (!isPlain(structure)) return [{ path, isListed, tensor: structure as SymbolicTensor }];
  const members = structure as Readonly<Record<string, Symbols>>;
  return keysOf(members).flatMap((key) => leavesOf(members[key], under(key)));
}

/** What stands in `data` where the structure has its tensors, in Keras's order; nothing where data are built otherwise. */
export function flatten(data: unknown, structure: Symbols): unknown[] | undefined {
  if (isSymbolic(structure)) return [data];
  const [members, passed] = [structure as Readonly<Record<string, Symbols>>, data as Readonly<Record<string, unknown>>];
  const fits = Array.isArray(structure)
    ? Array.isArray(data) && data.length === structure.length
    : isPlain(data) && Object.keys(data).length === Object.keys(members).length && Object.keys(members).every((key) => key in data);
  if (!fits) return undefined;
  const parts = (Array.isArray(structure) ? Object.keys(members) : keysOf(members)).map((key) => flatten(passed[key], members[key]));
  return parts.some((part) => part === undefined) ? undefined : (parts as unknown[][]).flat();
}

/** Puts what stands in Keras's order where the structure has its tensors. */
export function unflatten<T>(flat: readonly T[], structure: Symbols): unknown {
  let next = 0;
  const build = (part: Symbols): unknown => {
    if (isSymbolic(part)) return flat[next++];
    if (Array.isArray(part)) return part.map(build);
    const members = part as Readonly<Record<string, Symbols>>;
    return Object.fromEntries(keysOf(members).map((key) => [key, build(members[key])]));
  };
  return build(structure);
}

/** Refuses an array for objects whose order as written is not Keras's: each of the two would be a guess. */
export function checkOrder(owner: string, data: unknown, structure: Symbols | undefined, what: string): void {
  if (!Array.isArray(data) || !structure || !isReordered(structure)) return;
  const advice = 'Keras takes names in sorted order, which is not the order in which the model was given them.';
  throw mismatch(owner, `an object with the names of the ${what}`, 'an array', advice);
}

/** Whether the structure holds arrays or objects. */
export const isNested = (structure: Symbols): boolean => !isSymbolic(structure) && !Object.values(structure).every(isSymbolic);

/** Whether objects in the structure were written in another order than Keras's, so that an array for them can be meant in two ways. */
export function isReordered(structure: Symbols): boolean {
  if (isSymbolic(structure)) return false;
  const members = structure as Readonly<Record<string, Symbols>>;
  const isSorted = Array.isArray(structure) || Object.keys(members).every((key, i) => key === keysOf(members)[i]);
  return !isSorted || Object.values(members).some(isReordered);
}
