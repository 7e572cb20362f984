// Text of tensors exactly as NumPy 2 prints arrays: `str` is print(a), `repr` is repr(a).
import { fixed, positional, scientific, scientificPlaces, shortestDigits } from './digits.ts';
import type { DType, TensorData } from './tensor.ts';

const THRESHOLD = 1000; // with more elements than this, long axes are summarised
const EDGE = 3; // elements kept at either end of a summarised axis
const LINE_WIDTH = 75;
const LARGE_F32 = 1e6; // NumPy 2.3: 10 to the number of decimal digits a float32 is sure to keep
const SMALL_F32 = Math.fround(1e-4);
const RANGE = 1000;

interface Printable {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly data: TensorData;
}

type Format = (value: number) => string;

/** NumPy's `str(a)`: `[[1. 0.]\n [0. 1.]]`; a tensor of no axes prints as a NumPy scalar, `3.5`. */
export function str(tensor: Printable): string {
  if (tensor.shape.length === 0) return scalarText(tensor.dtype, tensor.data[0]);
  return body(tensor, ' ', 0, LINE_WIDTH);
}

/** NumPy's `repr(a)`: `array([1., 2.], dtype=float32)`; a tensor of no axes gives `np.float32(3.5)`. */
export function repr(tensor: Printable): string {
  const { shape, dtype, data } = tensor;
  if (shape.length === 0) {
    const text = scalarText(dtype, data[0]);
    return dtype === 'bool' ? `np.${text}_` : `np.${dtype}(${text})`;
  }
  const prefix = 'array(';
  const text = prefix + body(tensor, ', ', prefix.length, LINE_WIDTH - 1);
  const extras: string[] = [];
  if ((data.length === 0 && shape.length > 1) || data.length > THRESHOLD) extras.push(`shape=${tupleText(shape)}`);
  if (dtype !== 'bool' || data.length === 0) extras.push(`dtype=${dtype}`);
  if (extras.length === 0) return `${text})`;
  const tail = `${extras.join(', ')})`;
  const lastLine = text.length + 1 - (text.lastIndexOf('\n') + 1);
  return `${text},${lastLine + tail.length + 1 > LINE_WIDTH ? `\n${' '.repeat(prefix.length)}` : ' '}${tail}`;
}

const tupleText = (shape: readonly number[]): string => `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;

function scalarText(dtype: DType, value: number): string {
  if (dtype === 'bool') return boolText(value);
  if (dtype === 'int32') return String(value);
  if (!Number.isFinite(value)) return infinityText(value);
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= LARGE_F32)) return scientific(value, scientificPlaces(value)).replace('.e', 'e');
  if (magnitude === 0) return `${positional(value)}0`;
  const places = shortestDigits(value) - 1 - Number(value.toExponential().split('e')[1]);
  return places > 0 ? fixed(value, places) : `${fixed(value, 0)}.0`;
}

const boolText = (value: number): string => (value ? 'True' : 'False');
const infinityText = (value: number): string => (Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf');

function body(tensor: Printable, separator: string, indent: number, width: number): string {
  if (tensor.data.length === 0) return '[]';
  const layout = { tensor, separator, strides: stridesOf(tensor.shape), summarised: tensor.data.length > THRESHOLD };
  const format = formatOf(tensor.dtype, shownElements(layout));
  return block({ ...layout, format }, 0, 0, ' '.repeat(indent + 1), width);
}

interface Layout {
  readonly tensor: Printable;
  readonly separator: string;
  readonly strides: readonly number[];
  readonly summarised: boolean;
}

function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

/** Places shown along an axis; -1 stands for the dots of a summary. */
function shownAlong({ tensor, summarised }: Layout, axis: number): number[] {
  const size = tensor.shape[axis];
  if (!summarised || size <= 2 * EDGE) return Array.from({ length: size }, (_, i) => i);
  return [0, 1, 2, -1, size - 3, size - 2, size - 1];
}

function shownElements(layout: Layout): TensorData | number[] {
  const { tensor, strides, summarised } = layout;
  if (!summarised) return tensor.data;
  let offsets = [0];
  tensor.shape.forEach((_, axis) => {
    const places = shownAlong(layout, axis).filter((place) => place >= 0);
    offsets = offsets.flatMap((offset) => places.map((place) => offset + place * strides[axis]));
  });
  return offsets.map((offset) => tensor.data[offset]);
}

/** One bracket and all within; `hanging` is the indent of the lines after the first. */
function block(layout: Layout & { format: Format }, axis: number, offset: number, hanging: string, width: number): string {
  const { tensor, separator, strides, format } = layout;
  const places = shownAlong(layout, axis);
  if (axis < tensor.shape.length - 1) {
    const between = separator.trimEnd() + '\n'.repeat(tensor.shape.length - axis - 1) + hanging;
    const rows = places.map((place) =>
      place < 0 ? '...' : block(layout, axis + 1, offset + place * strides[axis], `${hanging} `, width - 1),
    );
    return `[${rows.join(between)}]`;
  }
  const room = width - Math.max(separator.trimEnd().length, 1);
  let text = '';
  let line = hanging;
  places.forEach((place, i) => {
    const word = place < 0 ? '...' : format(tensor.data[offset + place]);
    if (line.length + word.length > room && line.length > hanging.length) {
      text += `${line.trimEnd()}\n`;
      line = hanging;
    }
    line += i < places.length - 1 ? word + separator : word;
  });
  return `[${(text + line).slice(hanging.length)}]`;
}

function formatOf(dtype: DType, shown: ArrayLike<number>): Format {
  if (dtype === 'bool') return (value) => (value ? ' True' : 'False');
  return dtype === 'int32' ? integerFormat(shown) : floatFormat(shown);
}

function integerFormat(shown: ArrayLike<number>): Format {
  let max = shown[0];
  let min = shown[0];
  for (let i = 1; i < shown.length; i++) {
    max = Math.max(max, shown[i]);
    min = Math.min(min, shown[i]);
  }
  const width = Math.max(String(max).length, String(min).length);
  return (value) => String(value).padStart(width);
}

function floatFormat(shown: ArrayLike<number>): Format {
  const values = Array.from(shown);
  const finite = values.filter(Number.isFinite);
  const exponential = needsExponent(finite);
  const places = exponential ? finite.reduce((most, value) => Math.max(most, scientificPlaces(value)), 0) : 0;
  const write: Format = exponential ? (value) => scientific(value, places) : positional;

  // the widest part before the point and the widest after it, in which a wide exponent counts
  let left = 0;
  let right = 0;
  for (const value of finite) {
    const text = write(value);
    const point = text.indexOf('.');
    left = Math.max(left, point);
    right = Math.max(right, text.length - point - 1);
  }
  for (const value of values) {
    if (!Number.isFinite(value)) left = Math.max(left, infinityText(value).length - right - 1);
  }
  const width = left + right + 1;
  return (value) => {
    if (!Number.isFinite(value)) return infinityText(value).padStart(width);
    const text = write(value);
    return (' '.repeat(left - text.indexOf('.')) + text).padEnd(width);
  };
}

function needsExponent(finite: readonly number[]): boolean {
  let max = 0;
  let min = Infinity;
  for (const value of finite) {
    const magnitude = Math.abs(value);
    if (magnitude === 0) continue;
    max = Math.max(max, magnitude);
    min = Math.min(min, magnitude);
  }
  return max > 0 && (max >= LARGE_F32 || min < SMALL_F32 || Math.fround(max / min) > RANGE);
}
