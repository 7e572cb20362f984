// Arrays of numbers are compared by `toEqual` key by key, which takes longer than most kernels. This tells that two are the same in a
// hundredth of the time; of others it says nothing, so that `toEqual` decides, and prints what differs.

type Numbers = ArrayLike<number> & { readonly BYTES_PER_ELEMENT?: number };

const isNumbers = (x: unknown): x is Numbers => Array.isArray(x) || (ArrayBuffer.isView(x) && !(x instanceof DataView));

export function sameNumbers(a: unknown, b: unknown): true | undefined {
  if (!isNumbers(a) || !isNumbers(b) || a.constructor !== b.constructor || a.length !== b.length) return undefined;
  for (let i = 0; i < a.length; i++) if (typeof a[i] !== 'number' || !Object.is(a[i], b[i])) return undefined;
  return true;
}
