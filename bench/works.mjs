// What is timed: lists of kernel calls, with the memory they need.

import { allocate, float32At, free, int32At } from '../build/modules/kernels/memory.js';
import { matmulCalls, matmulScratch } from '../build/modules/primitives/matmul-plan.js';
import { alphaOf } from './models/plain-parts.mjs';
import { ADAM } from './models/specs.mjs';
import * as peers from './peers/ops.mjs';
import { randoms } from './random.mjs';

/** @import { Call } from './kernels.mjs' */

/**
 * `results` are what a run leaves behind: all kernel sets must leave the same there, and they are put back before another
 * set runs. `flops`, else `bytes` read and written, say what a run does. `peer` makes the same for TensorFlow.js out of the
 * same data; what it leaves is compared with the first of `results`.
 *
 * @typedef {{
 *   group: string, name: string, flops?: number, bytes?: number, calls: readonly Call[], before?: () => void,
 *   results: readonly { address: number, length: number }[], peer?: (tf: any) => peers.Peer, release(): void,
 * }} Work
 */

/** Buffers that are released together. */
class Buffers {
  /** @type {number[]} */
  addresses = [];

  empty(/** @type {number} */ length) {
    const address = allocate(length * 4);
    this.addresses.push(address);
    float32At(address, length).fill(0);
    return address;
  }

  floats(/** @type {number} */ length, low = -1, high = 1) {
    const next = randoms(length);
    const address = this.empty(length);
    const view = float32At(address, length);
    for (let i = 0; i < length; i++) view[i] = low + (high - low) * next();
    return address;
  }

  ids(/** @type {number} */ length, /** @type {number} */ bound) {
    const next = randoms(length);
    const address = this.empty(length);
    const view = int32At(address, length);
    for (let i = 0; i < length; i++) view[i] = Math.floor(next() * bound);
    return address;
  }

  release = () => {
    for (const address of this.addresses) free(address);
    this.addresses = [];
  };
}

/** @returns {Work} */
export function matmul(/** @type {number} */ m, /** @type {number} */ k, /** @type {number} */ n, transposeA = false, transposeB = false) {
  const buffers = new Buffers();
  const shape = { batch: 1, m, k, n, strideA: 0, strideB: 0, transposeA, transposeB };
  const a = buffers.floats(m * k);
  const b = buffers.floats(k * n);
  const out = buffers.empty(m * n);
  const scratch = buffers.empty(matmulScratch(shape) / 4 + 1);
  return {
    group: 'matmul',
    name: `${m} x ${k} x ${n}, ${transposeA ? 'At' : 'A'} ${transposeB ? 'Bt' : 'B'}`,
    flops: 2 * m * k * n,
    calls: matmulCalls(shape, a, b, 0, out, scratch, 0),
    results: [{ address: out, length: m * n }],
    peer: (tf) => peers.matmul(tf, float32At(a, m * k), float32At(b, k * n), [m, k, n], transposeA, transposeB),
    release: buffers.release,
  };
}

/** @returns {Work} */
export function gather(/** @type {number} */ count, /** @type {number} */ vocabulary, /** @type {number} */ dim) {
  const buffers = new Buffers();
  const table = buffers.floats(vocabulary * dim);
  const ids = buffers.ids(count, vocabulary);
  const out = buffers.empty(count * dim);
  return {
    group: 'gather',
    name: `${count} rows of ${dim} from ${vocabulary}`,
    bytes: 4 * count * (2 * dim + 1),
    calls: [['gather', table, ids, out, count, dim]],
    results: [{ address: out, length: count * dim }],
    peer: (tf) => peers.gather(tf, float32At(table, vocabulary * dim), int32At(ids, count), dim),
    release: buffers.release,
  };
}

/** The gradient of a gather: ids sorted, then the rows of each distinct id added up. @returns {Work} */
export function accumulate(/** @type {number} */ count, /** @type {number} */ vocabulary, /** @type {number} */ dim) {
  const buffers = new Buffers();
  const ids = buffers.ids(count, vocabulary);
  const values = buffers.floats(count * dim);
  const rows = buffers.empty(count * dim);
  const [order, unique, start, distinct] = [count, count, count + 1, 1].map((length) => buffers.empty(length));
  const scratch = buffers.empty(4 * count + 2048);
  const found = new Set(int32At(ids, count)).size;
  return {
    group: 'accumulate',
    name: `${count} rows of ${dim} into ${vocabulary}`,
    // Ids are read, values read once, the sums written once.
    bytes: 4 * (count + count * dim + found * dim),
    calls: [
      ['sortIds', ids, order, unique, start, distinct, scratch, count, vocabulary, 1],
      ['sumRows', values, order, start, distinct, rows, dim],
    ],
    results: [{ address: rows, length: found * dim }],
    release: buffers.release,
  };
}

/** @returns {Work} */
export function adam(/** @type {number} */ n) {
  const buffers = new Buffers();
  const weight = buffers.floats(n);
  const gradient = buffers.floats(n, -0.1, 0.1);
  const m = buffers.empty(n);
  const v = buffers.empty(n);
  const settings = buffers.empty(5);
  // Those of a first step, as TensorFlow.js takes it too.
  const { beta1, beta2, epsilon } = ADAM;
  float32At(settings, 5).set([alphaOf(1), 0, 1 - beta1, 1 - beta2, epsilon]);
  return {
    group: 'adam',
    name: `${n} weights`,
    // Weight, gradient and two slots are read, all but the gradient written.
    bytes: 4 * n * 7,
    calls: [['adam', weight, gradient, m, v, 0, settings, n, 1, 0, 0]],
    results: [weight, m, v].map((address) => ({ address, length: n })),
    peer: (tf) => peers.adam(tf, float32At(weight, n), float32At(gradient, n)),
    release: buffers.release,
  };
}

/** @returns {Work} */
export function unary(/** @type {string} */ kernel, /** @type {number} */ n) {
  const buffers = new Buffers();
  const x = buffers.floats(n, -8, 8);
  const y = buffers.empty(n);
  return {
    group: kernel,
    name: `${n} numbers`,
    bytes: 8 * n,
    calls: [[kernel, x, y, n]],
    results: [{ address: y, length: n }],
    peer: (tf) => peers.unary(tf, kernel, float32At(x, n)),
    release: buffers.release,
  };
}

/**
 * Each work of the bench by its group, made when its turn comes: together they would take a gigabyte.
 *
 * @returns {{ group: string, make: () => Work }[]}
 */
export function works(small = false) {
  const sizes = small ? [16, 17] : [128, 256, 512, 1024];
  const forms = [false, true].flatMap((a) => [false, true].map((b) => [a, b]));
  const [rows, vocabulary, dim] = small ? [100, 50, 7] : [65_536, 100_000, 64];
  const narrow = [
    [32, 32, 1],
    [64, 16, 16],
    [10, 32, 1],
  ];
  return [
    ...sizes.flatMap((n) => forms.map(([a, b]) => ({ group: 'matmul', make: () => matmul(n, n, n, a, b) }))),
    ...narrow.map(([m, k, n]) => ({ group: 'matmul', make: () => matmul(m, k, n) })),
    { group: 'gather', make: () => gather(rows, vocabulary, dim) },
    { group: 'accumulate', make: () => accumulate(rows, vocabulary, dim) },
    ...(small ? [101] : [131_072, 10_000_000]).map((n) => ({ group: 'adam', make: () => adam(n) })),
    ...['exp', 'tanh', 'sigmoid'].map((kernel) => ({ group: kernel, make: () => unary(kernel, small ? 101 : 1_000_000) })),
  ];
}
