// Text of tensors exactly as NumPy 2 prints arrays: `str` is print(a), `repr` is repr(a).
import { fixed, positional, scientific, scientificPlaces, shortestDigits } from './digits.ts';
import type { DType, TensorData } from './dtype.ts';

const THRESHOLD = 1000; // with more elements than this, long axes are summarised
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
  const { data, dtype } = tensor;
  if (data.length === 0) return '[]';
  const shown: number[] = [];
  const text = (format: Format): string => block({ tensor, separator, format }, 0, 0, data.length, ' '.repeat(indent + 1), width);
  // A first round only collects what will be seen: the widths follow from it.
  text((value) => {
    shown.push(value);
    return '';
  });
  if (dtype === 'float32') return text(floatFormat(shown));
  const write = dtype === 'bool' ? boolText : String;
  const widest = dtype === 'bool' ? 5 : most(shown, (value) => write(value).length);
  return text((value) => write(value).padStart(widest));
}

interface Layout {
  readonly tensor: Printable;
  readonly separator: string;
  readonly format: Format;
}

/** One bracket and the `length` elements within; `hanging` is the indent of the lines after the first. */
function block(layout: Layout, axis: number, offset: number, length: number, hanging: string, width: number): string {
  const { tensor, separator, format } = layout;
  const { shape, data } = tensor;
  const size = shape[axis];
  const step = length / size;
  const edges = [0, 1, 2, -1, size - 3, size - 2, size - 1]; // -1 stands for the dots of a summary
  const places = data.length > THRESHOLD && size >= edges.length ? edges : Array.from({ length: size }, (_, i) => i);
  const words = places.map((place) => {
    if (place < 0) return '...';
    const at = offset + place * step;
    return axis < shape.length - 1 ? block(layout, axis + 1, at, step, `${hanging} `, width - 1) : format(data[at]);
  });
  const end = separator.trimEnd();
  if (axis < shape.length - 1) return `[${words.join(end + '\n'.repeat(shape.length - axis - 1) + hanging)}]`;
  const room = width - Math.max(end.length, 1);
  let text = '';
  let line = hanging;
  words.forEach((word, i) => {
    if (line.length + word.length > room && line.length > hanging.length) {
      text += `${line.trimEnd()}\n`;
      line = hanging;
    }
    line += i < words.length - 1 ? word + separator : word;
  });
  return `[${(text + line).slice(hanging.length)}]`;
}

const most = (values: readonly number[], of: (value: number) => number): number =>
  values.reduce((largest, value) => Math.max(largest, of(value)), 0);

function floatFormat(shown: readonly number[]): Format {
  const finite = shown.filter(Number.isFinite);
  const places = needsExponent(finite) ? most(finite, scientificPlaces) : undefined;
  const write: Format = places === undefined ? positional : (value) => scientific(value, places);
  const pointOf = (value: number): number => write(value).indexOf('.');

  // the widest part before the point and the widest after it, in which a wide exponent counts
  const right = most(finite, (value) => write(value).length - pointOf(value) - 1);
  const left = most(shown, (value) => (Number.isFinite(value) ? pointOf(value) : infinityText(value).length - right - 1));
  const width = left + right + 1;
  return (value) =>
    Number.isFinite(value) ? (' '.repeat(left - pointOf(value)) + write(value)).padEnd(width) : infinityText(value).padStart(width);
}

function needsExponent(finite: readonly number[]): boolean {
  const sizes = finite.map(Math.abs);
  const max = most(sizes, (size) => size);
  const min = sizes.reduce((least, size) => (size > 0 ? Math.min(least, size) : least), Infinity);
  return max > 0 && (max >= LARGE_F32 || min < SMALL_F32 || Math.fround(max / min) > RANGE);
}
