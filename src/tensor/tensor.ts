import { describe } from '../common/describe.ts';
import { mismatch } from '../common/errors.ts';
import type { DType, TensorData } from './dtype.ts';
import { repr, str } from './print.ts';

export type { DType, TensorData } from './dtype.ts';

/** The typed array that goes with a dtype. */
export type DataOf<D extends DType> = { float32: Float32Array; int32: Int32Array; bool: Uint8Array }[D];

/** One element as JavaScript sees it. */
export type ElementOf<D extends DType> = [D] extends ['bool'] ? boolean : number;

/** Numbers or booleans, bare or in arrays of arrays. */
export type Nested = number | boolean | readonly Nested[];

/** What console.log asks for in Node, Deno and Bun. */
export const inspect: unique symbol = Symbol.for('nodejs.util.inspect.custom');

const dtypeOf = (data: TensorData): DType => (data instanceof Float32Array ? 'float32' : data instanceof Int32Array ? 'int32' : 'bool');

/**
 * A table of numbers with a shape over a JavaScript typed array: what models return and take. Nothing is ever disposed of.
 *
 * ```ts
 * const t = tensor([[1, 2], [3, 4]]);
 * t.shape;     // [2, 2]
 * t.at(0, 1);  // 2
 * t.array();   // [[1, 2], [3, 4]]
 * `${t}`;      // '[[1. 2.]\n [3. 4.]]', as NumPy prints it
 * ```
 *
 * `new Tensor(data, shape)` wraps a typed array without copying: Float32Array is float32, Int32Array int32 and Uint8Array
 * bool (bytes 0 and 1), `shape` defaults to one axis. A shape that does not hold exactly the data is a ValueError. Programs
 * usually call {@link tensor}, which takes nested arrays too.
 */
export class Tensor<D extends DType = DType> {
  /** Length of each axis; `[]` for a single number. */
  readonly shape: readonly number[];
  /** `'float32'`, `'int32'` or `'bool'`. */
  readonly dtype: D;
  /** The elements, row after row. Yours to read and change. */
  readonly data: DataOf<D>;

  constructor(data: DataOf<D>, shape: readonly number[] = [data.length]) {
    checkShape('tensor', shape, data.length);
    this.data = data;
    this.shape = Object.freeze([...shape]);
    this.dtype = dtypeOf(data) as D;
  }

  /** Number of elements: `tensor([[1, 2], [3, 4]]).size` is 4. */
  get size(): number {
    return this.data.length;
  }

  /** Number of axes: `tensor([[1, 2], [3, 4]]).rank` is 2. */
  get rank(): number {
    return this.shape.length;
  }

  /** NumPy's name of {@link rank}. */
  get ndim(): number {
    return this.shape.length;
  }

  /**
   * The elements as nested arrays, a plain number for a tensor without axes, booleans for dtype bool:
   * `tensor([[1, 2]]).array<number[][]>()` is `[[1, 2]]`. float32 elements come out as the doubles they equal exactly.
   */
  array<T extends Nested = Nested>(): T {
    return this.nested(0, 0, this.data.length) as T;
  }

  /**
   * The element at the given place, or the part of the tensor there when fewer places than axes are given:
   * `t.at(0, 1)`, `t.at(-1, 0)`, `t.at<Tensor>(2)`. Negative places count from the end. A part shares the elements
   * of the whole, as in NumPy: changing one changes the other. A place that is not there is a ValueError.
   */
  at<T extends ElementOf<D> | Tensor<D> = ElementOf<D>>(...places: number[]): T {
    const { shape } = this;
    if (places.length > shape.length) {
      throw mismatch('Tensor.at', `at most ${shape.length} places`, places.length, `The shape is [${shape.join(', ')}].`);
    }
    let start = 0;
    let length = this.data.length;
    places.forEach((place, axis) => {
      const count = shape[axis];
      if (!Number.isInteger(place) || place < -count || place >= count) {
        const range = count ? `from ${-count} to ${count - 1}` : '(the axis is empty)';
        throw mismatch('Tensor.at', `a place ${range} on axis ${axis}`, describe(place), `The shape is [${shape.join(', ')}].`);
      }
      length /= count;
      start += (place < 0 ? place + count : place) * length;
    });
    if (places.length === shape.length) return this.element(start) as T;
    return new Tensor(this.data.subarray(start, start + length) as DataOf<D>, shape.slice(places.length)) as T;
  }

  /** The only element of a tensor of size 1: `model.predict([[1]]).item()`. Any other size is a ValueError. */
  item(): ElementOf<D> {
    if (this.data.length !== 1) {
      throw mismatch('Tensor.item', 'one element', describe(this), 'Use at(...) to choose one.');
    }
    return this.element(0);
  }

  /** Goes over the first axis: `for (const row of t)` gives a Tensor per row, or the elements of a tensor of one axis. */
  *[Symbol.iterator](): IterableIterator<ElementOf<D> | Tensor<D>> {
    if (this.shape.length === 0) {
      throw mismatch('Tensor', 'at least one axis to go over', 'a tensor without axes', 'Use item() for its number.');
    }
    for (let i = 0; i < this.shape[0]; i++) yield this.at(i);
  }

  /** The text NumPy prints for the array: `[[1. 2.]\n [3. 4.]]`. Arrays of more than 1000 elements are summarised. */
  toString(): string {
    return str(this);
  }

  /** The text of NumPy's repr: `array([1., 2.], dtype=float32)`. */
  repr(): string {
    return repr(this);
  }

  /** What JSON.stringify writes: the nested arrays of {@link array} (JSON has no NaN or infinities: they become null). */
  toJSON(): Nested {
    return this.array();
  }

  /** What console.log shows in Node, Deno and Bun. */
  [inspect](): string {
    return `Tensor(shape=[${this.shape.join(', ')}], dtype=${this.dtype})${this.shape.length ? '\n' : ' '}${str(this)}`;
  }

  private element(index: number): ElementOf<D> {
    const value = this.data[index];
    return (this.dtype === 'bool' ? value !== 0 : value) as ElementOf<D>;
  }

  private nested(axis: number, start: number, length: number): Nested {
    if (axis === this.shape.length) return this.element(start);
    const count = this.shape[axis];
    const step = count ? length / count : 0;
    const rows: Nested[] = [];
    if (axis < this.shape.length - 1) for (let i = 0; i < count; i++) rows.push(this.nested(axis + 1, start + i * step, step));
    else for (let i = start; i < start + count; i++) rows.push(this.element(i));
    return rows;
  }
}

/** Number of elements in a shape: the product of its lengths, 1 for `[]`. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** The number of elements of `shape`, which has to be `size` if given; a ValueError otherwise, or when it is no list of lengths. */
export function checkShape(owner: string, shape: readonly number[], size?: number): number {
  if (!Array.isArray(shape) || !shape.every((length) => Number.isSafeInteger(length) && length >= 0)) {
    throw mismatch(owner, 'a shape, an array of whole numbers', describe(shape), 'Write it like [10, 4].');
  }
  const needed = sizeOf(shape);
  if (size === undefined || size === needed) return needed;
  throw mismatch(owner, `${needed} elements for the shape [${shape.join(', ')}]`, size, 'Their number is the product of the lengths.');
}
