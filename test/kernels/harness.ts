// A sandbox for kernels: buffers with guard words, and `run`, which plays 1 to 7 threads one after another and demands the same
// bits of each. A sandbox ends when the next one begins, which takes over its memory: making one costs more than most tests.
import { instantiateSync } from '@assemblyscript/loader';
import { expect } from 'vitest';
import { core } from '../../src/kernels/generated/core.ts';
import { functions } from '../../src/kernels/generated/functions.ts';
import { integers } from '../../src/kernels/generated/integers.ts';
import type { Kernels } from '../../src/kernels/generated/kernels.ts';
import { layers } from '../../src/kernels/generated/layers.ts';
import type { KernelCall } from '../../src/kernels/kernel-call.ts';
import { libraryBytes } from '../../src/kernels/kernels.ts';

const modules = [core, functions, integers, layers].map((library) => new WebAssembly.Module(libraryBytes(library)));
const GUARD = 0x7fa5a5a5; // a NaN that nothing computes
const GUARD_BYTES = 32;
const FIRST_ADDRESS = 1 << 16;

const memory = new WebAssembly.Memory({ initial: 64 });
const kernels: Kernels = Object.assign({}, ...modules.map((module) => instantiateSync(module, { env: { memory } }).exports));
let newest: Sandbox | undefined;
/** End of what sandboxes have written. */
let used = FIRST_ADDRESS;

type Data = Float32Array | Int32Array | Uint32Array;

/** A buffer in the sandbox: its address, length and a fresh copy of its contents. */
export interface Buffer<T extends Data = Data> {
  readonly address: number;
  readonly length: number;
  read(): T;
}

export class Sandbox {
  readonly memory = memory;
  readonly kernels = kernels;
  private top = FIRST_ADDRESS;
  private readonly guards: number[] = [];

  constructor() {
    new Uint8Array(memory.buffer, FIRST_ADDRESS, used - FIRST_ADDRESS).fill(0);
    newest = this;
  }

  /** A buffer holding `values`, or `length` NaNs (an output). `offset` bytes (a multiple of 4) unalign it. */
  float32(values: ArrayLike<number> | number, offset = 0): Buffer<Float32Array> {
    const data = typeof values === 'number' ? new Float32Array(values).fill(NaN) : Float32Array.from(values);
    return this.place(data, offset, Float32Array);
  }

  int32(values: ArrayLike<number> | number, offset = 0): Buffer<Int32Array> {
    const data = typeof values === 'number' ? new Int32Array(values).fill(-0x5a5a5a5a) : Int32Array.from(values);
    return this.place(data, offset, Int32Array);
  }

  /** Runs one instruction (or several, a barrier after each) for 1 to 7 threads and checks bits and guards. */
  run(...calls: KernelCall[]): void {
    this.mustBeNewest();
    const before = new Uint8Array(this.memory.buffer, 0, this.top).slice();
    let first: Uint8Array | undefined;
    for (const threads of [2, 3, 4, 5, 6, 7, 1]) {
      new Uint8Array(this.memory.buffer).set(before);
      for (const [name, ...numbers] of calls) {
        const kernel = this.kernels[name] as (...n: number[]) => void;
        for (let thread = threads - 1; thread >= 0; thread--) kernel(...numbers, thread, threads);
      }
      this.checkGuards(`${calls[0][0]} on ${threads} threads`);
      const after = new Uint8Array(this.memory.buffer, 0, this.top);
      if (!first) first = after.slice();
      else {
        const at = firstDifference(first, after);
        expect(at, `${calls[0][0]}: ${threads} threads differ from 2 at byte ${at}`).toBe(-1);
      }
    }
  }

  private place<T extends Data>(data: T, offset: number, Type: new (b: ArrayBuffer, at: number, n: number) => T): Buffer<T> {
    this.mustBeNewest();
    const address = this.top + GUARD_BYTES + offset;
    const end = address + data.byteLength;
    const next = (end + GUARD_BYTES + 15) & ~15;
    const missing = next + 65536 - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / 65536));
    const words = new Uint32Array(this.memory.buffer, this.top, (next - this.top) / 4).fill(GUARD);
    for (let i = 0; i < words.length; i++) {
      const at = this.top + i * 4;
      if (at < address || at >= end) this.guards.push(at);
    }
    new Type(this.memory.buffer, address, data.length).set(data);
    this.top = next;
    used = Math.max(used, next);
    const read = () => {
      this.mustBeNewest();
      return new Type(this.memory.buffer.slice(address, end), 0, data.length);
    };
    return { address, length: data.length, read };
  }

  private mustBeNewest(): void {
    if (newest !== this) throw new Error('this sandbox ended when another began');
  }

  private checkGuards(what: string): void {
    const words = new Uint32Array(this.memory.buffer);
    for (const at of this.guards) {
      if (words[at / 4] !== GUARD) throw new Error(`${what} wrote outside its buffers, at address ${at}`);
    }
  }
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return Math.min(a.length, b.length);
  const [x, y] = [a, b].map((bytes) => new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2));
  for (let i = FIRST_ADDRESS / 4; i < x.length; i++) if (x[i] !== y[i]) return i * 4;
  return -1;
}

/** A small generator of test data; the same numbers in every engine. */
export function random(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

/** `n` floats between `low` and `high`. */
export function randoms(n: number, seed = 1, low = -1, high = 1): Float32Array {
  const next = random(seed);
  return Float32Array.from({ length: n }, () => low + (high - low) * next());
}

/** The distance of an f32 result from the exact value, in units of the last place of the exact value. */
export function ulps(actual: number, exact: number): number {
  if (Object.is(actual, exact) || (Number.isNaN(actual) && Number.isNaN(exact))) return 0;
  const rounded = Math.fround(exact);
  if (actual === rounded) return 0;
  if (!Number.isFinite(actual) || !Number.isFinite(rounded)) return Infinity;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(exact) || 2 ** -149)), -126);
  return Math.abs(actual - exact) / 2 ** (exponent - 23);
}

/** Fails with the worst index and both values when `actual` strays from `expected` by more than the tolerances. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative = 1e-5, absolute = 1e-6, name = 'values' } = {},
): void {
  expect(actual.length, `${name}: length`).toBe(expected.length);
  let worst = -1;
  let worstExcess = 0;
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(actual[i], expected[i]) || (Number.isNaN(actual[i]) && Number.isNaN(expected[i])) || actual[i] === expected[i]) continue;
    const excess = Math.abs(actual[i] - expected[i]) - (absolute + relative * Math.abs(expected[i]));
    if (!(excess <= 0) && !(excess < worstExcess)) [worst, worstExcess] = [i, excess];
  }
  if (worst >= 0)
    throw new Error(`${name}[${worst}]: got ${actual[worst]}, expected ${expected[worst]} (relative ${relative}, absolute ${absolute})`);
}
