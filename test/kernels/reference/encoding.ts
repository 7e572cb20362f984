// The naive form of assembly/encoding.ts.
type Numbers = ArrayLike<number>;

export const bucketize = (x: Numbers, boundaries: Numbers): number[] =>
  Array.from(x, (v) => Array.from(boundaries).filter((bound) => !(v < bound)).length);

export function encodeIds(ids: Numbers, rows: number, length: number, tokens: number, counts: boolean): number[] {
  const y = Array<number>(rows * tokens).fill(0);
  for (let i = 0; i < rows * length; i++) {
    const id = ids[i];
    if (id < 0 || id >= tokens) continue;
    const at = Math.floor(i / length) * tokens + id;
    y[at] = counts ? y[at] + 1 : 1;
  }
  return y;
}
