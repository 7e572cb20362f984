import { describe, expect, it } from 'vitest';
import { core } from '../../src/kernels/generated/core.ts';
import { layers } from '../../src/kernels/generated/layers.ts';
import { libraryBytes } from '../../src/kernels/kernels.ts';
import { declareShared, sharedMemory } from '../../src/threads/shared-memory.ts';

const own = () => new WebAssembly.Memory({ initial: 16 });
const instance = (bytes: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory, more = {}) =>
  new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory, ...more } });

const text = (s: string): number[] => [s.length, ...[...s].map((c) => c.charCodeAt(0))];
/** A module that imports a function f: () -> () and then a memory with the limits given. */
function module(...limits: number[]): Uint8Array<ArrayBuffer> {
  const imports = [2, ...text('env'), ...text('f'), 0, 0, ...text('env'), ...text('memory'), 2, ...limits];
  return Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, imports.length, ...imports]);
}

describe('declareShared', () => {
  it.each([
    ['core', core],
    ['layers', layers],
  ])('makes the library %s one over shared memory, with the same kernels', (_, library) => {
    const bytes = libraryBytes(library);
    const shared = declareShared(bytes);
    expect(() => instance(bytes, sharedMemory(16))).toThrow(WebAssembly.LinkError);
    expect(() => instance(shared, own())).toThrow(WebAssembly.LinkError);
    const names = (module: Uint8Array<ArrayBuffer>) => WebAssembly.Module.exports(new WebAssembly.Module(module)).map(({ name }) => name);
    expect(names(shared)).toEqual(names(bytes));
    expect(Object.keys(instance(shared, sharedMemory(16)).exports)).toEqual(names(bytes));
  });

  it.each([
    ['no maximum', [0, 3]],
    ['a maximum', [1, 3, 200, 1]],
    ['a maximum, shared', [3, 3, 200, 1]],
  ])('finds the memory behind other imports: %s', (_, limits) => {
    const f = () => undefined;
    expect(() => instance(declareShared(module(...limits)), sharedMemory(3), { f })).not.toThrow();
    expect(() => instance(declareShared(module(...limits)), sharedMemory(2), { f })).toThrow(WebAssembly.LinkError);
  });

  it('says when a module imports none', () => {
    expect(() => declareShared(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))).toThrow('the kernels import no memory');
  });
});

describe('sharedMemory', () => {
  it('grows', () => {
    const memory = sharedMemory(1);
    expect(memory.buffer).toBeInstanceOf(SharedArrayBuffer);
    memory.grow(4096);
    expect(memory.buffer.byteLength).toBe(4097 * 65536);
  });
});
