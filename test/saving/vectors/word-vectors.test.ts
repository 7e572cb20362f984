import { describe, expect, it, test } from 'vitest';
import { ValueError } from '../../../src/common/errors.ts';
import { ModelFormatError } from '../../../src/files/model-format-error.ts';
import { Constant } from '../../../src/initializers/index.ts';
import * as layers from '../../../src/layers/index.ts';
import { Sequential } from '../../../src/models/sequential.ts';
import { Tokenizer } from '../../../src/preprocessing/index.ts';
import type { WordVectorFormat } from '../../../src/saving/vectors/word-format.ts';
import { loadWordVectors, type WordVectorOptions } from '../../../src/saving/vectors/word-vectors.ts';
import { draws } from '../../helpers/draws.ts';
import { bytesOf, dice, mutate } from '../mutate.ts';

const wordIndex = { the: 1, cat: 2, 'new york': 3, dog: 5 };
const load = (source: string | Uint8Array, options: Partial<WordVectorOptions> = {}) =>
  loadWordVectors(typeof source === 'string' ? { text: source } : source, { wordIndex, ...options });

const f = (...values: number[]) => [...Float32Array.from(values)];
const little = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);

/** A stream that gives `size` bytes at a time, and says how far it was read. */
function stream(bytes: Uint8Array, size: number) {
  const state = { read: 0, cancelled: false };
  const readable = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (state.read >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(state.read, state.read + size));
        state.read += size;
      },
      cancel() {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { readable, state };
}

const packed = async (bytes: Uint8Array): Promise<Uint8Array> => {
  const { readable } = stream(bytes, 1000);
  return new Uint8Array(await new Response(readable.pipeThrough(new CompressionStream('gzip') as never)).arrayBuffer());
};

const GLOVE = 'the 0.1 -0.2 3\ndog 1e-3 .5 -7.\nnew york 4 5 6\n日本 1 2 3\nthe 9 9 9\n';
const TEXT = '3 3\nthe 0.1 -0.2 3 \r\ndog 1e-3 .5 -7. \r\nnew york 4 5 6\r\n';
const BINARY = bytesOf('3 3\n', 'the ', little(0.1, -0.2, 3), '\ndog ', little(1e-3, 0.5, -7), 'new\u00a0york ', little(4, 5, 6));
const rows = [f(0, 0, 0), f(0.1, -0.2, 3), f(0, 0, 0), f(4, 5, 6), f(0, 0, 0), f(1e-3, 0.5, -7)];

const files: [WordVectorFormat, Uint8Array][] = [
  ['glove', bytesOf(GLOVE)],
  ['word2vec', bytesOf(TEXT)],
  ['word2vec-binary', BINARY],
];

describe.each(files)('a file of %s', (format, bytes) => {
  const index = format === 'word2vec-binary' ? { the: 1, cat: 2, 'new\u00a0york': 3, dog: 5 } : wordIndex;

  it('gives the rows of the words that are asked for', async () => {
    const { matrix, ...facts } = await load(bytes, { wordIndex: index });
    expect(facts).toEqual({ format, dim: 3, found: 3, missing: ['cat'] });
    expect(matrix.dtype).toBe('float32');
    expect(matrix.array()).toEqual(rows);
  });

  it('is the same in pieces of any size, packed or not, told or found out', async () => {
    const whole = await load(bytes, { wordIndex: index });
    const gzip = await packed(bytes);
    for (const options of [{}, { format, dim: 3 }]) {
      for (const source of [bytes, gzip]) {
        for (const size of [1, 2, 7, 1000]) {
          expect(await loadWordVectors(stream(source, size).readable, { wordIndex: new Map(Object.entries(index)), ...options })).toEqual(
            whole,
          );
        }
        expect(await loadWordVectors(new Blob([source as Uint8Array<ArrayBuffer>]), { wordIndex: index, ...options })).toEqual(whole);
      }
    }
  });

  it('is read no further than needed', async () => {
    const tail = Array.from({ length: 5_000 }, (_, i) => bytesOf(`w${i} `, format === 'word2vec-binary' ? little(1, 2, 3) : '1 2 3\n'));
    const long = format === 'glove' ? bytesOf(bytes, ...tail) : bytesOf('5003 3\n', bytes.subarray(4), ...tail);
    const { readable, state } = stream(long, 100);
    const { found, missing } = await loadWordVectors(readable, { wordIndex: { the: 0, dog: 1 } });
    expect([found, missing]).toEqual([2, []]);
    expect(state.cancelled).toBe(true);
    expect(state.read).toBeLessThan(10_000);
    const limited = stream(long, 100);
    expect((await loadWordVectors(limited.readable, { wordIndex: { the: 0, dog: 1, none: 2 }, limit: 1 })).missing).toEqual([
      'dog',
      'none',
    ]);
    expect(limited.state.read).toBeLessThan(10_000);
  });
});

