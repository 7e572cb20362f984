// Random numbers of TensorFlow's stateless generator: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as
// 1, 2, 3", 2011). A stream has no state: block j of four words is a function of the key and the counter j, so every thread
// computes its own part. `key` points to four u32: the two key words and the two upper words of the counter.
import { array, arrayOrNone, runsOn } from './check';
import { logFloat, sinFloat } from './gaussian';
import { partition } from './partition';
import { loadSome, storeSome } from './rows';
import { storeTail } from './simd';

const M0: u32 = 0xd2511f53;
const M1: u32 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;

/** Four uniform f32 in [0, 1) from four words: 23 bits become the mantissa of a number in [1, 2). */
// @ts-ignore: decorator
@inline
function unit(words: v128): v128 {
  const ones = i32x4.splat(0x3f800000);
  return f32x4.sub(v128.or(v128.and(words, i32x4.splat(0x7fffff)), ones), ones);
}

/** Four numbers x and their four words: dropout if `drop`, a uniform draw otherwise. */
// @ts-ignore: decorator
@inline
function draw(x: v128, words: v128, a: v128, b: v128, drop: bool): v128 {
  const u = unit(words);
  return drop ? v128.and(f32x4.mul(x, b), f32x4.ge(u, a)) : f32x4.add(f32x4.mul(u, b), a);
}

/** Writes the first `left` of four numbers, all of them if it is 4 or more and none if it is not positive. */
function finish(x: usize, y: usize, left: i32, words: v128, a: v128, b: v128, drop: bool): void {
  if (left > 0) storeSome(y, draw(drop ? loadSome(x, left) : words, words, a, b, drop), left);
}

/** Four blocks at a time, word w of each in the vector cw. */
function stream(x: usize, y: usize, n: i32, key: usize, a: f32, b: f32, drop: bool, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  arrayOrNone(x, n);
  array(y, n);
  array(key, 4);
  const end = partition(n, 16, thread + 1, threads);
  const av = f32x4.splat(a);
  const bv = f32x4.splat(b);
  const m0 = i32x4.splat(M0);
  const m1 = i32x4.splat(M1);
  const w0 = i32x4.splat(W0);
  const w1 = i32x4.splat(W1);
  for (let i = partition(n, 16, thread, threads); i < end; i += 16) {
    let k0 = v128.load32_splat(key);
    let k1 = v128.load32_splat(key, 4);
    let c0 = i32x4.add(i32x4.splat(i >> 2), i32x4(0, 1, 2, 3));
    let c1 = i32x4.splat(0);
    let c2 = v128.load32_splat(key, 8);
    let c3 = v128.load32_splat(key, 12);
    for (let round = 0; round < 10; round++) {
      const p = i64x2.extmul_low_i32x4_u(c0, m0);
      const q = i64x2.extmul_high_i32x4_u(c0, m0);
      const r = i64x2.extmul_low_i32x4_u(c2, m1);
      const s = i64x2.extmul_high_i32x4_u(c2, m1);
      c0 = v128.xor(v128.xor(v128.shuffle<u32>(r, s, 1, 3, 5, 7), c1), k0);
      c2 = v128.xor(v128.xor(v128.shuffle<u32>(p, q, 1, 3, 5, 7), c3), k1);
      c1 = v128.shuffle<u32>(r, s, 0, 2, 4, 6);
      c3 = v128.shuffle<u32>(p, q, 0, 2, 4, 6);
      k0 = i32x4.add(k0, w0);
      k1 = i32x4.add(k1, w1);
    }
    const low01 = v128.shuffle<u32>(c0, c1, 0, 4, 1, 5);
    const low23 = v128.shuffle<u32>(c2, c3, 0, 4, 1, 5);
    const high01 = v128.shuffle<u32>(c0, c1, 2, 6, 3, 7);
    const high23 = v128.shuffle<u32>(c2, c3, 2, 6, 3, 7);
    const words0 = v128.shuffle<u64>(low01, low23, 0, 2);
    const words1 = v128.shuffle<u64>(low01, low23, 1, 3);
    const words2 = v128.shuffle<u64>(high01, high23, 0, 2);
    const words3 = v128.shuffle<u64>(high01, high23, 1, 3);
    const from = x + (<usize>i << 2);
    const to = y + (<usize>i << 2);
    const left = end - i;
    if (left >= 16) {
      v128.store(to, draw(drop ? v128.load(from) : words0, words0, av, bv, drop));
      v128.store(to, draw(drop ? v128.load(from, 16) : words1, words1, av, bv, drop), 16);
      v128.store(to, draw(drop ? v128.load(from, 32) : words2, words2, av, bv, drop), 32);
      v128.store(to, draw(drop ? v128.load(from, 48) : words3, words3, av, bv, drop), 48);
    } else {
      finish(from, to, left, words0, av, bv, drop);
      finish(from + 16, to + 16, left - 4, words1, av, bv, drop);
      finish(from + 32, to + 32, left - 8, words2, av, bv, drop);
      finish(from + 48, to + 48, left - 12, words3, av, bv, drop);
    }
  }
}

