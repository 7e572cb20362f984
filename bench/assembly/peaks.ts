// What the machine can do at most, on one core: multiplications and additions between registers, and copying.

/**
 * `turns` times 24 vector operations: twelve chains of a multiplication and an addition, enough to have both units busy while
 * a chain waits for itself, and few enough for 16 registers. Every chain converges, so that no number overflows.
 */
export function multiplyAdd(turns: i32): f32 {
  // No constants to the compiler, or V8 would load them anew in each turn (assembly/exponential-loops.ts).
  const zero = i32x4.splat(turns >> 31);
  const a = v128.or(f32x4.splat(0.5), zero);
  const b = v128.or(f32x4.splat(1), zero);
  let c0 = f32x4.splat(0), c1 = f32x4.splat(1), c2 = f32x4.splat(2), c3 = f32x4.splat(3);
  let c4 = f32x4.splat(4), c5 = f32x4.splat(5), c6 = f32x4.splat(6), c7 = f32x4.splat(7);
  let c8 = f32x4.splat(8), c9 = f32x4.splat(9), c10 = f32x4.splat(10), c11 = f32x4.splat(11);
  do {
    c0 = f32x4.add(f32x4.mul(c0, a), b);
    c1 = f32x4.add(f32x4.mul(c1, a), b);
    c2 = f32x4.add(f32x4.mul(c2, a), b);
    c3 = f32x4.add(f32x4.mul(c3, a), b);
    c4 = f32x4.add(f32x4.mul(c4, a), b);
    c5 = f32x4.add(f32x4.mul(c5, a), b);
    c6 = f32x4.add(f32x4.mul(c6, a), b);
    c7 = f32x4.add(f32x4.mul(c7, a), b);
    c8 = f32x4.add(f32x4.mul(c8, a), b);
    c9 = f32x4.add(f32x4.mul(c9, a), b);
    c10 = f32x4.add(f32x4.mul(c10, a), b);
    c11 = f32x4.add(f32x4.mul(c11, a), b);
  } while (--turns > 0);
  c0 = f32x4.add(f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3)), f32x4.add(f32x4.add(c4, c5), f32x4.add(c6, c7)));
  c0 = f32x4.add(c0, f32x4.add(f32x4.add(c8, c9), f32x4.add(c10, c11)));
  return f32x4.extract_lane(c0, 0);
}

/** to[0..bytes] = from[0..bytes], bytes being a positive multiple of 64. */
export function copy(from: usize, to: usize, bytes: i32): void {
  const end = from + <usize>bytes;
  do {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
    from += 64;
    to += 64;
  } while (from < end);
}
