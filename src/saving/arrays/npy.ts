// The .npy format of NumPy (numpy.lib.format, versions 1.0 to 3.0): one array.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { join, numbers, utf8, viewOf } from '../../files/bytes.ts';
import { ModelFormatError } from '../../files/model-format-error.ts';
import { type DType, Tensor, type TensorData } from '../../tensor/tensor.ts';
import { readHeader } from './npy-header.ts';
import { countOf, readElements, widthOf } from './number-conversion.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
const ALIGNMENT = 64;
const MAX_HEADER = 65_536;
const ADVICE = 'Save the array again with numpy.save, as float32, int32 or bool.';
const DESCRIPTIONS: Readonly<Record<DType, string>> = { float32: '<f4', int32: '<i4', bool: '|b1' };

/**
 * The bytes of a tensor as NumPy's `save` writes an array, one by one.
 *
 * ```js
 * const bytes = writeNpy(tensor([[1, 2], [3, 4]])); // numpy.load gives the same table, float32
 * readNpy(bytes).array(); // [[1, 2], [3, 4]]
 * ```
 * @throws ValueError for what is no Tensor.
 */
export function writeNpy(tensor: Tensor): Uint8Array<ArrayBuffer> {
  if (!(tensor instanceof Tensor)) throw mismatch('writeNpy', 'a Tensor', describe(tensor), 'Make one with tensor(...).');
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
 * The array in the bytes of a .npy file.
 *
 * ```js
 * readNpy(readFileSync('vectors.npy')); // what numpy.save('vectors.npy', vectors) wrote
 * ```
 * float32, int32 and bool stay; float16 becomes float32 and float64 is rounded to it; other whole numbers, signed and unsigned,
 * become int32. Either order of bytes is read, and Fortran order, which is turned into rows.
 * @throws ModelFormatError, naming the byte, for a damaged file, a number that int32 or float32 cannot hold, and other kinds of
 * element (objects, texts, dates, complex numbers, fields with names); ValueError for what is no Uint8Array.
 */
export function readNpy(bytes: Uint8Array): Tensor {
  if (!(bytes instanceof Uint8Array)) throw mismatch('readNpy', 'a Uint8Array', describe(bytes), 'Read the file first.');
  return npyTensor('readNpy', bytes);
}

/** The array of a .npy file; messages start with `owner` and name the entry of an archive. */
export function npyTensor(owner: string, bytes: Uint8Array, path?: string): Tensor {
  const refuse = (what: string, at: number): never => {
    throw new ModelFormatError({ file: owner, format: 'npy', problem: `found ${what}`, byte: at, path, advice: ADVICE });
  };
  const odd = MAGIC.findIndex((byte, i) => bytes[i] !== byte);
  if (odd >= 0) return refuse(odd < bytes.length ? 'other bytes' : 'its end', Math.min(odd, bytes.length));
  const [major, minor] = bytes.subarray(MAGIC.length);
  if (!(major >= 1 && major <= 3 && minor === 0)) return refuse(`version ${major}.${minor}`, MAGIC.length);
  const start = major === 1 ? 10 : 12;
  if (start > bytes.length) return refuse('its end', bytes.length);
  const length = major === 1 ? viewOf(bytes).getUint16(8, true) : viewOf(bytes).getUint32(8, true);
  if (length > MAX_HEADER || start + length > bytes.length) return refuse(`a header of ${length} bytes`, 8);
  // Each byte is a character, so that places are those of bytes; what is not ASCII belongs to names of fields, which are refused.
  const text = String.fromCharCode.apply(null, [...bytes.subarray(start, start + length)]);
  const { kind, bigEndian, fortran, shape } = readHeader(text, (what, at) => refuse(what, start + at));
  const contents = bytes.subarray(start + length);
  const size = countOf(shape);
  if (size === undefined || contents.length !== size * widthOf(kind)) {
    return refuse(`${contents.length} bytes for shape [${shape.slice(0, 8).join(', ')}] of ${kind}`, start + length);
  }
  const data = readElements(kind, contents, (what, at) => refuse(what, start + length + at), bigEndian);
  return new Tensor(fortran ? rowsFirst(data, shape) : data, shape);
}

/** The elements row by row of an array that lies column by column. */
function rowsFirst(data: TensorData, shape: readonly number[]): TensorData {
  if (shape.filter((length) => length > 1).length < 2) return data;
  const out = data.slice();
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, length) => product * length, 1));
  const place = shape.map(() => 0);
  let from = 0;
  for (let i = 0; i < data.length; i++) {
    out[i] = data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++place[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      place[axis] = 0;
    }
  }
  return out;
}
