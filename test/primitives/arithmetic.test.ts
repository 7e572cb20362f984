import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/graph/value.ts';
import * as ops from '../../src/primitives/arithmetic.ts';
import { add, multiply } from '../../src/primitives/binary.ts';
import { reshape } from '../../src/primitives/layout.ts';
import { sum } from '../../src/primitives/reduce.ts';
import { floor, sigmoid, square } from '../../src/primitives/unary.ts';
import { compute, expectSamples, floats } from './samples.ts';

const x = floats([5]);

describe('gradients', () => {
  expectSamples(ops, { gradientsOf: 'below', gradientsFrom: 'below' });

  it('of a scalar', () => {
    const [g] = compute([x], (v) => ops.gradientsOf(sum(square(v)), [v])[0] as Value);
    for (const [i, e] of g.data.entries()) expect(e).toBeCloseTo(2 * x.data[i], 5);
  });

  it('add up where a value is used more than once, through views too', () => {
    const [g] = compute([x], (v) => {
      const flat = reshape(v, [5, 1]);
      const y = add(multiply(flat, flat), reshape(multiply(v, v), [5, 1]));
      return ops.gradientsOf(sum(y), [v])[0] as Value;
    });
    for (const [i, e] of g.data.entries()) expect(e).toBeCloseTo(4 * x.data[i], 5);
  });

  it('are undefined for what the target does not depend on, and where nothing can be differentiated', () => {
    compute([x, x], (a, b) => {
      expect(ops.gradientsOf(sum(a), [b])).toEqual([undefined]);
      expect(ops.gradientsOf(sum(floor(a)), [a])).toEqual([undefined]);
      return a;
    });
  });

  it('by a value on the way and by its own source at once', () => {
    const [byY, byX] = compute([x], (v) => {
      const y = sigmoid(v);
      return ops.gradientsOf(sum(square(y)), [y, v]) as Value[];
    });
    for (const [i, e] of x.data.entries()) {
      const s = 1 / (1 + Math.exp(-e));
      expect(byY.data[i]).toBeCloseTo(2 * s, 5);
      expect(byX.data[i]).toBeCloseTo(2 * s * s * (1 - s), 5);
    }
  });

  it('of a target by itself are the seed, and several targets add up', () => {
    const [own, both] = compute([x], (v) => {
      const y = square(v);
      return [ops.gradientsFrom([y], [v], [y])[0], ops.gradientsFrom([y, y], [v, v], [v])[0]] as Value[];
    });
    expect([...own.data]).toEqual([...x.data]);
    for (const [i, e] of x.data.entries()) expect(both.data[i]).toBeCloseTo(4 * e * e, 5);
  });
});
