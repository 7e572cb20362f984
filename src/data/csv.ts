// Reads rows of CSV and TSV files.
import { mismatch } from '../common/errors.ts';
import { checkBoolean, checkChoice, checkOptions, describe, nearest } from '../common/options.ts';
import { CsvParser, type CsvRow } from './csv-parser.ts';
import type { End, Open } from './pass.ts';
import { expanded } from './stages.ts';
import { openText } from './text-source.ts';

/** The type that a field is parsed as. */
export type FieldType = 'string' | 'number' | 'boolean' | ((text: string) => unknown);

export interface CsvOptions {
  /** Whether the first row holds the names (true, the default); names for a file without such a row; or false: rows are arrays. */
  readonly header?: boolean | readonly string[];
  /** Separator of fields, one character. Default: ',' for csv, tab for tsv. */
  readonly delimiter?: string;
  /** Character around fields that hold separators or line ends, null for none. Default: '"' for csv, null for tsv. */
  readonly quote?: string | null;
  /** The columns to keep, by name or number (from 0), in this order. Default: all. */
  readonly columns?: readonly (string | number)[];
  /** A column whose value stands apart: elements are [row without it, value]. */
  readonly labelColumn?: string | number;
  /** Types by name or number of the column. Default: 'string', the text itself. */
  readonly types?: Readonly<Record<string, FieldType>>;
  /** Whether columns without a type are numbers. Default: false. */
  readonly numeric?: boolean;
}

const OPTIONS = ['header', 'delimiter', 'quote', 'columns', 'labelColumn', 'types', 'numeric'];

/** How to start a pass over the rows of a table. */
export function openCsv<R>(owner: string, source: unknown, options: CsvOptions, separator: string, mark: string | null): Open<R> {
  checkOptions(owner, options, OPTIONS);
  const { header = true, delimiter = separator, quote = mark, numeric = false, types = {} } = options;
  checkCharacter(owner, 'delimiter', delimiter);
  if (quote !== null) checkCharacter(owner, 'quote', quote);
  checkBoolean(owner, 'numeric', numeric);
  if (typeof header !== 'boolean' && !(Array.isArray(header) && header.every((name) => typeof name === 'string'))) {
    throw mismatch(owner, 'header to be true, false or an array of names', describe(header), 'Leave it out for a first row of names.');
  }
  for (const [name, type] of Object.entries(types)) {
    if (typeof type !== 'function') checkChoice(owner, `types.${name}`, type, ['string', 'number', 'boolean']);
  }
  return expanded(openText(owner, source), () => {
    const parser = new CsvParser(owner, delimiter, quote ?? undefined);
    let read: ((row: CsvRow) => R) | undefined;
    return (piece: string | End) => {
      const rows = parser.push(piece);
      if (rows.length === 0) return [];
      const namesFirst = header === true && !read;
      read ??= reader<R>(owner, rows[0].fields, { ...options, header });
      return (namesFirst ? rows.slice(1) : rows).map(read);
    };
  });
}

function checkCharacter(owner: string, name: string, value: unknown): void {
  if (typeof value === 'string' && value.length === 1 && value !== '\n' && value !== '\r') return;
  throw mismatch(owner, `${name} to be one character`, describe(value), "Choose one such as ',' or ';'.");
}

/** A function from rows to elements, for the first row of the file. */
function reader<R>(owner: string, first: readonly string[], options: CsvOptions): (row: CsvRow) => R {
  const { header, columns, labelColumn, types = {}, numeric } = options;
  const names = header === true ? first : header === false ? undefined : (header as readonly string[]);
  const width = names?.length ?? first.length;
  const place = (column: string | number, option: string) => placeOf(owner, column, option, names, width);

  const type: FieldType[] = new Array<FieldType>(width).fill(numeric ? 'number' : 'string');
  for (const [column, wanted] of Object.entries(types))
    type[place(names || !/^\d+$/.test(column) ? column : Number(column), 'types')] = wanted;
  const label = labelColumn === undefined ? undefined : place(labelColumn, 'labelColumn');
  const all = columns?.map((column) => place(column, 'columns')) ?? Array.from({ length: width }, (_, i) => i);
  const kept = all.filter((column) => column !== label);

  return ({ fields, line }) => {
    if (fields.length !== width) {
      throw mismatch(
        owner,
        `${width} fields in the row at line ${line}`,
        fields.length,
        'Put fields that hold the delimiter or a line end in quotes, or set delimiter and quote to those of the file.',
      );
    }
    const value = (column: number) => convert(owner, fields[column], type[column], names?.[column] ?? column, line);
    const row = names ? Object.fromEntries(kept.map((column) => [names[column], value(column)])) : kept.map(value);
    return (label === undefined ? row : [row, value(label)]) as R;
  };
}

function placeOf(owner: string, column: string | number, option: string, names: readonly string[] | undefined, width: number): number {
  const at = typeof column === 'number' ? column : (names?.indexOf(column) ?? -1);
  if (Number.isInteger(at) && at >= 0 && at < width) return at;
  const near = typeof column === 'string' && names ? nearest(column, names) : undefined;
  const have = names ? `one of ${names.join(', ')}` : `a number from 0 to ${width - 1}`;
  throw mismatch(
    owner,
    `${option} to name a column, ${have}`,
    describe(column),
    near ? `Did you mean '${near}'?` : 'Check the first row of the file.',
  );
}

function convert(owner: string, text: string, type: FieldType, name: string | number, line: number): unknown {
  if (type === 'string') return text;
  if (typeof type === 'function') return type(text);
  const word = text.trim();
  if (type === 'number') {
    const value = Number(word);
    if (word !== '' && !Number.isNaN(value)) return value;
    if (/^[+-]?nan$/i.test(word)) return NaN;
  } else {
    if (/^(true|1)$/i.test(word)) return true;
    if (/^(false|0)$/i.test(word)) return false;
  }
  const advice = 'Leave the column as text, or give a function in types that reads it.';
  const what = type === 'number' ? 'a number' : 'true or false';
  throw mismatch(owner, `${what} in column ${describe(name)} of the row at line ${line}`, describe(text), advice);
}
