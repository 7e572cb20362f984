// Options of paddedBatch, one set per component.
import { mismatch } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import { type Join, type PaddedShape, pad } from './stack.ts';

/** A value for all components, or one for each in the structure of the elements. */
export type PerComponent<V> = V | readonly (PerComponent<V> | null)[] | { readonly [name: string]: PerComponent<V> | null };

const isLength = (item: unknown): boolean => item === null || (Number.isSafeInteger(item) && (item as number) >= 0);
const isShape = (value: unknown): value is PaddedShape => Array.isArray(value) && value.every(isLength);
const isValue = (value: unknown): value is number => typeof value === 'number';

/** The join of a paddedBatch with these options. */
export function padJoin(
  owner: string,
  shapes: PerComponent<PaddedShape> | undefined | null,
  values: PerComponent<number> | undefined | null,
): Join {
  return (where, rows, place) => {
    const shape = find(owner, 'paddedShapes', shapes, place, isShape, 'a shape such as [null] or [20]');
    const value = find(owner, 'paddingValues', values, place, isValue, 'a number');
    return pad(where, rows, shape, value ?? 0);
  };
}

/** The option of the component at `place`; undefined when there is none. */
function find<V>(
  owner: string,
  name: string,
  structure: unknown,
  place: readonly (string | number)[],
  is: (value: unknown) => value is V,
  what: string,
): V | undefined {
  let value = structure;
  for (const key of place) {
    const forAll = is(value) && !(Array.isArray(value) && value.length === 0);
    if (forAll || typeof value !== 'object' || value === null) break;
    value = (value as Record<string | number, unknown>)[key];
  }
  if (value === undefined || value === null) return undefined;
  if (is(value)) return value;
  throw mismatch(
    owner,
    `${name} to be ${what}, or one for each component`,
    `${describe(value)}${place.length ? ` for component ${place.join('.')}` : ''}`,
    'Write it in the structure of the elements: [[null], []] for elements [ids, label].',
  );
}
