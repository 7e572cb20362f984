/**
 * What a wrong argument, shape or option throws: its message says what was expected, what came and what to do.
 *
 * ```ts
 * try { padSequences([]); } catch (error) { if (error instanceof ValueError) console.log(error.message); }
 * ```
 * The pieces of the message are there one by one, where it has them: `owner` (the layer or function that complains),
 * `expected`, `got` and `advice`; the message is `owner: expected ..., got .... advice`.
 */
export class ValueError extends Error {
  declare readonly owner: string | undefined;
  declare readonly expected: string | undefined;
  declare readonly got: string | undefined;
  declare readonly advice: string | undefined;

  static {
    // on the prototype, so that the first line of the stack carries the name too
    Object.defineProperty(ValueError.prototype, 'name', { value: 'ValueError', configurable: true, writable: true });
  }
}

/** A ValueError made of its pieces. */
export function mismatch(owner: string, expected: string, got: string | number, advice?: string, options?: ErrorOptions): ValueError {
  const error = new ValueError(`${owner}: expected ${expected}, got ${got}.${advice ? ` ${advice}` : ''}`, options);
  // Not enumerable: consoles would print them below the message that says the same.
  for (const [name, value] of Object.entries({ owner, expected, got: `${got}`, advice })) Object.defineProperty(error, name, { value });
  return error;
}
