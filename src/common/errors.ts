/**
 * What a wrong argument, shape or option throws: its message says what was expected, what came and what to do.
 *
 * ```ts
 * try { padSequences([]); } catch (error) { if (error instanceof ValueError) console.log(error.message); }
 * ```
 */
export class ValueError extends Error {
  static {
    // on the prototype, so that the first line of the stack carries the name too
    Object.defineProperty(ValueError.prototype, 'name', { value: 'ValueError', configurable: true, writable: true });
  }
}
