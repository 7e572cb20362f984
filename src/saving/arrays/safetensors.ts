// The safetensors format (github.com/huggingface/safetensors, README and `SafeTensors::deserialize`), read and written.
import { mismatch } from '../../common/errors.ts';
import { describe, isPlain } from '../../common/options.ts';
import { join, utf8, viewOf } from '../../files/bytes.ts';
import { ModelFormatError } from '../../files/model-format-error.ts';
import { type DType, Tensor } from '../../tensor/tensor.ts';
import { checkTensors, checkText, type NamedTensors } from './named-tensors.ts';
import { readElements } from './number-conversion.ts';
import { type Entry, METADATA, readHeader } from './safetensors-header.ts';

/** What a safetensors file holds. */
export interface Safetensors {
  /** By name, in the order of the header. */
  readonly tensors: Record<string, Tensor>;
  /** Texts by name; empty when the file has none. */
  readonly metadata: Record<string, string>;
}

const LENGTH = 8;
const MAX_HEADER = 100_000_000;
const OPEN = 0x7b;
const OWNER = 'readSafetensors';
const WRITER = 'writeSafetensors';
const DTYPES: Readonly<Record<DType, string>> = { float32: 'F32', int32: 'I32', bool: 'BOOL' };

/**
 * The tensors and the metadata of a safetensors file.
 *
 * ```js
 * const { tensors, metadata } = readSafetensors(writeSafetensors({ kernel: tensor([[1, 2]]) }, { author: 'me' }));
 * tensors.kernel.array(); // [[1, 2]]
 * metadata.author;        // 'me'
 * ```
 * F32 is float32 and I32 int32 as they are; F16 and BF16 become float32 exactly, F64 is rounded to it; I8 to I64 and U8 to U64
 * become int32; BOOL is bool. Other dtypes (F8_E4M3 and the like) are refused. All of the format's rules are checked: a header of
 * at most 100 MB without a name twice, and tensors that fill the rest of the file without gap or overlap.
 * @throws ModelFormatError, naming the byte, for a file that breaks a rule and for a number that int32 or float32 cannot hold;
 * ValueError for what is no Uint8Array.
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  if (!(bytes instanceof Uint8Array)) throw mismatch(OWNER, 'a Uint8Array', describe(bytes), 'Read the file first.');
  const refuse = (what: string, at: number): never => {
    const advice = 'The file may be damaged, or hold what tensors here cannot.';
    throw new ModelFormatError({ file: OWNER, format: 'safetensors', problem: `found ${what}`, byte: at, advice });
  };
  if (bytes.length < LENGTH) return refuse('its end', bytes.length);
  const length = viewOf(bytes).getBigUint64(0, true);
  if (length > MAX_HEADER) refuse(`a header of ${length} bytes (at most ${MAX_HEADER} are read)`, 0);
  const start = LENGTH + Number(length);
  if (start > bytes.length) refuse(`a header of ${length} bytes in a file of ${bytes.length}`, 0);
  if (bytes[LENGTH] !== OPEN || start === LENGTH) refuse('a header that does not begin with {', LENGTH);
  const { entries, metadata } = readHeader(decoded(bytes.subarray(LENGTH, start), refuse), (what) => refuse(what, LENGTH));
  checkPlaces(entries, bytes.length - start, (what, at) => refuse(what, start + at));
  const tensors = entries.map(({ name, kind, shape, begin, end }): [string, Tensor] => {
    const part = bytes.subarray(start + begin, start + end);
    const data = readElements(kind, part, (what, at) => refuse(`${what} (in ${describe(name)})`, start + begin + at));
    return [name, new Tensor(data, shape)];
  });
  return { tensors: Object.fromEntries(tensors), metadata };
}

function decoded(header: Uint8Array, refuse: (what: string, at: number) => never): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(header);
  } catch {
    return refuse('a header that is not UTF-8', LENGTH);
  }
}

/** One tensor after the other, from the first byte to the last. */
function checkPlaces(entries: readonly Entry[], size: number, refuse: (what: string, at: number) => never): void {
  let at = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at) refuse(`${begin < at ? 'bytes of two tensors' : 'bytes of no tensor'} before ${describe(name)}`, Math.min(begin, at));
    at = end;
  }
  if (at !== size) refuse(at > size ? 'its end before that of the tensors' : 'bytes of no tensor after the last', Math.min(at, size));
}

/**
 * The bytes of a safetensors file.
 *
 * ```js
 * const weights = new Map(model.getWeights().map((weight, i) => [`weight.${i}`, weight]));
 * const bytes = writeSafetensors(weights, { format: 'pt' }); // PyTorch asks for this format
 * ```
 * `tensors`: an object or a Map; the names keep their order in the header. float32 is written as F32, int32 as I32, bool as BOOL;
 * all of BOOL lie at the end of the file, so that numbers lie at multiples of 4. `metadata`: texts by name. Equal tensors give equal
 * bytes.
 * @throws ValueError for a value that is no Tensor, metadata that is no text, and a name that cannot be written in UTF-8.
 */
export function writeSafetensors(tensors: NamedTensors, metadata: Readonly<Record<string, string>> = {}): Uint8Array<ArrayBuffer> {
  const named = checkTensors(WRITER, tensors);
  const texts = checkMetadata(metadata);
  const pieces: Uint8Array[] = [];
  const offsets = new Map<string, [begin: number, end: number]>();
  let at = 0;
  for (const [name, { data }] of [...named].sort(([, a], [, b]) => Number(a.dtype === 'bool') - Number(b.dtype === 'bool'))) {
    pieces.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    offsets.set(name, [at, at + data.byteLength]);
    at += data.byteLength;
  }
  const header: [string, unknown][] = texts.length ? [[METADATA, Object.fromEntries(texts)]] : [];
  for (const [name, { dtype, shape }] of named) {
    if (name === METADATA) throw mismatch(WRITER, 'names of tensors', `'${name}', which is kept for metadata`, 'Rename it.');
    header.push([name, { dtype: DTYPES[dtype], shape, data_offsets: offsets.get(name) }]);
  }
  const text = utf8(JSON.stringify(Object.fromEntries(header)));
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(32);
  padded.set(text);
  if (padded.length > MAX_HEADER) {
    throw mismatch(WRITER, `names and metadata of at most ${MAX_HEADER} bytes`, text.length, 'Write several files.');
  }
  const length = new Uint8Array(LENGTH);
  viewOf(length).setBigUint64(0, BigInt(padded.length), true);
  return join([length, padded, ...pieces]);
}

function checkMetadata(metadata: unknown): [string, string][] {
  if (!isPlain(metadata)) throw mismatch(WRITER, 'metadata as an object of texts', describe(metadata));
  return Object.entries(metadata).map(([name, text]) => {
    if (typeof text !== 'string') {
      throw mismatch(WRITER, `metadata.${name} to be a text`, describe(text), 'Write it with JSON.stringify.');
    }
    return [checkText(WRITER, name), checkText(WRITER, text)];
  });
}
