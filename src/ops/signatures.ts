// Types of the public functions, those that several of them share. Settings go in their order, or by name in an object.
import type { Axis } from './axes.ts';
import type { Operand, OpResult } from './operand.ts';

/** A setting as it is, or by its name. */
export type Setting<K extends string, T> = T | Readonly<Partial<Record<K, T>>>;

/** Of one operand. */
export type Unary = <A extends Operand>(x: A) => OpResult<A>;

/** Of two operands. */
export type Binary = <A extends Operand, B extends Operand>(x1: A, x2: B) => OpResult<A | B>;

/** Of one operand and one setting that may be left out. */
export type UnaryWith<K extends string, T> = <A extends Operand>(x: A, setting?: Setting<K, T>) => OpResult<A>;

/** Along which axes, and whether they stay as axes of length 1. */
export interface ReduceOptions {
  /** One axis or several, negative ones counted from the end. Default null: all. */
  axis?: Axis;
  /** Whether reduced axes stay with length 1. Default false. */
  keepdims?: boolean;
}

/** Of one operand over axes. */
export type Reduction = <A extends Operand>(x: A, axis?: Axis | ReduceOptions, keepdims?: Setting<'keepdims', boolean>) => OpResult<A>;
