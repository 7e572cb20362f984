// From what users write (nested arrays, typed arrays, tensors) to tensors.
import { describe, isTyped, MAX_AXES } from '../common/describe.ts';
import { mismatch } from '../common/errors.ts';
import { checkChoice } from '../common/options.ts';
import { wideDType } from './dtype.ts';
import { checkShape, type DataOf, type DType, type Nested, sizeOf, Tensor, type TensorData } from './tensor.ts';

/** A typed array of numbers, of any width. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** All that counts as a table of numbers: what `tensor`, `fit` and `predict` take. */
export type TensorLike =
  | Tensor
  | TypedArray
  | number
  | boolean
  | readonly TensorLike[]
  | { readonly shape: readonly number[]; readonly data: TypedArray | readonly number[] };

const DTYPES: readonly DType[] = ['float32', 'int32', 'bool'];

const isShaped = (value: unknown): value is { shape: readonly number[]; data: TypedArray | readonly number[] } => {
  const { shape, data } = (value ?? {}) as { shape?: unknown; data?: unknown };
  return Array.isArray(shape) && (isTyped(data) || Array.isArray(data));
};

/** The elements of a value that is not a plain array: a typed array itself, the data of a tensor; undefined for others. */
const elementsOf = (value: unknown): ArrayLike<number> | undefined =>
  isTyped(value) ? value : isShaped(value) ? (value.data as ArrayLike<number>) : undefined;

const shapeOfElements = (value: unknown): readonly number[] => (isTyped(value) ? [value.length] : (value as Tensor).shape);

/** dtype of a value by itself: truth values are bool, typed integers int32, all else float32. */
function inferDType(value: unknown, depth = 0): DType {
  if (value instanceof Tensor) return value.dtype;
  if (isTyped(value)) return /int/i.test(Object.prototype.toString.call(value)) ? 'int32' : 'float32';
  if (typeof value === 'boolean') return 'bool';
  if (!Array.isArray(value) || value.length === 0 || depth > MAX_AXES) return 'float32';
  let widest: DType = 'bool';
  for (const entry of value) {
    const dtype = inferDType(entry, depth + 1);
    if (dtype === 'float32') return dtype;
    if (dtype === 'int32') widest = dtype;
  }
  return widest;
}

/** Shape by the first entry of each level; whether the others agree is checked while they are copied. */
function inferShape(owner: string, value: unknown): number[] {
  const shape: number[] = [];
  let level = value;
  while (Array.isArray(level)) {
    if (shape.length === MAX_AXES) throw mismatch(owner, `an array of at most ${MAX_AXES} axes`, describe(value), 'Does it hold itself?');
    shape.push(level.length);
    level = level[0];
  }
  if (elementsOf(level)) shape.push(...shapeOfElements(level));
  return shape;
}

