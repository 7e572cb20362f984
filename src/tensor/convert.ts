// From what users write (nested arrays, typed arrays, tensors) to tensors.
import { describe } from '../describe.ts';
import { ValueError } from '../errors.ts';
import { checkChoice } from '../options.ts';
import { type DataOf, type DType, type Nested, sizeOf, Tensor, type TensorData } from './tensor.ts';

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

const isTyped = (value: unknown): value is TypedArray => ArrayBuffer.isView(value) && !(value instanceof DataView);

const isShaped = (value: unknown): value is { shape: readonly number[]; data: TypedArray | readonly number[] } =>
  typeof value === 'object' &&
  value !== null &&
  Array.isArray((value as { shape?: unknown }).shape) &&
  (isTyped((value as { data?: unknown }).data) || Array.isArray((value as { data?: unknown }).data));

/** The elements of a value that is not a plain array: a typed array itself, the data of a tensor; undefined for others. */
function elementsOf(value: unknown): ArrayLike<number> | undefined {
  if (isTyped(value)) return value as ArrayLike<number>;
  return isShaped(value) ? (value.data as ArrayLike<number>) : undefined;
}

const shapeOfElements = (value: unknown): readonly number[] => (isTyped(value) ? [value.length] : (value as Tensor).shape);

/** dtype of a value by itself: truth values are bool, typed integers int32, all else float32. */
function inferDType(value: unknown): DType {
  if (value instanceof Tensor) return value.dtype;
  if (isTyped(value)) return isIntegers(value) ? 'int32' : 'float32';
  if (typeof value === 'boolean') return 'bool';
  if (!Array.isArray(value) || value.length === 0) return 'float32';
  let widest: DType = 'bool';
  for (const entry of value) {
    const dtype = inferDType(entry);
    if (dtype === 'float32') return dtype;
    if (dtype === 'int32') widest = dtype;
  }
  return widest;
}

const isIntegers = (value: TypedArray): boolean => /int/i.test(Object.prototype.toString.call(value));

/** Shape by the first entry of each level; whether the others agree is checked while they are copied. */
function inferShape(value: unknown): number[] {
  const shape: number[] = [];
  let level = value;
  while (Array.isArray(level)) {
    shape.push(level.length);
    level = level[0];
  }
  if (elementsOf(level)) shape.push(...shapeOfElements(level));
  return shape;
}

function allocate(dtype: DType, size: number): TensorData {
  return dtype === 'float32' ? new Float32Array(size) : dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
}

/** Copies a row of leaves; returns the place of the first that is not a number the dtype can hold, or -1. */
function copyRow(row: ArrayLike<unknown>, out: TensorData, offset: number): number {
  const { length } = row;
  if (out instanceof Float32Array) {
    for (let i = 0; i < length; i++) {
      const value = row[i];
      if (typeof value === 'number') out[offset + i] = value;
      else if (typeof value === 'boolean' || typeof value === 'bigint') out[offset + i] = Number(value);
      else return i;
    }
    return -1;
  }
  const isBool = out instanceof Uint8Array;
  for (let i = 0; i < length; i++) {
    const value = row[i];
    if (typeof value !== 'number' && typeof value !== 'boolean' && typeof value !== 'bigint') return i;
    const whole = isBool ? Number(Boolean(value)) : Math.trunc(Number(value));
    if ((whole | 0) !== whole && whole !== 0) return i;
    out[offset + i] = whole;
  }
  return -1;
}

class Filler {
  private readonly owner: string;
  private readonly shape: readonly number[];
  private readonly out: TensorData;
  private readonly path: number[] = [];
  private filled = 0;

  constructor(owner: string, shape: readonly number[], out: TensorData) {
    this.owner = owner;
    this.shape = shape;
    this.out = out;
  }

  fill(value: unknown, depth: number): void {
    const { shape } = this;
    if (Array.isArray(value)) {
      if (depth >= shape.length || value.length !== shape[depth]) this.ragged(value, depth);
      if (depth === shape.length - 1 && !isShaped(value[0])) {
        this.copy(value, depth);
      } else {
        for (let i = 0; i < value.length; i++) {
          this.path[depth] = i;
          this.fill(value[i], depth + 1);
        }
      }
      return;
    }
    const elements = elementsOf(value);
    if (elements) {
      const part = shapeOfElements(value);
      if (part.length !== shape.length - depth || part.some((length, i) => length !== shape[depth + i])) this.ragged(value, depth);
      this.copy(elements, depth);
    } else if (depth < shape.length) {
      if (typeof value === 'number' || typeof value === 'boolean') this.ragged(value, depth);
      this.notNumber(value, this.path.slice(0, depth));
    } else {
      this.copy([value], depth);
    }
  }

