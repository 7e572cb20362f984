import { vi } from 'vitest';

/** Runs it and gives the most bytes that one `new Uint8Array(size)` asked for meanwhile. */
export async function largestAllocation(run: () => Promise<void>): Promise<number> {
  let largest = 0;
  const counting: typeof Uint8Array = new Proxy(Uint8Array, {
    construct(target, args, made): object {
      if (typeof args[0] === 'number') largest = Math.max(largest, args[0]);
      return Reflect.construct(target, args, made === counting ? target : made);
    },
  });
  vi.stubGlobal('Uint8Array', counting);
  try {
    await run();
  } finally {
    vi.unstubAllGlobals();
  }
  return largest;
}