function allocate(dtype: DType, size: number): TensorData {
  return dtype === 'float32' ? new Float32Array(size) : dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint';

/** Copies a row of leaves; returns the place of the first that is not a number the dtype can hold, or -1. */
function copyRow(row: ArrayLike<unknown>, out: TensorData, offset: number): number {
  const isFloat = out instanceof Float32Array;
  const isBool = out instanceof Uint8Array;
  for (let i = 0; i < row.length; i++) {
    const value = row[i];
    if (!isNumber(value)) return i;
    let number = Number(value);
    if (!isFloat) {
      number = isBool ? Number(Boolean(number)) : Math.trunc(number);
      if ((number | 0) !== number) return i;
    }
    out[offset + i] = number;
  }
  return -1;
}

/** Fills `out`, of this shape, with the values; a ValueError that names the position of what does not belong. */
function fill(owner: string, values: unknown, shape: readonly number[], out: TensorData): void {
  const path: number[] = [];
  let filled = 0;

  function fail(expected: string, value: unknown, place: readonly number[], advice: string): never {
    const position = place.length ? ` at position ${place.map((i) => `[${i}]`).join('')}` : '';
    throw mismatch(owner, expected, `${describe(value)}${position}`, advice);
  }

  function ragged(value: unknown, place = path): never {
    const rest = shape.slice(place.length);
    const expected = rest.length ? `an array of shape [${rest.join(', ')}]` : 'a number';
    fail(`${expected}, as in the rows before`, value, place, 'All rows need one length: pad shorter ones first, e.g. with padSequences.');
  }

  function notNumber(value: unknown, place = path): never {
    const advice =
      typeof value === 'string'
        ? 'Turn text into numbers first: Number(...) for digits, a Tokenizer for words.'
        : 'Pass numbers in nested arrays, a typed array or a Tensor.';
    fail('numbers', value, place, advice);
  }

  function copy(row: ArrayLike<unknown>): void {
    const bad = copyRow(row, out, filled);
    filled += row.length;
    if (bad < 0) return;
    const value = row[bad];
    const place = path.length < shape.length ? [...path, bad] : path;
    if (Array.isArray(value) || elementsOf(value)) ragged(value, place);
    if (!isNumber(value)) notNumber(value, place);
    fail('int32 values from -2147483648 to 2147483647', value, place, "Use dtype 'float32' for such values.");
  }

  function visit(value: unknown): void {
    const rest = shape.slice(path.length);
    const elements = elementsOf(value);
    if (Array.isArray(value)) {
      if (value.length !== rest[0]) ragged(value);
      if (rest.length === 1 && !isShaped(value[0])) {
        copy(value);
        return;
      }
      for (let i = 0; i < value.length; i++) {
        path.push(i);
        visit(value[i]);
        path.pop();
      }
    } else if (elements) {
      const part = shapeOfElements(value);
      if (part.length !== rest.length || part.some((length, i) => length !== rest[i])) ragged(value);
      copy(elements);
    } else if (rest.length === 0) copy([value]);
    else if (isNumber(value)) ragged(value);
    else notNumber(value);
  }

  visit(values);
}

/**
 * Any table of numbers as a Tensor; messages of errors start with `owner`. A Tensor that has the dtype already is returned
 * as it is, a typed array of the dtype's own kind is wrapped without copying.
 */
export function toTensor<D extends DType>(owner: string, values: unknown, dtype: D): Tensor<D>;
export function toTensor(owner: string, values: unknown, dtype?: DType): Tensor;
export function toTensor(owner: string, values: unknown, dtype?: DType): Tensor {
  const kind = dtype === undefined ? inferDType(values) : checkChoice(owner, 'dtype', wideDType(dtype), DTYPES);
  if (values instanceof Tensor && values.dtype === kind) return values;
  if (kind === 'float32' ? values instanceof Float32Array : kind === 'int32' && values instanceof Int32Array) {
    return new Tensor(values as Float32Array | Int32Array);
  }
  if (isShaped(values) && !(values instanceof Tensor)) {
    return reshaped(owner, toTensor(owner, values.data, kind), values.shape);
  }
  const shape = inferShape(owner, values);
  const out = allocate(kind, sizeOf(shape));
  fill(owner, values, shape, out);
  return new Tensor(out as DataOf<DType>, shape);
}

function reshaped(owner: string, source: Tensor, shape: readonly number[]): Tensor {
  checkShape(owner, shape, source.size);
  return new Tensor(source.data, shape);
}

/**
 * A Tensor of the given numbers.
 *
 * ```ts
 * tensor([[1, 2], [3, 4]]);                        // shape [2, 2], float32
 * tensor(Float32Array.of(1, 2, 3, 4), [2, 2]);     // the same table, over the array itself: it is not copied
 * tensor([1, 2], undefined, 'int32');              // shape [2], int32
 * tensor([true, false]);                           // bool
 * tensor(3.5);                                     // a single number, shape []
 * ```
 *
 * `values`: numbers or booleans in arrays of arrays of one length, a typed array, a Tensor, an array of those, or an object
 * with `shape` and `data`. `shape`: lengths of the axes, by default those of `values`; their product has to be the number of
 * elements. `dtype`: `'float32'`, `'int32'` (fractions are dropped, as NumPy does) or `'bool'` (all but 0 is true); by default
 * float32 for numbers and floating typed arrays, int32 for integer typed arrays, bool for booleans.
 *
 * Throws a ValueError that names the position of a row of another length, of a value that is no number, or of one that
 * int32 cannot hold. Differs from NumPy: plain numbers are float32 even when all are whole.
 */
export function tensor<D extends DType>(values: TensorLike | Nested, shape: readonly number[] | undefined, dtype: D): Tensor<D>;
export function tensor(values: Float32Array | Float64Array, shape?: readonly number[]): Tensor<'float32'>;
export function tensor(values: TensorLike | Nested, shape?: readonly number[], dtype?: DType): Tensor;
export function tensor(values: TensorLike | Nested, shape?: readonly number[], dtype?: DType): Tensor {
  const source = toTensor('tensor', values, dtype);
  return shape === undefined || shape === null ? source : reshaped('tensor', source, shape);
}
