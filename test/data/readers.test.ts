import { describe, expect, test } from 'vitest';
import { ValueError } from '../../src/common/errors.ts';
import { type CsvOptions, Dataset, type TextSource } from '../../src/data/index.ts';
import { MersenneTwister } from '../../src/random/mt19937.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** A stream that gives `size` bytes at a time. */
function stream(text: string, size: number): ReadableStream<Uint8Array> {
  const all = bytes(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= all.length) return controller.close();
      controller.enqueue(all.slice(at, at + size));
      at += size;
    },
  });
}

const POEM = '\ufefferste Zeile\r\nzweite — 日本 😀\n\n\rvierte\r\nletzte';
const LINES = ['erste Zeile', 'zweite — 日本 😀', '', '\rvierte', 'letzte'];

const sources: [string, () => TextSource, boolean][] = [
  ['text', () => ({ text: POEM }), true],
  ['bytes', () => bytes(POEM), true],
  ['a Blob', () => new Blob([POEM]), true],
  ['a data: URL', () => new URL(`data:text/plain;charset=utf-8,${encodeURIComponent(POEM)}`), true],
  ['a stream', () => stream(POEM, 1), false],
  ['a stream in pieces', () => stream(POEM, 7), false],
  ['a Response', () => new Response(POEM), false],
];

describe.each(sources)('lines of %s', (_, make, again) => {
  test('are those of the text', async () => {
    const lines = Dataset.textLines(make());
    expect(await lines.toArray()).toEqual(LINES);
    if (again) expect(await lines.toArray()).toEqual(LINES);
    else {
      await expect(lines.toArray()).rejects.toThrow(
        /^Dataset\.textLines: expected a source that can be read again, got a (ReadableStream|Response)/,
      );
      await expect(lines.toArray()).rejects.toThrow(ValueError);
    }
  });

  test('are read no further than needed', async () => {
    expect(await Dataset.textLines(make()).take(1).toArray()).toEqual(LINES.slice(0, 1));
  });
});

test('lines: ends and nothing', async () => {
  const lines = (text: string) => Dataset.textLines({ text }).toArray();
  expect(await lines('')).toEqual([]);
  expect(await lines('\n')).toEqual(['']);
  expect(await lines('a\n')).toEqual(['a']);
  expect(await lines('a\n\n')).toEqual(['a', '']);
});

test('a stream is cancelled when no more is wanted', async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(bytes('a line\n')),
    cancel() {
      cancelled = true;
    },
  });
  expect(await Dataset.textLines(endless).take(2).toArray()).toEqual(['a line', 'a line']);
  expect(cancelled).toBe(true);
});

test('what cannot be read is named', async () => {
  expect(() => Dataset.textLines(5 as never)).toThrow('Dataset.textLines: expected a path, a URL, a Blob');
  await expect(Dataset.textLines(new Response('no', { status: 404 })).toArray()).rejects.toThrow(/status 404/);
  const read = new Response('a');
  await read.text();
  await expect(Dataset.textLines(read).toArray()).rejects.toThrow(/body is used/);
  await expect(Dataset.textLines('http://localhost:1/').toArray()).rejects.toThrow(/something to read at 'http:\/\/localhost:1\/'/);
});

const table = (text: string, options?: CsvOptions) => Dataset.csv({ text }, options).toArray();

