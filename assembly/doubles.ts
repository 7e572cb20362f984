// Vectors of doubles in work buffers.

/** Element i of an array of doubles. */
// @ts-ignore: decorator
@inline
export function get(base: usize, i: i32): f64 {
  return load<f64>(base + (<usize>i << 3));
}

// @ts-ignore: decorator
@inline
export function put(base: usize, i: i32, value: f64): void {
  store<f64>(base + (<usize>i << 3), value);
}

/** The sum of the products of n pairs. */
export function dot(a: usize, b: usize, n: i32): f64 {
  let p = f64x2.splat(0), q = f64x2.splat(0);
  let i = 0;
  for (; i <= n - 4; i += 4, a += 32, b += 32) {
    p = f64x2.add(p, f64x2.mul(v128.load(a), v128.load(b)));
    q = f64x2.add(q, f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
  }
  p = f64x2.add(p, q);
  let sum = f64x2.extract_lane(p, 0) + f64x2.extract_lane(p, 1);
  for (; i < n; i++, a += 8, b += 8) sum += load<f64>(a) * load<f64>(b);
  return sum;
}

/** Two vectors, turned against each other. */
export function rotate(a: usize, b: usize, n: i32, c: f64, s: f64): void {
  const cosine = f64x2.splat(c), sine = f64x2.splat(s);
  let i = 0;
  for (; i <= n - 2; i += 2, a += 16, b += 16) {
    const p = v128.load(a), q = v128.load(b);
    v128.store(a, f64x2.sub(f64x2.mul(cosine, p), f64x2.mul(sine, q)));
    v128.store(b, f64x2.add(f64x2.mul(sine, p), f64x2.mul(cosine, q)));
  }
  if (i == n) return;
  const p = load<f64>(a), q = load<f64>(b);
  store<f64>(a, c * p - s * q);
  store<f64>(b, s * p + c * q);
}