/** y = x scale where the draw u of the element is at least `rate`, 0 elsewhere. x and y may be the same. */
export function dropout(x: usize, y: usize, n: i32, key: usize, rate: f32, scale: f32, thread: i32, threads: i32): void {
  stream(x, y, n, key, rate, scale, true, thread, threads);
}

/** y = u range + low */
export function randomUniform(y: usize, n: i32, key: usize, low: f32, range: f32, thread: i32, threads: i32): void {
  stream(0, y, n, key, low, range, false, thread, threads);
}

/** One block of the stream, as uniform numbers. */
function uniformBlock(key: usize, block: u64): v128 {
  let k0 = load<u32>(key);
  let k1 = load<u32>(key, 4);
  let c0 = <u32>block;
  let c1 = <u32>(block >> 32);
  let c2 = load<u32>(key, 8);
  let c3 = load<u32>(key, 12);
  for (let round = 0; round < 10; round++) {
    const p = <u64>M0 * <u64>c0;
    const q = <u64>M1 * <u64>c2;
    c0 = <u32>(q >> 32) ^ c1 ^ k0;
    c1 = <u32>q;
    c2 = <u32>(p >> 32) ^ c3 ^ k1;
    c3 = <u32>p;
    k0 += W0;
    k1 += W1;
  }
  return unit(v128.replace_lane<u32>(v128.replace_lane<u32>(v128.replace_lane<u32>(v128.splat<u32>(c0), 1, c1), 2, c2), 3, c3));
}

/** Two pairs of uniform numbers become two pairs of standard normal ones (Box and Muller 1958), sine first. */
function normalBlock(key: usize, block: u64): v128 {
  const u = uniformBlock(key, block);
  const r0 = f32x4.extract_lane(u, 0);
  const r1 = f32x4.extract_lane(u, 2);
  const tau: f64 = 6.283185307179586;
  const angle0 = <f32>(tau * <f64>f32x4.extract_lane(u, 1));
  const angle1 = <f32>(tau * <f64>f32x4.extract_lane(u, 3));
  const radius0 = sqrt<f32>(-2 * logFloat(max<f32>(r0, 1e-7)));
  const radius1 = sqrt<f32>(-2 * logFloat(max<f32>(r1, 1e-7)));
  let z = f32x4.splat(sinFloat(angle0, 0) * radius0);
  z = f32x4.replace_lane(z, 1, sinFloat(angle0, 1) * radius0);
  z = f32x4.replace_lane(z, 2, sinFloat(angle1, 0) * radius1);
  return f32x4.replace_lane(z, 3, sinFloat(angle1, 1) * radius1);
}

/** y = z stddev + mean, z standard normal. */
export function randomNormal(y: usize, n: i32, key: usize, mean: f32, stddev: f32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(y, n);
  array(key, 4);
  const end = partition(n, 4, thread + 1, threads);
  const mv = f32x4.splat(mean);
  const sv = f32x4.splat(stddev);
  for (let i = partition(n, 4, thread, threads); i < end; i += 4) {
    const v = f32x4.add(f32x4.mul(normalBlock(key, <u64>(i >> 2)), sv), mv);
    if (i + 4 <= end) v128.store(y + (<usize>i << 2), v);
    else storeTail(y + (<usize>i << 2), v, end - i);
  }
}

/** y = z stddev + mean, z standard normal without the values beyond 2. Each four outputs have a stream of their own. */
export function randomTruncatedNormal(y: usize, n: i32, key: usize, mean: f32, stddev: f32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(y, n);
  array(key, 4);
  const end = partition(n, 4, thread + 1, threads);
  for (let i = partition(n, 4, thread, threads); i < end; i += 4) {
    let block = <u64>i << 6;
    const last = y + (<usize>min(i + 4, end) << 2);
    let to = y + (<usize>i << 2);
    while (to < last) {
      const z = normalBlock(key, block++);
      let kept = v128.bitmask<i32>(f32x4.lt(f32x4.abs(z), f32x4.splat(2)));
      let v = f32x4.add(f32x4.mul(z, f32x4.splat(stddev)), f32x4.splat(mean));
      for (; kept && to < last; kept >>= 1) {
        if (kept & 1) {
          store<f32>(to, f32x4.extract_lane(v, 0));
          to += 4;
        }
        v = v128.shuffle<u32>(v, v, 1, 2, 3, 0);
      }
    }
  }
}