  private copy(row: ArrayLike<unknown>, depth: number): void {
    const bad = copyRow(row, this.out, this.filled);
    if (bad >= 0) {
      const inner = this.path.slice(0, depth);
      this.wrong(row[bad], depth < this.shape.length ? [...inner, bad] : inner);
    }
    this.filled += row.length;
  }

  private wrong(value: unknown, place: number[]): never {
    if (Array.isArray(value) || elementsOf(value)) {
      const expected = 'a number, as in the rows before';
      throw new ValueError(`${this.owner}: expected ${expected}, got ${describe(value)} at position ${placeText(place)}. ${RAGGED_ADVICE}`);
    }
    if (typeof value !== 'number' && typeof value !== 'bigint') this.notNumber(value, place);
    throw new ValueError(
      `${this.owner}: expected int32 values from -2147483648 to 2147483647, got ${describe(value)} at position ${placeText(place)}. ` +
        "Use dtype 'float32' for such values.",
    );
  }

  private notNumber(value: unknown, place: number[]): never {
    const advice =
      typeof value === 'string'
        ? 'Turn text into numbers first: Number(...) for digits, a Tokenizer for words.'
        : 'Pass numbers in nested arrays, a typed array or a Tensor.';
    throw new ValueError(
      `${this.owner}: expected numbers, got ${describe(value)}${place.length ? ` at position ${placeText(place)}` : ''}. ${advice}`,
    );
  }

  private ragged(value: unknown, depth: number): never {
    const rest = this.shape.slice(depth);
    const expected = rest.length ? `an array of shape [${rest.join(', ')}], as in the rows before` : 'a number, as in the rows before';
    throw new ValueError(
      `${this.owner}: expected ${expected}, got ${describe(value)} at position ${placeText(this.path.slice(0, depth))}. ${RAGGED_ADVICE}`,
    );
  }
}

const RAGGED_ADVICE = 'All rows need one length: pad shorter ones first, e.g. with padSequences.';
const placeText = (place: readonly number[]): string => place.map((i) => `[${i}]`).join('');

/**
 * Any table of numbers as a Tensor; messages of errors start with `owner`. A Tensor that has the dtype already is returned
 * as it is, a typed array of the dtype's own kind is wrapped without copying.
 */
export function toTensor<D extends DType>(owner: string, values: unknown, dtype: D): Tensor<D>;
export function toTensor(owner: string, values: unknown, dtype?: DType): Tensor;
export function toTensor(owner: string, values: unknown, dtype?: DType): Tensor {
  if (dtype !== undefined) checkChoice(owner, 'dtype', dtype, DTYPES);
  const kind = dtype ?? inferDType(values);
  if (values instanceof Tensor && values.dtype === kind) return values;
  if (kind === 'float32' ? values instanceof Float32Array : kind === 'int32' && values instanceof Int32Array) {
    return new Tensor(values as Float32Array | Int32Array);
  }
  if (isShaped(values) && !(values instanceof Tensor)) {
    return reshaped(owner, toTensor(owner, values.data, kind), values.shape);
  }
  const shape = inferShape(values);
  const out = allocate(kind, sizeOf(shape));
  new Filler(owner, shape, out).fill(values, 0);
  return wrap(out, shape, kind);
}

function wrap(data: TensorData, shape: readonly number[], dtype: DType): Tensor {
  return dtype === 'bool' ? new Tensor<'bool'>(data as Uint8Array, shape) : new Tensor(data as DataOf<'float32' | 'int32'>, shape);
}

function reshaped(owner: string, source: Tensor, shape: readonly number[]): Tensor {
  if (!Array.isArray(shape) || !shape.every((length) => Number.isSafeInteger(length) && length >= 0)) {
    throw new ValueError(`${owner}: expected a shape, an array of whole numbers, got ${describe(shape)}. Write it like [10, 4].`);
  }
  if (sizeOf(shape) !== source.size) {
    throw new ValueError(
      `${owner}: expected ${sizeOf(shape)} elements for the shape [${shape.join(', ')}], got ${source.size}. ` +
        'The product of the lengths has to be the number of elements.',
    );
  }
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
