// A function of single numbers, or of vectors and matrices, on every one of those that tensors hold.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { fitsDim, shapeText, sizeOf } from '../../graph/shape.ts';
import { broadcastShape } from '../../primitives/binary.ts';
import { shape } from '../facts.ts';
import { broadcastTo } from '../numpy/copies.ts';
import { getItem } from '../numpy/items.ts';
import { stack } from '../numpy/joins.ts';
import { reshape } from '../numpy/shapes.ts';
import type { Operand } from '../operand.ts';
import { checkFunction, settled } from './structures.ts';

export interface VectorizeOptions {
  /** Places of arguments that go into the function as they are. */
  excluded?: readonly number[] | null;
  /** Axes of what goes in and comes out, such as '(m,n),(n)->(m)'. Default: single numbers. */
  signature?: string | null;
}

interface Signature {
  readonly inputs: readonly (readonly string[])[];
  readonly outputs: readonly (readonly string[])[];
}

function readSignature(text: unknown): Signature | undefined {
  if (text === undefined || text === null) return undefined;
  const bare = typeof text === 'string' ? text.replaceAll(' ', '') : '';
  const group = '\\((\\w+(,\\w+)*)?\\)';
  if (!new RegExp(`^${group}(,${group})*->${group}(,${group})*$`).test(bare)) {
    throw mismatch('vectorize', 'signature of groups of names', describe(text), "Write it like '(m,n),(n)->(m)'.");
  }
  const [inputs, outputs] = bare
    .split('->')
    .map((side) => [...side.matchAll(/\(([^)]*)\)/g)].map(([, names]) => (names === '' ? [] : names.split(','))));
  return { inputs, outputs };
}

const dimsOf = (x: Operand): number[] => {
  const dims = shape(x);
  if (dims.every((dim) => dim !== null && !Number.isNaN(dim))) return dims as number[];
  throw mismatch(
    'vectorize',
    'known lengths',
    `shape ${shapeText(dims)}`,
    'The function is called for each element: do it in the call of a layer.',
  );
};

/**
 * A function on tensors out of one on single numbers: `ops.vectorize((a, b) => ops.maximum(a, b))([1, 5], 2)` is [2, 5].
 *
 * Tensors broadcast against each other; the function is called once for each place. Options: `signature`, where it takes or gives vectors or
 * matrices, which are the last axes then; `excluded`, the places of arguments that go in as they are.
 * @throws ValueError for tensors that fit neither each other nor the signature.
 */
export function vectorize(pyfunc: (...args: never[]) => unknown, options: VectorizeOptions = {}): (...args: unknown[]) => never {
  checkFunction('vectorize', 'pyfunc', pyfunc);
  const signature = readSignature(options.signature);
  const excluded = options.excluded ?? [];
  return (...args) => {
    const places = args.flatMap((arg, i) => (excluded.includes(i) || arg === null || arg === undefined ? [] : [i]));
    const tensors = places.map((i) => settled('vectorize', args[i]));
    const cores = signature?.inputs ?? tensors.map(() => []);
    if (cores.length !== tensors.length) {
      throw mismatch('vectorize', `${cores.length} arguments for the signature`, tensors.length, 'Give one for each group.');
    }
    const sizes = new Map<string, number>();
    const dims = tensors.map((x, k) => {
      const own = dimsOf(x);
      const core = own.slice(own.length - cores[k].length);
      if (own.length < cores[k].length) {
        throw mismatch('vectorize', `${cores[k].length} axes of argument ${places[k]}`, `shape ${shapeText(own)}`, 'Reshape it.');
      }
      for (const [i, name] of cores[k].entries()) {
        const known = sizes.get(name) ?? core[i];
        if (!fitsDim(known, core[i]))
          throw mismatch('vectorize', `one length for ${name}`, `${known} and ${core[i]}`, 'Cut or pad a tensor.');
        sizes.set(name, known);
      }
      return { outer: own.slice(0, own.length - core.length), core };
    });
    const outer = dims.map((one) => one.outer).reduce((a, b) => broadcastShape(a, b, 'vectorize'), []);
    const count = sizeOf(outer);
    if (count === 0)
      throw mismatch('vectorize', 'at least one element', `shape ${shapeText(outer)}`, 'The function has nothing to be called on.');
    const flat = tensors.map((x, k) => reshape(broadcastTo(x, [...outer, ...dims[k].core]), [count, ...dims[k].core]));
    const results = Array.from({ length: count }, (_, at) => {
      const given: unknown[] = [...args];
      for (const [k, i] of places.entries()) given[i] = getItem(flat[k], at);
      return pyfunc(...(given as never[]));
    });
    const several = Array.isArray(results[0]);
    const rows = results.map((result) => [result].flat().map((one) => settled('vectorize', one)));
    const joined = rows[0].map((_, k) => {
      const whole = stack(rows.map((row) => row[k]));
      return reshape(whole, [...outer, ...dimsOf(whole).slice(1)]);
    });
    if (signature && signature.outputs.length !== joined.length)
      throw mismatch('vectorize', `${signature.outputs.length} results for the signature`, joined.length, 'Give one for each group.');
    for (const [k, names] of (signature?.outputs ?? []).entries()) {
      const core = dimsOf(joined[k]).slice(outer.length);
      if (core.length !== names.length || names.some((name, i) => !fitsDim(sizes.get(name) ?? core[i], core[i]))) {
        throw mismatch('vectorize', `results of (${names.join(',')})`, `shape ${shapeText(core)}`, 'Change the signature or the function.');
      }
    }
    return (several ? joined : joined[0]) as never;
  };
}
