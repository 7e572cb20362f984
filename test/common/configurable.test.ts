import { describe, expect, test } from 'vitest';
import { Configurable } from '../../src/common/configurable.ts';
import { choice, nonNegative, optional } from '../../src/common/option-types.ts';
import type { Options, Spec, ValuesOf } from '../../src/common/spec.ts';
import * as initializers from '../../src/initializers/index.ts';
import * as optimizers from '../../src/optimizers/index.ts';

const options = {
  length: [nonNegative],
  force: [optional(nonNegative), 2],
  end: [choice('free', 'fixed'), 'free'],
} as const satisfies Options;

// biome-ignore lint/correctness/noUnusedVariables: the class of the same name has it
interface Spring extends ValuesOf<typeof options> {}

class Spring extends Configurable {
  static override readonly spec: Spec = { positional: ['length', 'force', 'end'], options };

  get isFree(): boolean {
    return this.end === 'free';
  }
}

describe('options from a table', () => {
  test('by position, by name, and back', () => {
    const expected = { length: 3, force: 2, end: 'fixed' };
    for (const args of [
      [3, 2, 'fixed'],
      [3, undefined, 'fixed'],
      [3, { end: 'fixed' }],
      [{ length: 3, end: 'fixed' }, undefined],
    ]) {
      const spring = new Spring(...args);
      expect(spring.getConfig()).toEqual(expected);
      expect(new Spring(spring.getConfig())).toEqual(spring);
    }
    expect(new Spring(1, null).force).toBeNull();
    expect(new Spring(1).isFree).toBe(true);
  });

  test.each<[string, () => unknown, string]>([
    ['missing', () => new Spring(), 'Spring: expected length to be a number of at least 0, got undefined'],
    ['twice', () => new Spring(1, { length: 2 }), 'Spring: expected length once, got it as an argument and as an option'],
    ['too many', () => new Spring(1, 2, 'free', 4), 'Spring: expected at most 3 arguments before the options, got 4. Pass 4 by its name'],
    ['unknown', () => new Spring(1, { froce: 2 }), "Spring: expected an option it has, got 'froce'. Did you mean force?"],
    ['no null', () => new Spring(1, { end: null }), "Spring: expected end to be 'free' or 'fixed', got null"],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name: 'ValueError' }));
  });

  test('a class of the user is known by its own name and fields', () => {
    class Named extends initializers.Initializer {
      readonly label = 'mine';
      override get className(): string {
        return this.label.toUpperCase();
      }
      call(): Float32Array {
        return new Float32Array(1);
      }
    }
    expect(initializers.serialize(new Named())).toEqual({ className: 'MINE', config: {} });
  });

  test('AdamW decays unless told not to', () => {
    expect(new optimizers.AdamW().getConfig().weightDecay).toBe(0.004);
    expect(new optimizers.AdamW({ weightDecay: null }).getConfig().weightDecay).toBeNull();
  });
});
