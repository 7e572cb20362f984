import { describe, expect, it } from 'vitest';
import { Sandbox } from './harness.ts';

describe('fill', () => {
  it.each([0, 1, 2, 3, 4, 5, 7, 8, 31, 1000])('writes %i values and nothing else', (n) => {
    const box = new Sandbox();
    const y = box.float32(n);
    box.run(['fill', y.address, n, 2.5]);
    expect([...y.read()]).toEqual(Array(n).fill(2.5));
  });
});
