// Every unary kernel and its gradient against the naive reference, and the reference against finite differences.
import { describe, expect, it } from 'vitest';
import type { KernelCall } from '../../src/kernels/kernel-call.ts';
import { expectClose, randoms, Sandbox } from './harness.ts';
import type { DerivativeName, ForwardName } from './reference/unary.ts';
import { derivative, forward, geluTanhArgument } from './reference/unary.ts';

const SIZES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 1000];
const SPECIAL = [0, -0, NaN, Infinity, -Infinity, 1e-40, -1e-40, 1e-30, 3e38, -3e38];

const settingsOf: Partial<Record<ForwardName, number[][]>> = {
  elu: [[1], [0.5], [0]],
  leakyRelu: [[0.25], [0], [1.5]],
  clip: [
    [-1.5, 0.75],
    [-Infinity, Infinity],
  ],
  affine: [[1.7, -0.3].map(Math.fround)],
  reluGeneral: [
    [0.25, 2, 0.5],
    [0, Infinity, 0],
    [0.5, 6, -1],
  ],
};
const names = Object.keys(forward) as ForwardName[];
const derivativeNames = Object.keys(derivative) as DerivativeName[];
const settings = (name: ForwardName) => settingsOf[name] ?? [[]];
const f = (name: ForwardName, x: number, s: number[]) => (forward[name] as (x: number, ...s: number[]) => number)(x, ...s);
const df = (name: DerivativeName, v: number, s: number[]) => (derivative[name].f as (x: number, ...s: number[]) => number)(v, ...s);
const call = (...numbers: unknown[]) => numbers as unknown as KernelCall;

/** Where the function is defined and smooth enough to be tried. */
function domain(name: ForwardName): [low: number, high: number] {
  if (name === 'sqrt' || name === 'rsqrt' || name === 'log') return [0.01, 9];
  return name === 'log1p' ? [-0.99, 9] : [-9, 9];
}

function run(name: ForwardName, x: ArrayLike<number>, s: number[], box = new Sandbox()): Float32Array {
  const from = box.float32(x);
  const to = box.float32(x.length);
  box.run(call(name, from.address, to.address, x.length, ...s));
  return to.read();
}

describe.each(names)('%s', (name) => {
  it('agrees with the reference at odd sizes, in place too, on any number of threads', () => {
    for (const s of settings(name)) {
      const box = new Sandbox();
      for (const n of SIZES) {
        const x = randoms(n, n + 1, ...domain(name));
        const y = run(name, x, s, box);
        expectClose(
          y,
          Array.from(x, (v) => f(name, v, s)),
          { relative: 1.5e-6, absolute: 2e-7, name },
        );
        const buffer = box.float32(x, 4);
        box.run(call(name, buffer.address, buffer.address, n, ...s));
        expect(buffer.read()).toEqual(y);
      }
    }
  });

  it('does as the reference with NaN, infinities, signed zeros and denormals', () => {
    for (const s of settings(name)) {
      const y = run(name, SPECIAL, s);
      const expected = SPECIAL.map((v) => Math.fround(f(name, Math.fround(v), s)));
      // The reference multiplies -Infinity by 0 and has NaN, as TensorFlow and the other activations here; gelu reaches its limit.
      if (name === 'gelu') expected[4] = 0;
      expectClose(y, expected, { relative: 1e-6, absolute: 1e-37, name });
    }
  });
});

describe.each(derivativeNames)('%sGradient', (name) => {
  const { source } = derivative[name];

  it('agrees with the reference at odd sizes, in place too, on any number of threads', () => {
    for (const s of settings(name)) {
      const box = new Sandbox();
      for (const n of SIZES) {
        const x = randoms(n, n + 1, ...domain(name));
        const v = source === 'x' ? x : x.map((t) => f(name, t, s));
        const dy = randoms(n, n + 2);
        const [from, up, to] = [box.float32(v), box.float32(dy, 4), box.float32(n, 8)];
        box.run(call(`${name}Gradient`, from.address, up.address, to.address, n, ...s));
        const dx = to.read();
        expectClose(
          dx,
          Array.from(dy, (d, i) => d * df(name, v[i], s)),
          { relative: 1.5e-6, absolute: 5e-7, name },
        );
        for (const target of [from, up]) {
          const buffers = [box.float32(v), box.float32(dy, 4)];
          const at = target === from ? buffers[0] : buffers[1];
          box.run(call(`${name}Gradient`, buffers[0].address, buffers[1].address, at.address, n, ...s));
          expect(at.read()).toEqual(dx);
        }
      }
    }
  });

  it('is the slope of the function, by central differences', () => {
    for (const s of settings(name)) {
      const kinks = [0, 3, -3, ...s];
      for (const x of randoms(300, 5, ...domain(name))) {
        if (kinks.some((k) => Math.abs(x - k) < 1e-3)) continue;
        const h = 1e-5 * Math.max(1e-2, Math.min(1, Math.abs(x)));
        const slope = (f(name, x + h, s) - f(name, x - h, s)) / (2 * h);
        const stated = df(name, source === 'x' ? x : f(name, x, s), s);
        expect(Math.abs(stated - slope), `${name} at ${x}: ${stated}, difference ${slope}`).toBeLessThan(1e-6 * (1 + Math.abs(slope)));
      }
    }
  });
});

