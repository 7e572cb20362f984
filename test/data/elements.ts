// Sources of elements that make one wait, and what comes out of them.
import { expect } from 'vitest';
import { ValueError } from '../../src/common/errors.ts';

export const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), 0));

export async function* slow<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield await later(item);
}

export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

export async function failure(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    expect(error).toBeInstanceOf(ValueError);
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
