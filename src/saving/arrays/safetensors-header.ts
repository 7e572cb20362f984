// The header of a safetensors file: untrusted JSON, every field is validated.

import { describe, isPlain } from '../../common/options.ts';
import { duplicateKey } from '../../files/json.ts';
import { countOf, type Kind, widthOf } from './number-conversion.ts';

/** What the header says of a tensor; `begin` and `end` count from the end of the header. */
export interface Entry {
  readonly name: string;
  readonly kind: Kind;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** The key that is no tensor. */
export const METADATA = '__metadata__';

/** The dtypes that have a counterpart here. */
const KINDS: Readonly<Record<string, Kind>> = {
  BOOL: 'b1',
  I8: 'i1',
  I16: 'i2',
  I32: 'i4',
  I64: 'i8',
  U8: 'u1',
  U16: 'u2',
  U32: 'u4',
  U64: 'u8',
  F16: 'f2',
  BF16: 'bf16',
  F32: 'f4',
  F64: 'f8',
};

type Refuse = (what: string) => never;

/** The tensors in the order of the header, and the metadata. */
export function readHeader(text: string, refuse: Refuse): { entries: Entry[]; metadata: Record<string, string> } {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    return refuse('a header that is not JSON');
  }
  if (!isPlain(header)) return refuse('a header that is no object');
  const twice = duplicateKey(text);
  if (twice) refuse(`the name ${describe(twice.key)} a second time (in the header, character ${twice.at})`);
  const { [METADATA]: metadata = {}, ...tensors } = header;
  if (!isPlain(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    return refuse(`${METADATA} that is no object of texts`);
  }
  const entries = Object.entries(tensors).map(([name, facts]) => readEntry(name, facts, refuse));
  return { entries, metadata: metadata as Record<string, string> };
}

function readEntry(name: string, facts: unknown, refuse: Refuse): Entry {
  const of = describe(name);
  if (!isPlain(facts)) return refuse(`${describe(facts)} for the tensor ${of}`);
  const { dtype, shape, data_offsets: offsets } = facts;
  const kind = typeof dtype === 'string' && Object.hasOwn(KINDS, dtype) ? KINDS[dtype] : undefined;
  if (!kind) return refuse(`the dtype ${describe(dtype)} of ${of} (${Object.keys(KINDS).join(', ')} are read)`);
  const count = isCounts(shape) ? countOf(shape) : undefined;
  if (count === undefined) return refuse(`the shape ${describe(shape)} of ${of}`);
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0] > offsets[1])
    return refuse(`the data_offsets ${describe(offsets)} of ${of}`);
  const [begin, end] = offsets;
  if (end - begin !== count * widthOf(kind)) {
    return refuse(`${end - begin} bytes for the shape [${(shape as number[]).join(', ')}] and ${dtype} of ${of}`);
  }
  return { name, kind, shape: shape as number[], begin, end };
}

const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0 && !Object.is(count, -0));
