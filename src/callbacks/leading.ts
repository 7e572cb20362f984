// Reads a constructor's first option by position.
import { checkOptions, isPlain } from '../common/options.ts';

/** The options of a call `(first, options)` or `({ [name]: first, ...options })`, as one object. */
export function leading<T extends object>(owner: string, name: keyof T & string, first: unknown, options: unknown): T {
  if (isPlain(first)) return first as T;
  checkOptions(owner, options, Object.keys(Object(options)));
  return { ...(options as T), [name]: first };
}
