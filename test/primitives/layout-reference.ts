// Moving elements about, the plain way.
import { at, type Index, type Nd, nd } from './nd.ts';

export const reshaped = (x: Nd, shape: Index): Nd => ({ shape, data: x.data });

export function transposed(x: Nd, permutation: Index): Nd {
  return nd(
    permutation.map((axis) => x.shape[axis]),
    (index) => {
      const source = new Array<number>(index.length);
      for (const [i, axis] of permutation.entries()) source[axis] = index[i];
      return at(x, source);
    },
  );
}

export const block = (x: Nd, begin: Index, size: Index): Nd =>
  nd(size, (index) =>
    at(
      x,
      index.map((v, i) => v + begin[i]),
    ),
  );

export const placed = (x: Nd, shape: Index, begin: Index): Nd =>
  nd(shape, (index) => {
    const source = index.map((v, i) => v - begin[i]);
    return source.every((v, i) => v >= 0 && v < x.shape[i]) ? at(x, source) : 0;
  });

export function joined(parts: readonly Nd[], axis: number): Nd {
  const rank = parts[0].shape.length;
  const along = (axis + rank) % rank;
  const shape = parts[0].shape.map((dim, i) => (i === along ? parts.reduce((sum, part) => sum + part.shape[along], 0) : dim));
  return nd(shape, (index) => {
    let place = index[along];
    for (const part of parts) {
      if (place < part.shape[along])
        return at(
          part,
          index.map((v, i) => (i === along ? place : v)),
        );
      place -= part.shape[along];
    }
    return NaN;
  });
}