describe('csv', () => {
  const REVIEWS = 'text,stars,ok\r\n"Good, really",5,true\n"She said ""no""\r\nand left",1,false\n';

  test('rows are objects by the first line', async () => {
    expect(await table(REVIEWS)).toEqual([
      { text: 'Good, really', stars: '5', ok: 'true' },
      { text: 'She said "no"\r\nand left', stars: '1', ok: 'false' },
    ]);
  });

  test('types, columns and a label', async () => {
    expect(await table(REVIEWS, { types: { stars: 'number', ok: 'boolean', text: (text: string) => text.length } })).toEqual([
      { text: 12, stars: 5, ok: true },
      { text: 23, stars: 1, ok: false },
    ]);
    expect(await table(REVIEWS, { columns: ['ok', 'text'], labelColumn: 'ok' })).toEqual([
      [{ text: 'Good, really' }, 'true'],
      [{ text: 'She said "no"\r\nand left' }, 'false'],
    ]);
    expect(await table('1,2.5,3\n-4,5e2, 6 ', { header: false, numeric: true })).toEqual([
      [1, 2.5, 3],
      [-4, 500, 6],
    ]);
    expect(await table('1,2,a', { header: false, numeric: true, types: { 2: 'string' }, columns: [2, 0], labelColumn: 1 })).toEqual([
      [['a', 1], 2],
    ]);
    expect(await table('1;2', { header: ['a', 'b'], delimiter: ';' })).toEqual([{ a: '1', b: '2' }]);
  });

  test('rows go into batches', async () => {
    const rows = Dataset.csv({ text: 'a,b,y\n1,2,0\n3,4,1' }, { numeric: true, labelColumn: 'y' });
    for await (const [{ a, b }, y] of rows.batch(2))
      expect([a, b, y].map((t) => t.array())).toEqual([
        [1, 3],
        [2, 4],
        [0, 1],
      ]);
    for await (const batch of Dataset.tsv({ text: '1\t2\t3\n4\t5\t6' }, { header: false, numeric: true }).batch(2))
      expect(batch.shape).toEqual([2, 3]);
  });

  test.each<[string, string, string[][]]>([
    ['nothing', '', []],
    ['blank lines', '\n\r\na\n\n', [['a']]],
    [
      'empty fields',
      ',\n,',
      [
        ['', ''],
        ['', ''],
      ],
    ],
    ['an empty field in quotes', '""\n', [['']]],
    [
      'empty fields in quotes',
      '"",""\r\n"",""',
      [
        ['', ''],
        ['', ''],
      ],
    ],
    ['a quote in the middle', 'a"b",c', [['a"b"', 'c']]],
    [
      'text after a quote',
      '"a"b,"c" \r\n"d"\rx,e',
      [
        ['ab', 'c '],
        ['d\rx', 'e'],
      ],
    ],
    ['a quoted return', '"a\r"\r\n', [['a\r']]],
    ['no last line end', 'a,"b"', [['a', 'b']]],
    ['a last return', 'a\r', [['a']]],
    ['a byte order mark', '\ufeff"a",b', [['a', 'b']]],
  ])('%s', async (_, text, rows) => {
    expect(await table(text, { header: false })).toEqual(rows);
    for (const size of [1, 2, 3]) expect(await Dataset.csv(stream(text, size), { header: false }).toArray()).toEqual(rows);
  });

  test('tables come back from any quoting, in any pieces', async () => {
    const random = new MersenneTwister(8);
    const pieces = ['a', 'b', '"', '""', ',', '\t', '\n', '\r\n', '\r', ' ', 'é', '😀', '1'];
    for (let round = 0; round < 200; round++) {
      const width = random.randint(2, 4);
      const rows = Array.from({ length: random.randint(1, 5) }, () =>
        Array.from({ length: width }, () => Array.from({ length: random.below(6) }, () => pieces[random.below(pieces.length)]).join('')),
      );
      const delimiter = random.below(2) ? ',' : '\t';
      const end = random.below(2) ? '\n' : '\r\n';
      const field = (value: string) =>
        /["\r\n]/.test(value) || value.includes(delimiter) || random.below(3) === 0 ? `"${value.replaceAll('"', '""')}"` : value;
      const text = rows.map((row) => row.map(field).join(delimiter)).join(end) + (random.below(2) ? end : '');
      const read =
        delimiter === ','
          ? Dataset.csv(stream(text, random.randint(1, 9)), { header: false })
          : Dataset.tsv({ text }, { header: false, quote: '"' });
      expect(await read.toArray()).toEqual(rows);
    }
  });

  test('without quotes', async () => {
    const quoted = '"x,y"\n"z,1"';
    expect(await Dataset.csv({ text: quoted }, { header: ['a', 'b'], quote: null }).toArray()).toEqual([
      { a: '"x', b: 'y"' },
      { a: '"z', b: '1"' },
    ]);
    // What is between tabs is the field, as in files of sentences.
    const sentences = '"Storm Trooper" is bad.\t0\n" I love it.\t1';
    expect(await Dataset.tsv({ text: sentences }, { header: false }).toArray()).toEqual([
      ['"Storm Trooper" is bad.', '0'],
      ['" I love it.', '1'],
    ]);
  });

  test('mistakes are named with their line', async () => {
    await expect(table('a,b\n1,2\n"3\n4"\n')).rejects.toThrow('Dataset.csv: expected 2 fields in the row at line 3, got 1.');
    await expect(table('a,b\n1,2\n\n"x\ny",z\n1', { types: { a: 'number' } })).rejects.toThrow(
      "expected a number in column 'a' of the row at line 4, got 'x\ny'",
    );
    await expect(table('a\n1\n\n', { numeric: true, types: { b: 'number' } })).rejects.toThrow(
      "expected types to name a column, one of a, got 'b'",
    );
    await expect(table('text\nx', { columns: ['txet'] })).rejects.toThrow("Did you mean 'text'?");
    await expect(table('a\n""', { numeric: true })).rejects.toThrow("got ''");
    await expect(table('a\n2', { types: { a: 'boolean' } })).rejects.toThrow('expected true or false');
    await expect(table('a\n"b\nc\n')).rejects.toThrow('closes the field of the row at line 2');
    await expect(table('1', { header: false, columns: ['a'] })).rejects.toThrow('a number from 0 to 0');
    expect(() => Dataset.csv({ text: '' }, { delimiter: ', ' })).toThrow('expected delimiter to be one character');
    expect(() => Dataset.csv({ text: '' }, { seperator: ';' } as never)).toThrow(ValueError);
    expect(() => Dataset.csv({ text: '' }, { header: 'a' as never })).toThrow('expected header');
    expect(() => Dataset.csv({ text: '' }, { types: { a: 'nubmer' as never } })).toThrow("Did you mean 'number'?");
  });
});
