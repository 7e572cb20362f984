// Arrays of any rank in f64, the plain way: what the ops are held against.

export interface Nd {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export type Index = readonly number[];

export const sizeOf = (shape: Index): number => shape.reduce((a, b) => a * b, 1);

/** The index of each element, row-major. */
export function indices(shape: Index): number[][] {
  return Array.from({ length: sizeOf(shape) }, (_, flat) => {
    const index = new Array<number>(shape.length);
    for (let i = shape.length - 1, rest = flat; i >= 0; i--) {
      index[i] = rest % shape[i];
      rest = Math.floor(rest / shape[i]);
    }
    return index;
  });
}

export const nd = (shape: Index, f: (index: number[]) => number): Nd => ({ shape, data: Float64Array.from(indices(shape), f) });

/** The element at `index`; an index that is too long loses its first axes, an axis of 1 repeats. */
export function at({ shape, data }: Nd, index: Index): number {
  let flat = 0;
  const missing = index.length - shape.length;
  for (const [i, dim] of shape.entries()) flat = flat * dim + (dim === 1 ? 0 : index[i + missing]);
  return data[flat];
}

export const map = (x: Nd, f: (v: number) => number): Nd => ({ shape: x.shape, data: x.data.map(f) });

export function broadcast(...shapes: Index[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, i) => {
    const dims = shapes.map((shape) => shape[shape.length - rank + i] ?? 1);
    return dims.find((dim) => dim !== 1) ?? 1;
  });
}

/** f of the elements that meet under NumPy's broadcasting. */
export const zip = (operands: readonly Nd[], f: (...v: number[]) => number): Nd =>
  nd(broadcast(...operands.map((operand) => operand.shape)), (index) => f(...operands.map((operand) => at(operand, index))));

/** f of the elements along `axes`. */
export function reduce(x: Nd, axes: Index | undefined, keepdims: boolean, f: (v: number[]) => number): Nd {
  const rank = x.shape.length;
  const reduced = new Set((axes ?? x.shape.map((_, i) => i)).map((axis) => (axis + rank) % rank));
  const kept = x.shape.map((dim, i) => (reduced.has(i) ? 1 : dim));
  const groups = Array.from({ length: sizeOf(kept) }, (): number[] => []);
  for (const [flat, index] of indices(x.shape).entries()) {
    groups[index.reduce((group, v, i) => group * kept[i] + (reduced.has(i) ? 0 : v), 0)].push(x.data[flat]);
  }
  const data = Float64Array.from(groups, f);
  return { shape: keepdims ? kept : x.shape.filter((_, i) => !reduced.has(i)), data };
}

export const total = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
