// The number of elements of a dataset, where it is known before iterating.

/** Infinity without end, undefined when unknown. */
export type Count = () => number | undefined;

export const unknown: Count = () => undefined;

/** The number that `change` makes of a known one. */
export const changed =
  (count: Count, change: (n: number) => number): Count =>
  () => {
    const n = count();
    return n === undefined ? undefined : change(n);
  };

/** Of all one after the other. */
export const total =
  (counts: readonly Count[]): Count =>
  () =>
    counts.reduce<number | undefined>((sum, count) => add(sum, count()), 0);

const add = (a: number | undefined, b: number | undefined): number | undefined =>
  a === Infinity || b === Infinity ? Infinity : a === undefined || b === undefined ? undefined : a + b;

/** Of all side by side. */
export const shortest =
  (counts: readonly Count[]): Count =>
  () => {
    const known = counts.map((count) => count());
    return known.includes(undefined) ? undefined : Math.min(...(known as number[]));
  };

/** Of one dataset `times` times. */
export const times =
  (count: Count, times: number): Count =>
  () => {
    const n = count();
    return n === 0 || times === 0 ? 0 : times === Infinity ? Infinity : n === undefined ? undefined : n * times;
  };
