import { mismatch } from '../common/errors.ts';
import { END, type End } from './pass.ts';

/** The fields of a row and the line it begins on, from 1. */
export interface CsvRow {
  readonly fields: string[];
  readonly line: number;
}

/**
 * Where in a field the reader is: at its start, in it, between quotes, after a quote that closes it or is half of two, after
 * the \r that follows such a quote.
 */
type State = 'start' | 'plain' | 'quoted' | 'closed' | 'return';

/**
 * RFC 4180 on a text that comes in pieces: fields in quotes may hold delimiters, line ends and doubled quotes. As in Python's
 * csv, a quote inside an unquoted field is a character like any other, and what follows a closing quote joins the field.
 */
export class CsvParser {
  private readonly owner: string;
  private readonly delimiter: string;
  private readonly quote: string | undefined;
  private rows: CsvRow[] = [];
  private fields: string[] = [];
  private field = '';
  private state: State = 'start';
  private anyQuoted = false;
  private line = 1;
  private lineOfRow = 1;

  constructor(owner: string, delimiter: string, quote: string | undefined) {
    this.owner = owner;
    this.delimiter = delimiter;
    this.quote = quote;
  }

  /** The rows that a piece completes; END completes the last. */
  push(piece: string | End): CsvRow[] {
    if (piece === END) this.finish();
    else this.read(piece);
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  private read(text: string): void {
    const { delimiter, quote } = this;
    let from = 0;
    for (let i = 0; i < text.length; i++) {
      const c = text[i];
      if (this.state === 'quoted') {
        if (c === '\n') this.line++;
        else if (c === quote) {
          this.field += text.slice(from, i);
          this.state = 'closed';
        }
      } else if (c === delimiter || c === '\n') {
        if (this.state === 'plain') this.field += text.slice(from, i);
        else if (this.state === 'return' && c === delimiter) this.field += '\r';
        if (c === delimiter) this.endField();
        else this.endRow();
      } else if (this.state === 'start') {
        this.state = c === quote ? 'quoted' : 'plain';
        this.anyQuoted ||= c === quote;
        from = c === quote ? i + 1 : i;
      } else if (this.state === 'closed' && c === '\r') {
        this.state = 'return';
      } else if (this.state !== 'plain') {
        if (this.state === 'return') this.field += '\r';
        this.state = this.state === 'closed' && c === quote ? 'quoted' : 'plain';
        from = i; // with the second of two quotes, which stands for one
      }
    }
    if (this.state === 'plain' || this.state === 'quoted') this.field += text.slice(from);
  }

  private endField(): void {
    this.fields.push(this.field);
    this.field = '';
    this.state = 'start';
  }

  private endRow(): void {
    if (this.state === 'plain' && this.field.endsWith('\r')) this.field = this.field.slice(0, -1);
    this.endField();
    const { fields } = this;
    if (fields.length > 1 || fields[0] !== '' || this.anyQuoted) this.rows.push({ fields, line: this.lineOfRow });
    this.fields = [];
    this.anyQuoted = false;
    this.lineOfRow = ++this.line;
  }

  private finish(): void {
    if (this.state === 'quoted') {
      throw mismatch(
        this.owner,
        `a quote (${this.quote}) that closes the field of the row at line ${this.lineOfRow}`,
        'the end of the text',
        'Set quote to null if quotes are ordinary characters.',
      );
    }
    if (this.fields.length > 0 || this.state !== 'start') this.endRow();
  }
}
