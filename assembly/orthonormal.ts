// Orthonormal columns: Q of a matrix A = Q R of full rank, as A R^-1 where R is the Cholesky factor of A^T A. In f64 that is as good
// as reflections for f32 results, and it is made of products. Columns lie in panels of four, so that products read them in order.
import { array, runsOn } from './check';

/** Bytes of a row of a panel. */
const ROW: usize = 32;
/** Rows behind a panel that keep panels from falling on the same cache lines. */
const GAP: i32 = 2;
/** What is left of a column's square, as a part of it, below which its direction has to be made more exact. */
const WEAK: f64 = 1e-8;

/** v - four numbers at `x` times the four rows of four at `r`: the low or, 16 bytes further, the high pairs of both. */
// @ts-ignore: decorator
@inline
function subtractRow(v: v128, x: usize, r: usize): v128 {
  v = f64x2.sub(v, f64x2.mul(v128.load64_splat(x), v128.load(r)));
  v = f64x2.sub(v, f64x2.mul(v128.load64_splat(x + 8), v128.load(r + ROW)));
  v = f64x2.sub(v, f64x2.mul(v128.load64_splat(x + 16), v128.load(r + 2 * ROW)));
  return f64x2.sub(v, f64x2.mul(v128.load64_splat(x + 24), v128.load(r + 3 * ROW)));
}

/** gram[p's columns, q's columns] of two panels of m rows. */
function gramTile(p: usize, q: usize, gram: usize, m: i32): void {
  let a0 = f64x2.splat(0), a1 = f64x2.splat(0), b0 = f64x2.splat(0), b1 = f64x2.splat(0);
  let c0 = f64x2.splat(0), c1 = f64x2.splat(0), d0 = f64x2.splat(0), d1 = f64x2.splat(0);
  for (let i = 0; i < m; i++, p += ROW, q += ROW) {
    const low = v128.load(q), high = v128.load(q + 16);
    let x = v128.load64_splat(p);
    a0 = f64x2.add(a0, f64x2.mul(x, low));
    a1 = f64x2.add(a1, f64x2.mul(x, high));
    x = v128.load64_splat(p + 8);
    b0 = f64x2.add(b0, f64x2.mul(x, low));
    b1 = f64x2.add(b1, f64x2.mul(x, high));
    x = v128.load64_splat(p + 16);
    c0 = f64x2.add(c0, f64x2.mul(x, low));
    c1 = f64x2.add(c1, f64x2.mul(x, high));
    x = v128.load64_splat(p + 24);
    d0 = f64x2.add(d0, f64x2.mul(x, low));
    d1 = f64x2.add(d1, f64x2.mul(x, high));
  }
  v128.store(gram, a0);
  v128.store(gram, a1, 16);
  v128.store(gram + ROW, b0);
  v128.store(gram + ROW, b1, 16);
  v128.store(gram + 2 * ROW, c0);
  v128.store(gram + 2 * ROW, c1, 16);
  v128.store(gram + 3 * ROW, d0);
  v128.store(gram + 3 * ROW, d1, 16);
}

/** Puts R, above and on the diagonal, in the place of R^T R. Gives whether a column depends almost on those before it. */
function cholesky(gram: usize, panel: usize, n: i32): bool {
  let isWeak = false;
  for (let k = 0; k < n; k++) {
    const first = gram + <usize>(k >> 2) * panel;
    const diagonal = first + <usize>k * ROW + (<usize>(k & 3) << 3);
    const whole = load<f64>(diagonal);
    for (let q = k >> 2; q < n >> 2; q++) {
      const base = gram + <usize>q * panel;
      const at = base + <usize>k * ROW;
      let low = v128.load(at), high = v128.load(at + 16);
      for (let i = 0; i < k; i++) {
        const x = v128.load64_splat(first + <usize>i * ROW + (<usize>(k & 3) << 3));
        const row = base + <usize>i * ROW;
        low = f64x2.sub(low, f64x2.mul(x, v128.load(row)));
        high = f64x2.sub(high, f64x2.mul(x, v128.load(row + 16)));
      }
      v128.store(at, low);
      v128.store(at, high, 16);
    }
    let rest = load<f64>(diagonal);
    if (!(rest > WEAK * whole)) isWeak = true;
    // Dependent columns have no direction of their own: rounding gives them one.
    if (!(rest > 1e-30 * whole)) rest = whole > 0 ? 1e-30 * whole : 1;
    const scale = f64x2.splat(1 / sqrt<f64>(rest));
    for (let q = k >> 2; q < n >> 2; q++) {
      const at = gram + <usize>q * panel + <usize>k * ROW;
      v128.store(at, f64x2.mul(v128.load(at), scale));
      v128.store(at, f64x2.mul(v128.load(at + 16), scale), 16);
    }
    store<f64>(diagonal, sqrt<f64>(rest));
  }
  return isWeak;
}