test('fastText: the format of word2vec, told by its name', async () => {
  expect((await load(TEXT, { format: 'fasttext' })).matrix.array()).toEqual(rows);
});

test('words not found: zeros, or what an initializer draws; rows of no word stay zeros', async () => {
  const { matrix, missing } = await load(GLOVE, { initializer: new Constant(7), wordIndex: { cat: 1, the: 2, bird: 4, THE: 2 } });
  expect(missing).toEqual(['cat', 'bird', 'THE']);
  expect(matrix.array()).toEqual([f(0, 0, 0), f(7, 7, 7), f(0.1, -0.2, 3), f(0, 0, 0), f(7, 7, 7)]);
  const drawn = (await load('a 1 1\n', { initializer: 'uniform' })).matrix.array<number[][]>();
  expect(drawn[1]).not.toEqual([0, 0]);
  expect(drawn[0]).toEqual([0, 0]);
});

test('odd but good files', async () => {
  const the = async (source: string | Uint8Array, options = {}) =>
    (await load(source, { wordIndex: { the: 0 }, ...options })).matrix.array();
  expect(await the('\ufeffthe 1 2')).toEqual([f(1, 2)]);
  expect(await the('a 1 2\r\n\r\n\nthe\t1\t2\t\n')).toEqual([f(1, 2)]);
  expect(await the('1 1 2\nthe 3 4\n')).toEqual([f(3, 4)]);
  expect(await the('0 2\n')).toEqual([f(0, 0)]);
  expect(await the(bytesOf('1 1\nthe ', little(10), '\n'))).toEqual([f(10)]);
  expect(await the(bytesOf([0xff], ' 1 2\nthe 3 4\n'))).toEqual([f(3, 4)]);
});

test.each<[string, string | Uint8Array, Partial<WordVectorOptions>, string]>([
  ['nothing', '', {}, 'found nothing at byte 0'],
  ['a line without numbers', 'hello world\n', {}, 'found no word with numbers behind it in line 1'],
  ['too few numbers', 'a 1 2\nb 3\n', {}, 'found 1 numbers behind a word where 2 are expected in line 2 at byte 6'],
  ['a line without a word', 'a 1 2\n3 4\n', {}, 'found 1 numbers behind a word where 2 are expected in line 2'],
  ['one number too many', 'a 1 2\nthe 3 4 5\n', {}, "found 3 numbers behind 'the' where 2 are expected in line 2"],
  ['a word for a number', 'a 1 2\nthe 3 x\n', {}, "found 'x', which is no number, behind 'the' in line 2 at byte 6"],
  ['nan', 'a 1 2\nthe 3 nan\n', {}, "found 'nan', which is no number"],
  ['a number beyond float32', 'a 1 2\nthe 3 1e39\n', {}, "found '1e39', which float32 cannot hold, behind 'the' in line 2"],
  ['fewer words than told', '3 2\na 1 2\nb 1 2\n', {}, 'found 2 words where line 1 tells 3 at byte 16. The file may be cut off'],
  ['more words than told', '1 2\na 1 2\nb 1 2\n', {}, 'found more than the 1 words that line 1 tells in line 3'],
  [
    'a line without end',
    bytesOf('a 1 2\n', new Uint8Array(2 ** 20 + 70_000).fill(65)),
    {},
    'found more than 1048576 bytes in line 2 at byte 6',
  ],
  ['no header where one is told', 'a 1 2\n', { format: 'word2vec' }, "found no two numbers, as 'words dim', in line 1"],
  ['vectors of no numbers', '2 0\na\nb\n', {}, 'found vectors of 0 numbers'],
  ['vectors of too many', '2 70000\na\nb\n', {}, 'found vectors of 70000 numbers'],
  ['half a vector', BINARY.subarray(0, 30), {}, "found the end in the vector of 'dog' at byte 30"],
  ['half a word', BINARY.subarray(0, 22), {}, 'found the end after 1 of 3 words at byte 22'],
  ['more binary words than told', bytesOf('1 1\na ', little(1e30), 'b '), {}, 'found more than the 1 words that line 1 tells at byte 10'],
  ['infinity in a vector', bytesOf('1 1\nthe ', little(Infinity)), {}, "found Infinity in the vector of 'the' at byte 8"],
  ['a ZIP archive', bytesOf('PK', [3, 4, 0]), {}, 'found a ZIP archive at byte 0. Unpack it'],
  ["fastText's model", bytesOf([0xba, 0x16, 0x4f, 0x2f, 12, 0, 0, 0]), {}, 'found a model of fastText (.bin)'],
  ['a pickle', bytesOf([0x80, 2, 99]), {}, 'found a pickle of Python'],
  ['half of gzip', bytesOf([0x1f, 0x8b, 8, 0, 0]), {}, 'found bytes that gzip cannot unpack'],
])('refuses %s', async (_, source, options, message) => {
  const error = await load(source, options).then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(ModelFormatError);
  expect(error.message).toContain(`loadWordVectors: cannot read this as word vectors: ${message}`);
});

