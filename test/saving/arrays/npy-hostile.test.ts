import { describe, expect, it } from 'vitest';
import { ModelFormatError } from '../../../src/files/model-format-error.ts';
import { readNpy, writeNpy } from '../../../src/saving/arrays/npy.ts';
import { readNpz, writeNpz } from '../../../src/saving/arrays/npz.ts';
import { loadNpz } from '../../../src/saving/load-npz.ts';
import { tensor } from '../../../src/tensor/index.ts';
import recorded from '../../fixtures/npy_kinds.json';
import archives from '../../fixtures/npz.json';
import { draws } from '../../helpers/draws.ts';
import { bytesOf, facts, survives } from '../mutate.ts';

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** A .npy file of version 1.0 by its definition. */
const file = (header: string, rest: number[] = [], version = [1, 0]) =>
  bytesOf([0x93], 'NUMPY', version, [header.length & 255, header.length >> 8], version[0] > 1 ? [0, 0] : [], header, rest);

const dict = (descr: string, shape: string, fortran = 'False') => `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;

describe('readNpy', () => {
  it.each(Object.entries(recorded.kinds))('reads %s as NumPy wrote it', (kind, { file, data }) => {
    const dtype = kind[1] === 'f' ? 'float32' : 'int32';
    expect(facts(readNpy(fromBase64(file)))).toEqual({ shape: [2, 3], dtype, data });
  });

  it.each(Object.entries(recorded.versions))('reads version %s.0', (_, file) => {
    expect(facts(readNpy(fromBase64(file)))).toEqual({ shape: [3], dtype: 'int32', data: [0, 1, 2] });
  });

  it('turns Fortran order into rows', () => {
    const { file, shape } = recorded.fortran;
    expect(facts(readNpy(fromBase64(file)))).toEqual({ shape, dtype: 'float32', data: Array.from({ length: 24 }, (_, i) => i) });
  });

  it('reads headers as others write them', () => {
    const one = { shape: [1, 2], dtype: 'bool', data: [1, 0] };
    for (const header of [
      dict(`'|b1'`, '(1, 2)'),
      `{"shape":(1,2,),"fortran_order":False,"descr":"|b1"}`,
      ` { 'fortran_order' : False,\n'shape' : ( 1L , 2L ) , 'descr' : '|b1' , } `,
      dict(`'|b1'`, '(1, 2)', 'True'),
    ]) {
      expect(facts(readNpy(file(header, [7, 0]))), header).toEqual(one);
    }
    expect(facts(readNpy(file(dict(`'=i2'`, '()'), [255, 255])))).toEqual({ shape: [], dtype: 'int32', data: [-1] });
  });

  it.each<[string, Uint8Array, string]>([
    ['nothing', bytesOf([]), 'found its end at byte 0'],
    ['another file', bytesOf([0x93], 'NUMPX', [1, 0, 0, 0]), 'found other bytes at byte 5'],
    ['version 4', file(dict(`'<f4'`, '()'), [], [4, 0]), 'found version 4.0 at byte 6'],
    ['version 1.1', file(dict(`'<f4'`, '()'), [], [1, 1]), 'found version 1.1 at byte 6'],
    ['a header cut off', bytesOf([0x93], 'NUMPY', [1, 0, 9, 0], '{'), 'found a header of 9 bytes at byte 8'],
    ['a header above 64 KiB', bytesOf([0x93], 'NUMPY', [2, 0, 1, 0, 1, 0], ' '.repeat(65_537)), 'found a header of 65537 bytes'],
    ['no header', file(''), 'found the end of its header at byte 10'],
    ['half a dict', file(`{'descr': '<f4', `), 'found the end of its header'],
    ['code', file(dict(`__import__('os')`, '()')), "found '__import__' in its header at byte 20"],
    ['more than a dict', file(`${dict(`'<f4'`, '()')};x`), "found ';x' in its header"],
    ['an entry twice', file(`{'descr': '<f4', 'descr': '<f4', }`), "found the entry 'descr' a second time at byte 26"],
    ['no shape', file(`{'descr': '<f4', 'fortran_order': False}`), "found no entry 'shape'"],
    ['a fourth entry', file(`{'a': True, 'descr': '<f4', 'fortran_order': False, 'shape': ()}`), 'found the entries a, descr'],
    ['objects', file(dict(`'|O'`, '(1,)')), "found numbers of the kind '|O'"],
    ['texts', file(dict(`'<U3'`, '(1,)')), "found numbers of the kind '<U3'"],
    ['complex numbers', file(dict(`'<c8'`, '(1,)')), "found numbers of the kind '<c8'"],
    ['one byte with an order', file(dict(`'<b1'`, '(1,)')), "found numbers of the kind '<b1'"],
    ['four bytes without', file(dict(`'|f4'`, '(1,)')), "found numbers of the kind '|f4'"],
    ['fields', file(dict(`[('a', '<f4')]`, '(1,)')), 'found fields with names at byte'],
    ['a number as shape', file(dict(`'<f4'`, '(3)')), 'found a number instead of a shape'],
    ['a negative length', file(dict(`'<f4'`, '(-1,)')), "found '-1,)"],
    ['a length of 17 digits', file(dict(`'<f4'`, '(10000000000000000,)')), 'in its header'],
    ['an odd fortran_order', file(dict(`'<f4'`, '()', '()')), 'found a fortran_order that is not True or False'],
    ['too few bytes', file(dict(`'<f4'`, '(2,)'), [0, 0, 0, 0]), 'found 4 bytes for shape [2] of f4'],
    ['too many bytes', file(dict(`'<f4'`, '()'), [0, 0, 0, 0, 0]), 'found 5 bytes for shape [] of f4'],
    ['a shape without end', file(dict(`'<f4'`, `(${'1,'.repeat(30_000)})`), [0, 0, 0, 0]), 'found 4 bytes for shape [1, 1, 1'],
    ['lengths beside a 0', file(dict(`'<f4'`, '(0, 9007199254740991, 2)')), 'found 0 bytes for shape'],
    [
      'an int64 above int32',
      file(dict(`'>i8'`, '(1,)'), [0, 0, 0, 0, 128, 0, 0, 0]),
      'found the number 2147483648, which is too large for int32',
    ],
    ['a uint32 above int32', file(dict(`'<u4'`, '(2,)'), [1, 0, 0, 0, 255, 255, 255, 255]), 'found the number 4294967295'],
    ['a float64 above float32', file(dict(`'>f8'`, '(1,)'), [0x48, 0, 0, 0, 0, 0, 0, 0]), 'which is too large for float32'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readNpy(bytes)).toThrow(ModelFormatError);
    expect(() => readNpy(bytes)).toThrow(message);
  });

  it('says where', () => {
    const bytes = file(dict(`'<u4'`, '(2,)'), [1, 0, 0, 0, 255, 255, 255, 255]);
    expect(() => readNpy(bytes)).toThrow(`at byte ${bytes.length - 4}. Save the array again with numpy.save`);
    expect(() => readNpy('a.npy' as never)).toThrow("readNpy: expected a Uint8Array, got 'a.npy'. Read the file first.");
    expect(() => writeNpy([1] as never)).toThrow('writeNpy: expected a Tensor, got an array of shape [1]');
  });
});

describe('loadNpz', () => {
  const compressed = fromBase64(recorded.compressed);

  it('reads what numpy.savez_compressed wrote, from wherever it lies', async () => {
    const blob = new Blob([compressed]);
    for (const source of [compressed, blob, blob.stream(), new Response(blob), new URL(`data:;base64,${recorded.compressed}`)]) {
      const { zeros, ids } = await loadNpz(source);
      expect(zeros.shape).toEqual([50, 40]);
      expect(zeros.data.every((value) => value === 0)).toBe(true);
      expect(ids.array()).toEqual([0, 1, 2, 3, 4]);
    }
  });

  it('reads stored archives as readNpz does', async () => {
    const bytes = fromBase64(archives.npz);
    const all = readNpz(bytes);
    expect(Object.entries(await loadNpz(bytes)).map(([name, one]) => [name, facts(one)])).toEqual(
      Object.entries(all).map(([name, one]) => [name, facts(one)]),
    );
  });

  it('refuses what is no archive, and other options', async () => {
    await expect(loadNpz(compressed, { maxEntries: 1 })).rejects.toThrow(
      'loadNpz: cannot read this as ZIP: found 2 entries (at most 1 are read)',
    );
    await expect(loadNpz(compressed, { maxBytes: 5000 })).rejects.toThrow('more than 5000 bytes of contents');
    await expect(loadNpz(compressed.subarray(9))).rejects.toThrow(ModelFormatError);
    await expect(loadNpz(compressed, { maxByte: 1 } as object)).rejects.toThrow('Did you mean maxBytes?');
    await expect(loadNpz(7 as never)).rejects.toThrow('loadNpz: expected a path, a URL');
  });
});

describe('damaged files are refused or read as what they say', () => {
  it('.npy', async () => {
    const originals = [
      writeNpy(tensor([[1, 2, 3]])),
      ...['>f2', '<i8', '>u2'].map((kind) => fromBase64(recorded.kinds[kind as '>f2'].file)),
    ];
    originals.push(fromBase64(recorded.fortran.file), fromBase64(recorded.versions[3]));
    const { refused, read } = await survives(10_000, originals, (bytes) => [readNpy(bytes)], { focus: 80 });
    expect(refused).toBeGreaterThan(draws(3_000));
    expect(read).toBeGreaterThan(draws(100));
  });

  it('.npz', async () => {
    const whole = writeNpz({ a: tensor([[1, 2, 3]]), 'b/c': tensor(Int32Array.of(1, 2)) });
    const right = JSON.stringify(readNpz(whole));
    const { refused } = await survives(5_000, [whole], (bytes) => {
      const tensors = readNpz(bytes);
      // contents stand under a checksum, names do not
      for (const one of Object.values(tensors)) expect(right).toContain(JSON.stringify(one));
      return Object.values(tensors);
    });
    expect(refused).toBeGreaterThan(draws(4_000));
  });

  it('compressed .npz', async () => {
    const bytes = fromBase64(recorded.compressed);
    const { refused } = await survives(2_000, [bytes], async (damaged) => Object.values(await loadNpz(damaged)), { most: 2_000 });
    expect(refused).toBeGreaterThan(draws(1_500));
  });
});
