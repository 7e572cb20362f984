// Axes in another order, taken apart and put together, as a pattern of names says.
import { mismatch } from '../../common/errors.ts';
import { describe, isPlain } from '../../common/options.ts';
import { fitsDim, isKnown, shapeText, sizeOf } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import * as l from '../../primitives/layout.ts';
import { readNamed } from '../arguments.ts';
import type { Parameter } from '../definition.ts';
import { type OpFunction, op, run } from '../dispatch.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype } from '../parameters.ts';

/** For each axis the names that it is put together of. */
type Groups = readonly (readonly string[])[];

const ADVICE = "Write it like 'b (h h1) w -> b h (w h1)'.";

const groupsOf = (side: string): Groups =>
  [...side.matchAll(/\w+|\(([^()]*)\)/g)].map(([whole, inner]) => (inner ?? whole).match(/\w+/g) ?? []);

const pattern: Parameter<string> = {
  inCall: true,
  read(owner, name, value) {
    const side = '\\s*((\\w+|\\(\\s*(\\w+\\s*)*\\))\\s*)*';
    if (typeof value === 'string' && new RegExp(`^${side}->${side}$`).test(value)) {
      const [from, to] = value.split('->').map((one) => groupsOf(one).flat());
      const isSame = from.length === to.length && new Set(from).size === from.length && from.every((one) => to.includes(one));
      if (isSame) return value;
    }
    throw mismatch(owner, `${name} with the same names on both sides of '->', each once`, describe(value), ADVICE);
  },
};

const lengths: Parameter<Readonly<Record<string, number>>> = {
  inCall: true,
  isKeywords: true,
  read(owner, _name, value) {
    if (isPlain(value)) {
      const odd = Object.entries(value).find(([, length]) => !(Number.isSafeInteger(length) && (length as number) > 0));
      if (!odd) return value as Record<string, number>;
      throw mismatch(owner, `a whole number from 1 as the length of ${odd[0]}`, describe(odd[1]), ADVICE);
    }
    throw mismatch(owner, 'the lengths of axes by name', describe(value), 'Write { h1: 2 }.');
  },
};

/** The length of each name. */
function sizesOf(x: Value, from: Groups, given: Readonly<Record<string, number>>): Map<string, number> {
  const sizes = new Map<string, number>(Object.entries(given));
  if (from.length !== x.shape.length) {
    throw mismatch('rearrange', `${from.length} axes for the pattern`, `shape ${shapeText(x.shape)}`, 'Name each axis on the left.');
  }
  for (const [axis, names] of from.entries()) {
    const dim = x.shape[axis];
    const open = names.filter((name) => !sizes.has(name));
    const known = sizeOf(names.flatMap((name) => sizes.get(name) ?? []));
    if (open.length > 1)
      throw mismatch('rearrange', `the lengths of all but one of ${names.join(', ')}`, 'fewer', `Pass { ${open[0]}: 2 }.`);
    if (open.length === 1) sizes.set(open[0], dim / known);
    const whole = open.length === 1 ? dim / known : dim;
    if (isKnown(dim) && (open.length === 1 ? !Number.isInteger(whole) : !fitsDim(known, dim)))
      throw mismatch('rearrange', `an axis ${axis} that ${names.join(' ')} make up`, `length ${dim}`, `Of these ${known} are known.`);
  }
  return sizes;
}

function rearranged(x: Value, text: string, given: Readonly<Record<string, number>>): Value {
  const [from, to] = text.split('->').map(groupsOf);
  const names = from.flat();
  const foreign = Object.keys(given).find((name) => !names.includes(name));
  if (foreign !== undefined)
    throw mismatch('rearrange', `lengths of ${names.join(', ')}`, foreign, 'Name it in the pattern, or leave it out.');
  const sizes = sizesOf(x, from, given);
  const size = (name: string): number => sizes.get(name) as number;
  const apart = l.reshape(x, names.map(size));
  const order = to.flat().map((name) => names.indexOf(name));
  return l.reshape(
    l.transpose(apart, order),
    to.map((group) => sizeOf(group.map(size))),
  );
}

const drawn: OpFunction = /* @__PURE__ */ op(
  'keras.src.ops.einops',
  'rearrange',
  { tensor: anyDtype, pattern, axesLengths: [lengths, {}] },
  ({ tensor, pattern, axesLengths }) => rearranged(tensor, pattern, axesLengths),
);

/**
 * The axes of x in the order of a pattern: names in parentheses are put together, or taken apart on the left:
 * `ops.rearrange(x, 'b (h h1) w -> b h (w h1)', { h1: 2 })`.
 *
 * `axesLengths`: lengths by name, of all but one of the names in each pair of parentheses on the left.
 * @throws ValueError for names that differ on both sides, and for axes that they do not make up.
 */
export const rearrange: <A extends Operand>(tensor: A, pattern: string, axesLengths?: Readonly<Record<string, number>>) => OpResult<A> =
  /* @__PURE__ */ (() => {
    const { definition } = drawn;
    const apply = (tensor: Operand, pattern: string, axesLengths: object = {}) =>
      run(definition, readNamed(definition, { tensor, pattern, axesLengths }));
    return Object.defineProperty(Object.assign(apply, { definition }), 'name', { value: 'rearrange' }) as never;
  })();
