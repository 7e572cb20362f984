// The .npy format of NumPy (numpy.lib.format, version 1.0): one array.
import { ValueError } from '../errors.ts';
import { join, numbers, utf8, viewOf } from '../files/bytes.ts';
import { type DType, sizeOf, Tensor } from '../tensor/tensor.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
const ALIGNMENT = 64;
const MAX_HEADER = 65_536;
const DESCRIPTIONS: Readonly<Record<DType, string>> = { float32: '<f4', int32: '<i4', bool: '|b1' };

/** An array as NumPy's `save` writes it, byte for byte. */
export function writeNpy(tensor: Tensor): Uint8Array<ArrayBuffer> {
  const { shape, dtype, data } = tensor;
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${DESCRIPTIONS[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = MAGIC.length + 4;
  // NumPy leaves room for the first length to grow to 21 digits.
  const room = shape.length > 0 ? Math.max(0, 21 - String(shape[0]).length) : 0;
  // It adds 64 blanks, not none, where the header would end on the border.
  const padded = (Math.floor((start + text.length + room + 1) / ALIGNMENT) + 1) * ALIGNMENT - start;
  const header = utf8(`${text.padEnd(padded - 1)}\n`);
  const head = [Uint8Array.from(MAGIC), numbers([1, 1], [1, 0], [2, header.length]), header];
  return join([...head, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
}

/**
 * The array in the bytes of a .npy file. float64 is rounded to float32, int64 has to fit into int32.
 * @throws ValueError, starting with `owner`, for other kinds of number, for Fortran order and for a wrong number of bytes.
 */
export function readNpy(owner: string, bytes: Uint8Array): Tensor {
  const refuse = (what: string): never => {
    throw new ValueError(`${owner}: expected an array in NumPy's .npy format, got ${what}. Save it again with numpy.save.`);
  };
  if (bytes.length < 12 || MAGIC.some((byte, i) => bytes[i] !== byte)) return refuse('other bytes');
  const version = bytes[6];
  if (version < 1 || version > 3) return refuse(`version ${version}`);
  const view = viewOf(bytes);
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER || start + length > bytes.length) return refuse(`a header of ${length} bytes`);
  const header = readHeader(new TextDecoder().decode(bytes.subarray(start, start + length)));
  if (!header) return refuse('a header of another form');
  if (header.fortran) return refuse('an array in Fortran order');
  const read = READERS.get(header.description);
  if (!read) return refuse(`numbers of the kind '${header.description.slice(0, 20)}'`);
  const size = sizeOf(header.shape);
  const contents = bytes.subarray(start + length);
  if (!Number.isSafeInteger(size) || contents.length !== size * read.width) {
    return refuse(`${contents.length} bytes for shape [${header.shape.join(', ')}] of ${header.description}`);
  }
  const data = read.make(size);
  const values = viewOf(contents);
  for (let i = 0; i < size; i++) data[i] = read.at(values, i);
  const odd = read.whole ? data.findIndex((value, i) => value !== read.whole?.(values, i)) : -1;
  return odd < 0 ? new Tensor(data, header.shape) : refuse(`the number ${read.whole?.(values, odd)}, which is too large for int32`);
}

interface Reader {
  readonly width: number;
  make(size: number): Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;
  at(values: DataView, i: number): number;
  /** The number before it became an int32. */
  whole?(values: DataView, i: number): number;
}

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['<f4', { width: 4, make: (n) => new Float32Array(n), at: (v, i) => v.getFloat32(i * 4, true) }],
  ['<f8', { width: 8, make: (n) => new Float32Array(n), at: (v, i) => v.getFloat64(i * 8, true) }],
  ['<i4', { width: 4, make: (n) => new Int32Array(n), at: (v, i) => v.getInt32(i * 4, true) }],
  [
    '<i8',
    {
      width: 8,
      make: (n) => new Int32Array(n),
      at: (v, i) => v.getInt32(i * 8, true),
      whole: (v, i) => Number(v.getBigInt64(i * 8, true)),
    },
  ],
  ['|b1', { width: 1, make: (n) => new Uint8Array(n), at: (v, i) => (v.getUint8(i) === 0 ? 0 : 1) }],
]);

/** The three entries of the header, a Python dict, in any order. */
function readHeader(text: string): { description: string; fortran: boolean; shape: number[] } | undefined {
  const entry = `'(?:descr|fortran_order|shape)': (?:'[^']*'|True|False|\\([0-9, ]*\\))`;
  if (!new RegExp(`^\\{${entry}, ${entry}, ${entry},? *\\} *\\n?$`).test(text)) return undefined;
  const description = /'descr': '([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order': (True|False)/.exec(text)?.[1];
  const shape = /'shape': \(([0-9, ]*)\)/.exec(text)?.[1];
  if (description === undefined || fortran === undefined || shape === undefined) return undefined;
  const lengths = shape.split(',').map((length) => length.trim());
  return { description, fortran: fortran === 'True', shape: lengths.filter((length) => length !== '').map(Number) };
}