test('a line without end in a stream is not kept', async () => {
  let given = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      given += 65_536;
      controller.enqueue(given === 65_536 ? bytesOf('a 1 2\n') : new Uint8Array(65_536).fill(65));
    },
  });
  await expect(loadWordVectors(endless, { wordIndex })).rejects.toThrow('found more than 1048576 bytes in line 2');
  expect(given).toBeLessThan(2 ** 21);
});

test('refuses wrong options', async () => {
  const fails = async (options: object, message: string) => {
    await expect(loadWordVectors({ text: GLOVE }, options as WordVectorOptions)).rejects.toThrow(message);
    await expect(loadWordVectors({ text: GLOVE }, options as WordVectorOptions)).rejects.toThrow(ValueError);
  };
  await fails({ wordIndex, dim: 4 }, 'loadWordVectors: expected vectors of dim 4, got 3 numbers in the file');
  await fails({ wordIndex, dim: 0 }, 'expected dim to be a positive integer, got 0');
  await fails({ wordIndex, limit: 1.5 }, 'expected limit to be a positive integer, got 1.5');
  await fails({ wordIndex, format: 'Glove' }, "Did you mean 'glove'?");
  await fails({ wordindex: wordIndex }, 'Did you mean wordIndex?');
  await fails({ wordIndex: ['the'] }, 'expected wordIndex to be an object or a Map from words to rows, got an array');
  await fails({ wordIndex: {} }, 'expected words in wordIndex, got none');
  await fails({ wordIndex: { the: -1 } }, "expected wordIndex to hold words and rows from 0 on, got -1 for 'the'");
  await fails({ wordIndex: { the: 2 ** 40 } }, 'expected a matrix of at most 536870912 numbers');
  await fails({ wordIndex, signal: true }, 'expected signal to be an AbortSignal, got true');
  await fails({ wordIndex, initializer: 'nope' }, "got 'nope'");
  await expect(loadWordVectors(7 as never, { wordIndex })).rejects.toThrow('loadWordVectors: expected a path, a URL');
  await expect(loadWordVectors({ text: GLOVE }, undefined as never)).rejects.toThrow('expected wordIndex to be an object or a Map');
});

test('a signal ends the reading, also while nothing comes in', async () => {
  const reason = new Error('enough');
  await expect(load(GLOVE, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const control = new AbortController();
  let cancelled = false;
  let pulls = 0;
  const silent = new ReadableStream<Uint8Array>({
    pull: (controller) => (pulls++ === 0 ? controller.enqueue(bytesOf('a 1 2\n')) : new Promise(() => undefined)),
    cancel() {
      cancelled = true;
    },
  });
  const waiting = loadWordVectors(silent, { wordIndex, signal: control.signal });
  setTimeout(() => control.abort(reason), 10);
  await expect(waiting).rejects.toBe(reason);
  expect(cancelled).toBe(true);
  expect((await load(GLOVE, { signal: new AbortController().signal })).found).toBe(3);
});

test('the error of a source is passed on, through gzip too', async () => {
  const failure = new Error('cable');
  for (const start of [bytesOf('a 1 2\n'), (await packed(bytesOf(GLOVE))).subarray(0, 20)]) {
    let pulls = 0;
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (pulls++ === 0) controller.enqueue(start);
        else controller.error(failure);
      },
    });
    await expect(loadWordVectors(broken, { wordIndex })).rejects.toBe(failure);
  }
});

test('the matrix is the weights of an Embedding layer', async () => {
  const tokenizer = new Tokenizer();
  tokenizer.fitOnTexts(['the cat sat', 'the dog']);
  const source = { text: 'the 0.1 0.2\ncat 0.3 -0.4\ndog 1 2e-3\n' };
  const { matrix, missing } = await loadWordVectors(source, { wordIndex: tokenizer.wordIndex });
  expect(missing).toEqual(['sat']);
  const [inputDim, outputDim] = matrix.shape;
  const model = new Sequential([new layers.Embedding(inputDim, outputDim, { weights: [matrix], trainable: false })]);
  const [ids] = tokenizer.textsToSequences(['the cat sat']);
  expect(model.predict([ids]).array()).toEqual([[f(0.1, 0.2), f(0.3, -0.4), f(0, 0)]]);
  expect(model.trainableWeights).toEqual([]);
});

test('damaged files are refused or read', async () => {
  const roll = dice(11);
  let refused = 0;
  for (let i = 0; i < draws(6_000); i++) {
    const damaged = mutate(files[i % 3][1], roll);
    try {
      const { matrix, found, missing, dim } = await load(damaged);
      expect(found + missing.length).toBe(4);
      expect(matrix.shape).toEqual([6, dim]);
      expect(matrix.data.every(Number.isFinite)).toBe(true);
    } catch (error) {
      if (!(error instanceof ModelFormatError)) throw error;
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(draws(1_000));
  expect(refused).toBeLessThan(draws(6_000));
});
