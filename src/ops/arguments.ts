// Arguments of ops that may be left out: in their order, or by name in an object.
import { checkBoolean, checkOptions } from '../common/options.ts';
import type { Axis } from './operand.ts';

const isOptions = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** An argument given as itself or as `{ [key]: ... }`. */
export function argument<T>(
  owner: string,
  given: T | Readonly<Record<string, T | undefined>> | undefined | null,
  key: string,
  fallback: T,
): T {
  if (!isOptions(given)) return (given ?? fallback) as T;
  checkOptions(owner, given, [key]);
  return (given[key] ?? fallback) as T;
}

/** Along which axes, and whether they stay as axes of length 1. */
export interface ReduceOptions {
  /** One axis or several, negative ones counted from the end. Default null: all. */
  axis?: Axis;
  /** Whether reduced axes stay with length 1. Default false. */
  keepdims?: boolean;
}

/** The option by position or by name. */
export type KeepDims = boolean | { readonly keepdims?: boolean };

export interface Reduction {
  readonly axis: Axis;
  readonly keepdims: boolean;
}

/** `(x, axis, keepdims)`, `(x, axis, { keepdims })` and `(x, { axis, keepdims })`. */
export function reduction(owner: string, axis: Axis | ReduceOptions | undefined, keepdims: KeepDims | undefined): Reduction {
  if (!isOptions(axis)) {
    const keeps = argument<boolean>(owner, keepdims, 'keepdims', false);
    return { axis: (axis as Axis | undefined) ?? null, keepdims: checkBoolean(owner, 'keepdims', keeps) };
  }
  checkOptions(owner, axis, ['axis', 'keepdims']);
  const { axis: along, keepdims: keeps } = axis as ReduceOptions;
  return { axis: along ?? null, keepdims: checkBoolean(owner, 'keepdims', keeps ?? false) };
}