/** One row of A becomes one of A R^-1, panel by panel. */
function solveRow(row: usize, panel: usize, gram: usize, gramPanel: usize, panels: i32): void {
  for (let q = 0; q < panels; q++) {
    const at = row + <usize>q * panel;
    let r = gram + <usize>q * gramPanel;
    let low = v128.load(at), high = v128.load(at + 16);
    let x = row;
    for (let p = 0; p < q; p++, x += panel, r += 4 * ROW) {
      low = subtractRow(low, x, r);
      high = subtractRow(high, x, r + 16);
    }
    // The triangle on the diagonal.
    const x0 = f64x2.extract_lane(low, 0) / load<f64>(r);
    const x1 = (f64x2.extract_lane(low, 1) - x0 * load<f64>(r + 8)) / load<f64>(r + ROW + 8);
    const x2 = (f64x2.extract_lane(high, 0) - x0 * load<f64>(r + 16) - x1 * load<f64>(r + ROW + 16)) / load<f64>(r + 2 * ROW + 16);
    const x3 =
      (f64x2.extract_lane(high, 1) - x0 * load<f64>(r + 24) - x1 * load<f64>(r + ROW + 24) - x2 * load<f64>(r + 2 * ROW + 24)) /
      load<f64>(r + 3 * ROW + 24);
    store<f64>(at, x0);
    store<f64>(at + 8, x1);
    store<f64>(at + 16, x2);
    store<f64>(at + 24, x3);
  }
}

/** The panels of A become those of Q. Gives whether they should go through it once more. */
function pass(work: usize, panel: usize, gram: usize, gramPanel: usize, m: i32, n4: i32, n: i32): bool {
  const panels = n4 >> 2;
  for (let q = 0; q < panels; q++) {
    for (let p = 0; p <= q; p++)
      gramTile(work + <usize>p * panel, work + <usize>q * panel, gram + <usize>q * gramPanel + <usize>(p << 2) * ROW, m);
  }
  // Columns that only fill up the last panel are 0, and stay so.
  for (let k = n; k < n4; k++) store<f64>(gram + <usize>(k >> 2) * gramPanel + <usize>k * ROW + (<usize>(k & 3) << 3), 1);
  const isWeak = cholesky(gram, gramPanel, n4);
  for (let i = 0; i < m; i++) solveRow(work + <usize>i * ROW, panel, gram, gramPanel, panels);
  return isWeak;
}

/**
 * a = Q of a [m, n], n <= m, with a positive diagonal of R. `work` has room for (m + n4 + 4) * n4 doubles, where n4 is n rounded up to a
 * multiple of four. One thread does it all: layers are built where no other has work.
 */
export function orthonormalize(a: usize, work: usize, m: i32, n: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(a, m, n);
  const n4 = (n + 3) & ~3;
  array(work, m + n4 + 2 * GAP, n4, 2);
  if (thread != 0) return;
  const panel = <usize>(m + GAP) * ROW;
  const gramPanel = <usize>(n4 + GAP) * ROW;
  const gram = work + <usize>(n4 >> 2) * panel;
  for (let j = 0; j < n4; j++) {
    const column = work + <usize>(j >> 2) * panel + (<usize>(j & 3) << 3);
    for (let i = 0; i < m; i++) store<f64>(column + <usize>i * ROW, j < n ? <f64>load<f32>(a + (<usize>(i * n + j) << 2)) : 0);
  }
  if (pass(work, panel, gram, gramPanel, m, n4, n)) pass(work, panel, gram, gramPanel, m, n4, n);
  for (let j = 0; j < n; j++) {
    const column = work + <usize>(j >> 2) * panel + (<usize>(j & 3) << 3);
    for (let i = 0; i < m; i++) store<f32>(a + (<usize>(i * n + j) << 2), <f32>load<f64>(column + <usize>i * ROW));
  }
}
