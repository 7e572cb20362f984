// The loop of the gradient of a function of one variable, made as that of the function in unary-loop.ts.
import * as rule from './gradient-rules';
import { partition } from './partition';
import { loadTail, storeTail } from './simd';

/** Byte offsets i to end, whole vectors and at least one. */
// @ts-ignore: decorator
@inline
function lightLoop(op: i32, x: usize, dy: usize, dx: usize, i: usize, end: usize, p: v128, q: v128, r: v128): void {
  do {
    v128.store(dx + i, rule.light(op, v128.load(x + i), v128.load(dy + i), p, q, r));
    i += 16;
  } while (i < end);
}

function loop(op: i32, x: usize, dy: usize, dx: usize, i: usize, end: usize, p: v128, q: v128, r: v128): void {
  switch (op) {
    case rule.SQUARE: lightLoop(rule.SQUARE, x, dy, dx, i, end, p, q, r); return;
    case rule.SQRT: lightLoop(rule.SQRT, x, dy, dx, i, end, p, q, r); return;
    case rule.RSQRT: lightLoop(rule.RSQRT, x, dy, dx, i, end, p, q, r); return;
    case rule.RECIPROCAL: lightLoop(rule.RECIPROCAL, x, dy, dx, i, end, p, q, r); return;
    case rule.ABSOLUTE: lightLoop(rule.ABSOLUTE, x, dy, dx, i, end, p, q, r); return;
    case rule.EXP: lightLoop(rule.EXP, x, dy, dx, i, end, p, q, r); return;
    case rule.EXPM1: lightLoop(rule.EXPM1, x, dy, dx, i, end, p, q, r); return;
    case rule.LOG: lightLoop(rule.LOG, x, dy, dx, i, end, p, q, r); return;
    case rule.LOG1P: lightLoop(rule.LOG1P, x, dy, dx, i, end, p, q, r); return;
    case rule.TANH: lightLoop(rule.TANH, x, dy, dx, i, end, p, q, r); return;
    case rule.SIGMOID: lightLoop(rule.SIGMOID, x, dy, dx, i, end, p, q, r); return;
    case rule.CLIP: lightLoop(rule.CLIP, x, dy, dx, i, end, p, q, r); return;
    case rule.SOFTSIGN: lightLoop(rule.SOFTSIGN, x, dy, dx, i, end, p, q, r); return;
    case rule.RELU: lightLoop(rule.RELU, x, dy, dx, i, end, p, q, r); return;
    case rule.HARD_SIGMOID: lightLoop(rule.HARD_SIGMOID, x, dy, dx, i, end, p, q, r); return;
    case rule.SELU: lightLoop(rule.SELU, x, dy, dx, i, end, p, q, r); return;
    case rule.ELU: lightLoop(rule.ELU, x, dy, dx, i, end, p, q, r); return;
    case rule.LEAKY_RELU: lightLoop(rule.LEAKY_RELU, x, dy, dx, i, end, p, q, r); return;
    case rule.RELU_GENERAL: lightLoop(rule.RELU_GENERAL, x, dy, dx, i, end, p, q, r); return;
    default:
      do {
        v128.store(dx + i, rule.apply(op, v128.load(x + i), v128.load(dy + i), p, q, r));
        i += 16;
      } while (i < end);
  }
}

/** dx[n] = dy[n] f'(x[n]) for f = `op`; p, q and r are its settings. Threads share whole cache lines. */
export function mapGradient(
  op: i32, x: usize, dy: usize, dx: usize, n: i32, p: f32, q: f32, r: f32, thread: i32, threads: i32,
): void {
  const i = partition(n, 16, thread, threads);
  const end = partition(n, 16, thread + 1, threads);
  const whole = end & ~3;
  const pv = f32x4.splat(p);
  const qv = f32x4.splat(q);
  const rv = f32x4.splat(r);
  if (i < whole) loop(op, x, dy, dx, <usize>i << 2, <usize>whole << 2, pv, qv, rv);
  if (i < end && whole < end) {
    const at = <usize>whole << 2;
    const left = end - whole;
    storeTail(dx + at, rule.apply(op, loadTail(x + at, left), loadTail(dy + at, left), pv, qv, rv), left);
  }
}
