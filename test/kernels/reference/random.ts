// Random kernels as a plain program: Philox on BigInt, Box and Muller with the engine's Math.
const MASK = 0xffffffffn;

/** One block of Philox4x32-10 for the 128-bit counter. */
export function philox(counter: bigint, key0: number, key1: number): number[] {
  let c = [0n, 32n, 64n, 96n].map((shift) => (counter >> shift) & MASK);
  let [k0, k1] = [BigInt(key0), BigInt(key1)];
  for (let round = 0; round < 10; round++) {
    const p = 0xd2511f53n * c[0];
    const q = 0xcd9e8d57n * c[2];
    c = [(q >> 32n) ^ c[1] ^ k0, q & MASK, (p >> 32n) ^ c[3] ^ k1, p & MASK];
    k0 = (k0 + 0x9e3779b9n) & MASK;
    k1 = (k1 + 0xbb67ae85n) & MASK;
  }
  return c.map(Number);
}

function block(key: ArrayLike<number>, index: number): number[] {
  const counter = ((BigInt(key[3]) << 96n) + (BigInt(key[2]) << 64n) + BigInt(index)) & ((1n << 128n) - 1n);
  return philox(counter, key[0], key[1]).map((word) => (word & 0x7fffff) / 0x800000);
}

export function uniforms(n: number, key: ArrayLike<number>): number[] {
  const u: number[] = [];
  for (let j = 0; u.length < n; j++) u.push(...block(key, j));
  return u.slice(0, n);
}

export const randomUniform = (n: number, key: ArrayLike<number>, low: number, range: number): number[] =>
  uniforms(n, key).map((u) => Math.fround(Math.fround(u * range) + low));

export const dropout = (x: ArrayLike<number>, key: ArrayLike<number>, rate: number, scale: number): number[] =>
  uniforms(x.length, key).map((u, i) => (u >= rate ? Math.fround(x[i] * scale) : 0));

function normals(u: readonly number[]): number[] {
  const z: number[] = [];
  for (let i = 0; i < u.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(Math.max(u[i], 1e-7)));
    z.push(Math.sin(2 * Math.PI * u[i + 1]) * radius, Math.cos(2 * Math.PI * u[i + 1]) * radius);
  }
  return z;
}

export const randomNormal = (n: number, key: ArrayLike<number>, mean: number, stddev: number): number[] =>
  normals(uniforms(n + 3, key).slice(0, (n + 1) & ~1))
    .slice(0, n)
    .map((z) => z * stddev + mean);

export function randomTruncatedNormal(n: number, key: ArrayLike<number>, mean: number, stddev: number): number[] {
  const values: number[] = [];
  for (let group = 0; values.length < n; group++) {
    const kept: number[] = [];
    for (let j = group * 256; kept.length < 4; j++) kept.push(...normals(block(key, j)).filter((z) => Math.abs(z) < 2));
    values.push(...kept.slice(0, 4));
  }
  return values.slice(0, n).map((z) => z * stddev + mean);
}
