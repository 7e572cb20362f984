import { afterEach, describe, expect, it, vi } from 'vitest';
import { Variable } from '../../src/graph/variable.ts';
import { backendInfo, layers, ops, Sequential, setThreads, tensor, ValueError } from '../../src/index.ts';
import { memory } from '../../src/kernels/memory.ts';
import { finished } from '../../src/threads/pool.ts';
import { hooks } from '../../src/threads/thread-manager.ts';
import { digest } from '../helpers/digest.ts';
import { largeModel, untilThreads } from './large-model.ts';

/** Digest of the large model after 5 steps, and of what it predicts, in every engine. */
const TRAINED = '2bd9cb48';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** The first tests start no worker: the memory that they see is not shared yet. */
describe('one thread', () => {
  it('is enough for small models', async () => {
    const spawn = vi.spyOn(hooks, 'spawn');
    setThreads(4);
    const model = new Sequential([new layers.Embedding(50, 8, { inputLength: 4 }), new layers.Flatten(), new layers.Dense(1)]);
    model.compile({ optimizer: 'adam', loss: 'mse' });
    await model.fit([[1, 2, 3, 4]], [1], { epochs: 200, verbose: 0 });
    model.predict([[1, 2, 3, 4]]);
    expect(spawn).not.toHaveBeenCalled();
    expect(backendInfo()).toMatchObject({ threads: 1, shared: false, simd: true, reason: 'no plan was large enough yet' });
  });

  it('is what a page that is not isolated has', async () => {
    vi.stubGlobal('crossOriginIsolated', false);
    setThreads(2);
    await largeModel().step();
    expect(backendInfo()).toMatchObject({ threads: 1, shared: false });
    expect(backendInfo().reason).toMatch(/not cross-origin isolated.*Cross-Origin-Opener-Policy: same-origin/);
  });

  it('is what a host without SharedArrayBuffer has', async () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    setThreads(2);
    await largeModel().step();
    expect(backendInfo()).toMatchObject({ threads: 1, shared: false, reason: 'this host has no SharedArrayBuffer' });
  });

  it('is what setThreads(1) asks for', async () => {
    setThreads(1);
    await largeModel().step();
    expect(backendInfo()).toMatchObject({ threads: 1, shared: false, reason: 'setThreads(1) was called' });
  });

  it('goes on where the host refuses a worker', async () => {
    const model = largeModel();
    setThreads(1);
    const expected = await model.step();
    model.restart();
    const spawn = vi.spyOn(hooks, 'spawn').mockImplementation(() => {
      throw new Error('no permission');
    });
    setThreads(3);
    expect(await model.step()).toBe(expected);
    expect(await model.step()).toBeLessThan(expected);
    expect(spawn).toHaveBeenCalledTimes(1);
    expect(backendInfo()).toMatchObject({
      threads: 1,
      shared: true,
      reason: 'this host refused workers or shared memory: no permission',
    });
  });
});

describe('threads', () => {
  it('leave the same bits, whatever their number', async () => {
    const model = largeModel();
    const train = async () => {
      const losses: number[] = [];
      for (let i = 0; i < 5; i++) losses.push(await model.step());
      return [...losses, digest([...model.weights(), model.predict()])];
    };
    setThreads(1);
    const expected = await train();
    expect(expected.at(-1)).toBe(TRAINED);
    for (const threads of [2, 3, 4, 7]) {
      model.restart();
      setThreads(threads);
      await model.step();
      await untilThreads(threads);
      model.restart();
      const before = finished.chunks;
      expect(await train(), `${threads} threads`).toEqual(expected);
      for (let i = 0; i < 500 && finished.chunks === before; i++) await model.step();
      expect(finished.chunks).toBeGreaterThan(before);
      expect(backendInfo()).toMatchObject({ threads, shared: true, reason: `setThreads(${threads}) was called` });
    }
  });

  it('see memory that was added after they started', async () => {
    const n = 384;
    const values = (k: number) =>
      tensor(
        Float32Array.from({ length: n * n }, (_, i) => ((i * k) % 1013) / 1013 - 0.5),
        [n, n],
      );
    const [a, b] = [values(7), values(13)];
    setThreads(1);
    const expected = digest([ops.matmul(a, b)]);
    setThreads(3);
    ops.matmul(a, b);
    await untilThreads(3);
    // Each stays, so that the next model lies behind the end of what the workers knew.
    const kept: Variable[] = [];
    for (let i = 0; i < 3; i++) {
      const bytes = memory.buffer.byteLength;
      kept.push(new Variable('kept', [bytes / 4]));
      expect(memory.buffer.byteLength).toBeGreaterThan(bytes);
      const model = largeModel({ words: 20_000 + 10_000 * i, lstm: false });
      setThreads(1);
      const loss = await model.step();
      const trained = digest(model.weights());
      model.restart();
      setThreads(3);
      await model.step();
      await untilThreads(3);
      model.restart();
      const before = finished.chunks;
      expect(await model.step()).toBe(loss);
      expect(digest(model.weights())).toBe(trained);
      expect(digest([ops.matmul(a, b)])).toBe(expected);
      for (let k = 0; k < 500 && finished.chunks === before; k++) await model.step();
      expect(finished.chunks).toBeGreaterThan(before);
    }
    expect(kept).toHaveLength(3);
  });
});

describe('setThreads', () => {
  it.each([0, -1, 2.5, Number.NaN, Infinity, '2', 2n, null, undefined])('refuses %s', (threads) => {
    setThreads(1);
    const refused = () => setThreads(threads as number);
    expect(refused).toThrow(ValueError);
    expect(refused).toThrow(/^setThreads: expected threads to be a positive integer, got .+\. Pass a whole number such as 10\.$/);
    expect(backendInfo().reason).toBe('setThreads(1) was called');
  });

  it('refuses more than 128', () => {
    setThreads(1);
    expect(() => setThreads(129)).toThrow('setThreads: expected at most 128 threads, got 129.');
    expect(() => setThreads(2, { worker: true } as never)).toThrow('setThreads: expected worker to be an address, got true.');
    expect(() => setThreads(2, { file: 'worker.js' } as never)).toThrow("setThreads: expected an option it has, got 'file'.");
    expect(backendInfo().reason).toBe('setThreads(1) was called');
  });
});
