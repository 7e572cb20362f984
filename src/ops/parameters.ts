// Kinds of parameters: operands by how their dtype is settled, and settings by what is checked.
import { mismatch, ValueError } from '../common/errors.ts';
import { checkBoolean, checkChoice, checkInteger, checkNumber, describe } from '../common/options.ts';
import { shapeText } from '../graph/shape.ts';
import type { Value } from '../graph/value.ts';
import { wideDType } from '../tensor/dtype.ts';
import type { DType } from '../tensor/index.ts';
import type { Axis } from './axes.ts';
import type { Parameter } from './definition.ts';
import { isOpen, type Length, USE_IN_CALL } from './lengths.ts';

/** An operand; whether it is one turns out when it is made a tensor. */
const unchanged = (_owner: string, _name: string, value: unknown): never => value as never;

function readList(owner: string, name: string, value: unknown): never {
  if (Array.isArray(value) && value.length > 0) return value as never;
  throw mismatch(owner, `${name} to be an array of at least one operand`, describe(value), 'Put them in [ ].');
}

/** Taken as float32. */
export const float: Parameter<Value> = { operand: 'float', read: unchanged };
/** Taken as it is. */
export const anyDtype: Parameter<Value> = { operand: 'none', read: unchanged };
/** Taken as the widest dtype of the operands of this kind. */
export const common: Parameter<Value> = { operand: 'common', read: unchanged };
/** The same, but int32 for truth values. */
export const arithmetic: Parameter<Value> = { operand: 'arithmetic', read: unchanged };
/** Taken as truth values: all but 0 is true. */
export const truth: Parameter<Value> = { operand: 'truth', read: unchanged };
/** A list of operands, taken as their widest dtype. */
export const operands: Parameter<readonly Value[]> = { operand: 'common', isList: true, read: readList };

/** The same as the arguments that are left. */
export const rest: Parameter<readonly Value[]> = { ...operands, isRest: true };

/** A number, infinities too. */
export const number: Parameter<number> = { read: (owner, name, value) => (isOpen(value) ? value : checkNumber(owner, name, value)) };
/** A finite number. */
export const finite: Parameter<number> = {
  read: (owner, name, value) => checkNumber(owner, name, value, { min: -Number.MAX_VALUE, max: Number.MAX_VALUE }),
};
/** A finite number other than 0. */
export const notZero: Parameter<number> = {
  read(owner, name, value) {
    if (finite.read(owner, name, value) !== 0) return value as number;
    throw mismatch(owner, `${name} to be a number other than 0`, '0', 'Leave it out for the default.');
  },
};
export const boolean: Parameter<boolean> = { read: checkBoolean };
/** A whole number of at least `least`, or one that is not known while types are inferred. */
const whole = (owner: string, name: string, value: unknown, least = 0): number =>
  isOpen(value) ? value : checkInteger(owner, name, value, least);
/** A whole number. */
export const integer: Parameter<number> = {
  read: (owner, name, value) => whole(owner, name, value, Number.MIN_SAFE_INTEGER),
};
/** A whole number from 0. */
export const length: Parameter<number> = { read: whole };
/** A whole number from 1. */
export const positive: Parameter<number> = { read: (owner, name, value) => whole(owner, name, value, 1) };
export const dtype: Parameter<DType> = {
  read: (owner, name, value) => checkChoice<DType>(owner, name, wideDType(value), ['float32', 'int32', 'bool']),
};

/** false and nothing else: what Keras can turn on and this package cannot. */
export const off: Parameter<false> = {
  read(owner, name, value) {
    if (value === false) return value;
    throw mismatch(owner, `${name} to be false`, describe(value), 'Nothing else is supported; leave it out.');
  },
};

/** One of some strings. */
export const choice = <const T extends string>(...choices: readonly T[]): Parameter<T> => ({
  read: (owner, name, value) => checkChoice<T>(owner, name, value, choices),
});

/** One axis; whether the input has it is checked when the input is there. */
export const axis: Parameter<number> = {
  read(owner, name, value) {
    if (Number.isSafeInteger(value)) return value as number;
    throw mismatch(owner, `${name} to be a whole number`, describe(value), 'The last axis is -1.');
  },
};

/** One axis or several; null for all. */
export const axes: Parameter<NonNullable<Axis>> = {
  read(owner, name, value) {
    const list: unknown[] = [value].flat();
    if (list.every(Number.isSafeInteger)) return value as NonNullable<Axis>;
    throw mismatch(owner, `${name} to be a whole number or an array of them`, describe(value), 'The last axis is -1.');
  },
};

/** Whole numbers of at least `least`, such as a shape. */
export function checkLengths(owner: string, name: string, value: unknown, least = 0): readonly number[] {
  if (Array.isArray(value) && value.every((length) => isOpen(length) || (Number.isSafeInteger(length) && length >= least))) return value;
  const isShape = Array.isArray(value) && value.every((length) => length === null || Number.isSafeInteger(length));
  throw new ValueError(
    `${owner}: expected ${name} to be an array of whole numbers${least === 0 ? ' from 0' : ''}, got ${isShape ? shapeText(value) : describe(value)}. ` +
      (isShape && value.includes(null) ? USE_IN_CALL : 'Write it like [2, 3].'),
  );
}

/** A shape, or as many whole numbers from 0 as there are axes. */
export const lengths: Parameter<readonly number[]> = { read: checkLengths };
/** Where a block begins. */
export const begin: Parameter<readonly number[]> = { inCall: true, read: checkLengths };
/** A shape in which null stands for a length of the input. */
export const targetShape: Parameter<readonly Length[]> = {
  read(owner, name, value) {
    const filled = Array.isArray(value) ? value.map((length) => length ?? 0) : value;
    return checkLengths(owner, name, filled).map((length, i) => ((value as Length[])[i] === null ? null : length));
  },
};
/** A shape in which -1 stands for a length that follows from the rest; null too, where it is the only one. */
export const openShape: Parameter<readonly Length[]> = {
  read(owner, name, value) {
    const filled: unknown = Array.isArray(value) ? value.map((length) => length ?? -1) : value;
    const shape = checkLengths(owner, name, filled, -1);
    return shape.filter((length) => length === -1).length > 1 ? (value as Length[]) : shape;
  },
};
/** Lengths of a block: -1 and null take the rest of an axis. */
export const blockShape: Parameter<readonly number[]> = {
  read: (owner, name, value) => checkLengths(owner, name, Array.isArray(value) ? value.map((length) => length ?? -1) : value, -1),
};
/** Whole numbers, negative ones too. */
export const integers: Parameter<readonly number[]> = {
  read: (owner, name, value) => checkLengths(owner, name, value, Number.MIN_SAFE_INTEGER),
};
/** One whole number from 0 or several. */
export const counts: Parameter<number | readonly number[]> = {
  read: (owner, name, value) => (Array.isArray(value) ? checkLengths(owner, name, value) : whole(owner, name, value)),
};