describe('signed zeros', () => {
  it.each(['sqrt', 'expm1', 'log1p', 'tanh', 'erf', 'softsign', 'floor'] as const)('%s keeps the sign of 0', (name) => {
    expect(Object.is(run(name, [0, 0], [])[0], 0)).toBe(true);
    expect(Object.is(run(name, [-0, 0], [])[0], -0)).toBe(true);
  });

  it('the reciprocal of -0 is -Infinity', () => {
    expect([...run('reciprocal', [0, -0], [])]).toEqual([Infinity, -Infinity]);
  });
});

describe('at the kinks', () => {
  const one = (name: DerivativeName, v: number[], ...s: number[]) => {
    const box = new Sandbox();
    const [from, up, to] = [box.float32(v), box.float32(v.map(() => 1)), box.float32(v.length)];
    box.run(call(`${name}Gradient`, from.address, up.address, to.address, v.length, ...s));
    return [...to.read()];
  };

  it('gradients take the side Keras takes', () => {
    expect(one('relu', [0, -0, 1e-40])).toEqual([0, 0, 1]);
    expect(one('absolute', [0, -0, 2, -2])).toEqual([0, 0, 1, -1]);
    expect(one('hardSigmoid', [0, 1, 0.5])).toEqual([0, 0, Math.fround(1 / 6)]);
    expect(one('leakyRelu', [0, 1], 0.25)).toEqual([0.25, 1]);
    expect(one('elu', [0, 1], 0.5)).toEqual([0.5, 1]);
    expect(one('selu', [0, 1])).toEqual([1, 1].map(() => Math.fround(1.0507009873554805)));
    expect(one('clip', [-1, -0.5, 0.5, 0.75], -0.5, 0.5)).toEqual([0, 1, 1, 0]);
    expect(one('reluGeneral', [0.25, 0.5, 1, 2], 0.25, 2, 0.5)).toEqual([0.25, 1, 1, 0]);
  });

  it('far out gradients are flat, not NaN', () => {
    for (const name of ['gelu', 'geluTanh', 'silu', 'mish', 'softplus'] as const) {
      expect(one(name, [-3e38, -1e20, -200, 200, 1e20, 3e38]), name).toEqual([0, 0, 0, 1, 1, 1].map((v) => expect.closeTo(v, 12)));
    }
  });
});

describe('dense sweeps of composed activations', () => {
  it.each(['gelu', 'geluTanh', 'silu', 'mish', 'selu', 'softsign', 'logSigmoid'] as const)('%s', (name) => {
    const n = 60_000;
    const x = new Float32Array(n);
    // Fine around 0 and coarse outside, down to where gelu leaves the normal range.
    for (let i = 0; i < n; i++) x[i] = 12.5 * ((2 * i) / n - 1) ** 3;
    const box = new Sandbox();
    const [from, to] = [box.float32(x), box.float32(n)];
    box.kernels[name](from.address, to.address, n, 0, 1);
    const y = to.read();
    let worst = 0;
    for (let i = 0; i < n; i++) {
      const exact = f(name, x[i], []);
      if (Math.abs(exact) < 2 ** -126) continue;
      // A rounding error in the argument of sigmoid grows with the argument.
      const allowed = name === 'geluTanh' ? 6e-7 + 3e-7 * Math.abs(geluTanhArgument(x[i])) : 1e-6;
      if (name === 'geluTanh' && x[i] < -10) continue; // flushed to 0
      worst = Math.max(worst, Math.abs(y[i] - exact) / Math.abs(exact) / allowed);
    }
    expect(worst).toBeLessThan(1);
  });
});
