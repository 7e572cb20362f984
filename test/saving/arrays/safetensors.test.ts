import { describe, expect, it } from 'vitest';
import { ModelFormatError } from '../../../src/files/model-format-error.ts';
import { readSafetensors, writeSafetensors } from '../../../src/saving/arrays/safetensors.ts';
import { Tensor, tensor } from '../../../src/tensor/index.ts';
import { draws } from '../../helpers/draws.ts';
import { bytesOf, facts, survives } from '../mutate.ts';

/** A file by the definition: the length of the header in 8 bytes, the header, the rest. */
function file(header: unknown, rest: number[] | Uint8Array = []): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const length = [0, 8, 16, 24].map((shift) => (text.length >>> shift) & 255);
  return bytesOf([...length, 0, 0, 0, 0], text, rest);
}

const one = (dtype: string, shape: number[], rest: number[]) =>
  facts(readSafetensors(file({ a: { dtype, shape, data_offsets: [0, rest.length] } }, rest)).tensors.a);
const floats = (...data: number[]) => ({ shape: [data.length], dtype: 'float32', data });
const ints = (...data: number[]) => ({ shape: [data.length], dtype: 'int32', data });

describe('readSafetensors', () => {
  it('reads a file made by hand', () => {
    const { tensors, metadata } = readSafetensors(
      bytesOf(
        [0x60, 0, 0, 0, 0, 0, 0, 0],
        '{"__metadata__":{"format":"pt"},"test":{"dtype":"I32","shape":[2,2],"data_offsets":[0,16]}}     ',
        [1, 0, 0, 0, 2, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 128],
      ),
    );
    expect(metadata).toEqual({ format: 'pt' });
    expect(facts(tensors.test)).toEqual({ shape: [2, 2], dtype: 'int32', data: [1, 2, -1, -2147483648] });
  });

  it('converts every dtype', () => {
    expect(one('F32', [2], [0, 0, 128, 63, 0, 0, 32, 192])).toEqual(floats(1, -2.5));
    expect(one('F64', [2], [154, 153, 153, 153, 153, 153, 185, 63, 0, 0, 0, 0, 0, 0, 240, 255])).toEqual(
      floats(Math.fround(0.1), -Infinity),
    );
    expect(one('BF16', [3], [128, 63, 73, 64, 128, 255])).toEqual(floats(1, 3.140625, -Infinity));
    expect(one('F16', [6], [0, 60, 255, 123, 1, 0, 1, 128, 0, 128, 0, 252])).toEqual(
      floats(1, 65504, 2 ** -24, -(2 ** -24), -0, -Infinity),
    );
    expect(one('F16', [1], [0, 126]).data).toEqual([NaN]);
    expect(one('I8', [2], [127, 128])).toEqual(ints(127, -128));
    expect(one('U8', [2], [127, 128])).toEqual(ints(127, 128));
    expect(one('I16', [1], [0, 128])).toEqual(ints(-32768));
    expect(one('U16', [1], [0, 128])).toEqual(ints(32768));
    expect(one('U32', [1], [255, 255, 255, 127])).toEqual(ints(2147483647));
    expect(one('I64', [2], [254, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 1, 0, 0, 0, 0])).toEqual(ints(-2, 16777216));
    expect(one('U64', [1], [7, 0, 0, 0, 0, 0, 0, 0])).toEqual(ints(7));
    expect(one('BOOL', [3], [0, 1, 1])).toEqual({ shape: [3], dtype: 'bool', data: [0, 1, 1] });
    expect(one('F32', [], [0, 0, 128, 63])).toEqual({ shape: [], dtype: 'float32', data: [1] });
    expect(one('F32', [0, 3], [])).toEqual({ shape: [0, 3], dtype: 'float32', data: [] });
  });

  it('keeps all of the 65536 numbers of 16 bits', () => {
    const rest = Array.from({ length: 131_072 }, (_, i) => (i & 1 ? i >> 9 : (i >> 1) & 255));
    const half = new Float32Array(one('F16', [65_536], rest).data);
    // by the definition: (-1)^sign 2^(exponent - 15) 1.fraction
    const bits = (i: number) => ({ sign: i >> 15 ? -1 : 1, exponent: (i >> 10) & 31, fraction: (i & 1023) / 1024 });
    for (let i = 0; i < 65_536; i++) {
      const { sign, exponent, fraction } = bits(i);
      const value =
        exponent === 31
          ? fraction
            ? NaN
            : sign * Infinity
          : exponent
            ? sign * (1 + fraction) * 2 ** (exponent - 15)
            : sign * fraction * 2 ** -14;
      if (!Object.is(half[i], value)) expect([i, half[i]]).toEqual([i, value]);
    }
    expect(half[0x3c01]).toBe(1 + 2 ** -10);
  });

  it.each<[string, number[], number[], string]>([
    ['I64', [1], [0, 0, 0, 128, 0, 0, 0, 0], 'the number 2147483648, which is too large for int32'],
    ['I64', [1], [255, 255, 255, 127, 255, 255, 255, 255], 'the number -2147483649, which is too large for int32'],
    ['U64', [1], [0, 0, 0, 0, 0, 0, 0, 128], 'the number 9223372036854775808, which is too large for int32'],
    ['U32', [2], [1, 0, 0, 0, 0, 0, 0, 128], "the number 2147483648, which is too large for int32 (in 'a') at byte 66"],
    ['F64', [1], [0, 0, 0, 0, 0, 0, 240, 71], 'the number 3.402823669209385e+38, which is too large for float32'],
    ['F8_E4M3', [1], [1], "the dtype 'F8_E4M3' of 'a'"],
    ['constructor', [1], [1], "the dtype 'constructor' of 'a'"],
    ['F32', [2], [0, 0, 0, 0], "4 bytes for the shape [2] and F32 of 'a'"],
    ['F32', Array(65).fill(1), [0, 0, 0, 0], "the shape an array of shape [65] of 'a'"],
    ['U8', [0, 2 ** 52, 2 ** 52], [], "of 'a'"],
    ['U8', [-1], [], "of 'a'"],
    ['U8', [1.5], [1], "of 'a'"],
  ])('refuses %s of shape %j', (dtype, shape, rest, message) => {
    expect(() => one(dtype, shape, rest)).toThrow(ModelFormatError);
    expect(() => one(dtype, shape, rest)).toThrow(message);
  });

  const u8 = (begin: number, end: number) => ({ dtype: 'U8', shape: [end - begin], data_offsets: [begin, end] });

  it.each<[string, Uint8Array, string]>([
    ['nothing', bytesOf([]), 'its end at byte 0'],
    ['a header longer than the file', bytesOf([3, 0, 0, 0, 0, 0, 0, 0], '{}'), 'a header of 3 bytes in a file of 10 at byte 0'],
    [
      'a header of 100 MB and one byte',
      bytesOf([1, 225, 245, 5, 0, 0, 0, 0], '{}'),
      'a header of 100000001 bytes (at most 100000000 are read)',
    ],
    ['a huge header', bytesOf([255, 255, 255, 255, 255, 255, 255, 255], '{}'), 'a header of 18446744073709551615 bytes'],
    ['no header', file(''), 'a header that does not begin with {'],
    ['a header after a blank', file(' {}'), 'a header that does not begin with {'],
    ['half a header', file('{"a":'), 'a header that is not JSON'],
    ['a deep header', file(`{"a":${'['.repeat(200_000)}`), 'a header that is not JSON'],
    ['odd UTF-8', bytesOf([4, 0, 0, 0, 0, 0, 0, 0], '{"', [0xc0, 0x80]), 'a header that is not UTF-8'],
    ['a name twice', file(`{"a":${JSON.stringify(u8(0, 1))},"\\u0061":${JSON.stringify(u8(0, 1))}}`, [1]), "the name 'a' a second time"],
    ['a key twice', file('{"a":{"dtype":"U8","shape":[1],"dtype":"U8","data_offsets":[0,1]}}', [1]), "the name 'dtype' a second time"],
    ['a tensor that is none', file({ a: 1 }), "1 for the tensor 'a'"],
    ['no offsets', file({ a: { dtype: 'U8', shape: [1] } }), "the data_offsets undefined of 'a'"],
    [
      'offsets turned round',
      file({ a: { dtype: 'U8', shape: [1], data_offsets: [1, 0] } }, [1]),
      "the data_offsets an array of shape [2] of 'a'",
    ],
    ['metadata of numbers', file({ __metadata__: { a: 1 } }), '__metadata__ that is no object of texts'],
    ['a gap at the start', file({ a: u8(1, 2) }, [1, 2]), "bytes of no tensor before 'a' at byte"],
    ['a gap', file({ b: u8(2, 3), a: u8(0, 1) }, [1, 2, 3]), "bytes of no tensor before 'b'"],
    ['an overlap', file({ a: u8(0, 2), b: u8(1, 3) }, [1, 2, 3]), "bytes of two tensors before 'b'"],
    ['two tensors in one place', file({ a: u8(0, 2), b: u8(0, 2) }, [1, 2]), "bytes of two tensors before 'b'"],
    ['bytes at the end', file({ a: u8(0, 2) }, [1, 2, 3]), 'bytes of no tensor after the last'],
    ['bytes without tensors', file({}, [1]), 'bytes of no tensor after the last'],
    ['too few bytes', file({ a: u8(0, 2) }, [1]), 'its end before that of the tensors'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(ModelFormatError);
    expect(() => readSafetensors(bytes)).toThrow(message);
  });

  it('takes tensors in any order, empty ones anywhere, and names of any kind', () => {
    const header = `{"b":${JSON.stringify(u8(1, 3))},"__proto__":${JSON.stringify(u8(0, 1))},"e":${JSON.stringify(u8(1, 1))},"":${JSON.stringify(u8(3, 3))}}  `;
    const { tensors, metadata } = readSafetensors(file(header, [7, 8, 9]));
    expect(Object.keys(tensors)).toEqual(['b', '__proto__', 'e', '']);
    expect(tensors.b.array()).toEqual([8, 9]);
    expect((Object.getOwnPropertyDescriptor(tensors, '__proto__') as { value: Tensor }).value.array()).toEqual([7]);
    expect(metadata).toEqual({});
  });

  it('refuses what is no bytes', () => {
    expect(() => readSafetensors('model.safetensors' as never)).toThrow(
      "readSafetensors: expected a Uint8Array, got 'model.safetensors'. Read",
    );
  });
});

describe('writeSafetensors', () => {
  it('writes by the definition, byte for byte', () => {
    const bytes = writeSafetensors({ f: tensor([true, false, true]), w: tensor([[1, -2.5]]), i: tensor(Int32Array.of(-1)) }, { by: 'me' });
    const header =
      '{"__metadata__":{"by":"me"},"f":{"dtype":"BOOL","shape":[3],"data_offsets":[12,15]},' +
      '"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"i":{"dtype":"I32","shape":[1],"data_offsets":[8,12]}}';
    expect(bytes).toEqual(
      file(header.padEnd(Math.ceil(header.length / 8) * 8), [0, 0, 128, 63, 0, 0, 32, 192, 255, 255, 255, 255, 1, 0, 1]),
    );
  });

  it('is read back as it was, the same bytes every time', () => {
    const shared = new Float32Array([NaN, -0, Infinity, 1e-45]);
    const named = new Map<string, Tensor>([
      ['10', tensor(shared)],
      ['2', new Tensor(shared.subarray(1, 3), [2, 1])],
      ['ä "\\\n', tensor(2.5)],
      ['none', new Tensor(new Int32Array(0), [0, 4])],
      ['flags', tensor([[true], [false]])],
    ]);
    const bytes = writeSafetensors(named, { note: '☃' });
    const { tensors, metadata } = readSafetensors(bytes);
    expect(Object.entries(tensors).map(([name, one]) => [name, facts(one)])).toEqual(
      ['2', '10', 'ä "\\\n', 'none', 'flags'].map((name) => [name, facts(named.get(name) as Tensor)]),
    );
    expect(metadata).toEqual({ note: '☃' });
    expect(writeSafetensors(named, { note: '☃' })).toEqual(bytes);
    expect(readSafetensors(writeSafetensors({}))).toEqual({ tensors: {}, metadata: {} });
  });

  it('refuses what it cannot write', () => {
    expect(() => writeSafetensors({ a: [1] as never })).toThrow('writeSafetensors: expected a to be a Tensor, got an array of shape [1]');
    expect(() => writeSafetensors([tensor(1)] as never)).toThrow('expected an object or a Map of Tensors by name, got an array');
    expect(() => writeSafetensors(new Map([[1, tensor(1)]]) as never)).toThrow('expected texts as names, got 1');
    expect(() => writeSafetensors({ __metadata__: tensor(1) })).toThrow('which is kept for metadata');
    expect(() => writeSafetensors({ '\ud800': tensor(1) })).toThrow('half a surrogate pair');
    expect(() => writeSafetensors({}, { a: 1 } as never)).toThrow('expected metadata.a to be a text, got 1');
    expect(() => writeSafetensors({}, 'x' as never)).toThrow("expected metadata as an object of texts, got 'x'");
  });
});

it('damaged files are refused or read as what they say', async () => {
  const whole = writeSafetensors({ a: tensor([[1, 2, 3]]), b: tensor(Int32Array.of(1, 2)), c: tensor([true]) }, { by: 'me' });
  const wide = file(
    { a: { dtype: 'I64', shape: [2], data_offsets: [0, 16] }, h: { dtype: 'F16', shape: [2, 1], data_offsets: [16, 20] } },
    [...[1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0], ...[0, 60, 0, 62]],
  );
  const { refused, read } = await survives(10_000, [whole, wide], (bytes) => Object.values(readSafetensors(bytes).tensors));
  expect(refused).toBeGreaterThan(draws(5_000));
  expect(read).toBeGreaterThan(draws(100));
});
