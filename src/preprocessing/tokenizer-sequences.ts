// Validates sequences of ids.
import { describe } from '../common/describe.ts';
import { mismatch } from '../common/errors.ts';

const isList = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as Iterable<unknown>)[Symbol.iterator] === 'function';

/** Each sequence, once it is known to be one; a ValueError for what is no list of lists. */
export function* checkSequences(owner: string, sequences: unknown): Generator<Iterable<number>> {
  const example = 'Write it like [[1, 2], [3]].';
  if (!isList(sequences)) throw mismatch(owner, 'a list of sequences', describe(sequences), example);
  let place = 0;
  for (const sequence of sequences) {
    if (!isList(sequence)) {
      throw mismatch(owner, 'a list of ids', `${describe(sequence)} at position [${place}]`, example);
    }
    place++;
    yield sequence as Iterable<number>;
  }
}
