// Penalties on the size of weights.
import { nonNegative } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { onOperands } from '../ops/dispatch.ts';
import { asFloat } from '../ops/dtypes.ts';
import type { Operand, OpResult } from '../ops/operand.ts';
import { add } from '../primitives/binary.ts';
import { fill } from '../primitives/layout.ts';
import { sum } from '../primitives/reduce.ts';
import { absolute, affine, square } from '../primitives/unary.ts';
import { Regularizer } from './regularizer.ts';

/** The penalty on operands of any kind. */
const sizePenalty = <A extends Operand>(owner: string, x: A, l1: number, l2: number): OpResult<A> =>
  onOperands(owner, { x }, ({ x: given }: { x: Value }) => {
    const value = asFloat(given);
    const terms: Value[] = [];
    if (l1 !== 0) terms.push(affine(sum(absolute(value)), l1, 0));
    if (l2 !== 0) terms.push(affine(sum(square(value)), l2, 0));
    return terms.length === 0 ? fill([], 0) : terms.reduce(add);
  });

const l1Options = {
  /** The factor, 0.01 by default. */
  l1: [nonNegative, 0.01],
} as const satisfies Options;

/** Options of {@link L1}. */
export interface L1Options extends OptionsOf<typeof l1Options> {}

export interface L1 extends ValuesOf<typeof l1Options> {}

/**
 * l1 times the sum of the absolute values: `new layers.Dense(4, { kernelRegularizer: new regularizers.L1(0.01) })`.
 *
 * `l1` is at least 0 and 0.01 by default; anything else is a ValueError. `new L1({ l1: 0.01 })` is the same.
 */
export class L1 extends Regularizer {
  static override readonly spec: Spec = { keras: 'keras.regularizers.L1', positional: ['l1'], options: l1Options };

  constructor(l1OrOptions?: number | L1Options) {
    super(l1OrOptions);
  }

  call<A extends Operand>(x: A): OpResult<A> {
    return sizePenalty(this.className, x, this.l1, 0);
  }
}

const l2Options = {
  /** The factor, 0.01 by default. */
  l2: [nonNegative, 0.01],
} as const satisfies Options;

/** Options of {@link L2}. */
export interface L2Options extends OptionsOf<typeof l2Options> {}

export interface L2 extends ValuesOf<typeof l2Options> {}

/**
 * l2 times the sum of squares: `new layers.Dense(4, { kernelRegularizer: new regularizers.L2(0.01) })`.
 *
 * `l2` is at least 0 and 0.01 by default; anything else is a ValueError. `new L2({ l2: 0.01 })` is the same.
 */
export class L2 extends Regularizer {
  static override readonly spec: Spec = { keras: 'keras.regularizers.L2', positional: ['l2'], options: l2Options };

  constructor(l2OrOptions?: number | L2Options) {
    super(l2OrOptions);
  }

  call<A extends Operand>(x: A): OpResult<A> {
    return sizePenalty(this.className, x, 0, this.l2);
  }
}

const l1l2Options = {
  /** Factor of the sum of absolute values, 0 by default. */
  l1: [nonNegative, 0],
  /** Factor of the sum of squares, 0 by default. */
  l2: [nonNegative, 0],
} as const satisfies Options;

/** Options of {@link L1L2}. */
export interface L1L2Options extends OptionsOf<typeof l1l2Options> {}

export interface L1L2 extends ValuesOf<typeof l1l2Options> {}

/**
 * Both {@link L1} and {@link L2}: `new regularizers.L1L2({ l1: 0.01, l2: 0.001 })`, or `new regularizers.L1L2(0.01, 0.001)`.
 *
 * Both factors are at least 0 and 0 by default; anything else is a ValueError.
 */
export class L1L2 extends Regularizer {
  static override readonly spec: Spec = { keras: 'keras.regularizers.L1L2', positional: ['l1', 'l2'], options: l1l2Options };

  constructor(l1OrOptions?: number | L1L2Options, second?: number) {
    super(l1OrOptions, second);
  }

  call<A extends Operand>(x: A): OpResult<A> {
    return sizePenalty(this.className, x, this.l1, this.l2);
  }
}
