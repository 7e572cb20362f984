// Named tensors: the input of the writers.
import { mismatch } from '../../common/errors.ts';
import { describe, isPlain } from '../../common/options.ts';
import { utf8 } from '../../files/bytes.ts';
import { Tensor } from '../../tensor/tensor.ts';

/** Tensors by name, in an object or a Map; a Map keeps the order of names that are whole numbers too. */
export type NamedTensors = Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor>;

/** The names and tensors in their order; a ValueError for another value. */
export function checkTensors(owner: string, tensors: unknown): [string, Tensor][] {
  if (!(tensors instanceof Map) && !isPlain(tensors)) {
    throw mismatch(owner, 'an object or a Map of Tensors by name', describe(tensors));
  }
  const entries: [unknown, unknown][] = tensors instanceof Map ? [...tensors] : Object.entries(tensors);
  return entries.map(([name, tensor]) => {
    if (typeof name !== 'string') throw mismatch(owner, 'texts as names', describe(name), 'Use String(...).');
    if (!(tensor instanceof Tensor)) {
      throw mismatch(owner, `${name} to be a Tensor`, describe(tensor), 'Make one with tensor(...).');
    }
    return [checkText(owner, name), tensor];
  });
}

/** `text` if it survives UTF-8, as all do but those with half a surrogate pair. */
export function checkText(owner: string, text: string): string {
  if (new TextDecoder('utf-8', { ignoreBOM: true }).decode(utf8(text)) === text) return text;
  throw mismatch(owner, 'a text that UTF-8 can hold', `${describe(text)} with half a surrogate pair`);
}
