// How subword encoders cut texts into tokens, and how they write subwords down. The rules are those of TensorFlow Datasets'
// SubwordTextEncoder (subword_text_encoder.py, text_encoder.py).
import { SPACE_AFTER } from './subword-trie.ts';

/** Letters, digits and the underscore: Python's \w. */
const WORD = '[\\p{L}\\p{N}_]+';
const GAP = '[^\\p{L}\\p{N}_]+';

/** An underscore written down; a bare one at the end stands for a space. */
const UNDERSCORE = '\\&undsc';
/** A line end written down, since a file has a subword in each line. */
const NEWLINE = '\\&newline';

/** Whether a text holds both characters of words and others, so that only a reserved token keeps it whole. */
export const isMixed = (text: string): boolean => new RegExp(WORD, 'u').test(text) && new RegExp(GAP, 'u').test(text);

/** A text without lone surrogates, which UTF-8 cannot hold: they become U+FFFD. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');

/** A run of characters, and whether a single space follows it. */
export type Visit = (token: string, spaceAfter: boolean) => void;

/** A function that cuts texts at `reserved` tokens and between words and the rest. A single space joins the token before it. */
export function tokenizer(reserved: Iterable<string>): (text: string, visit: Visit) => void {
  // The longest first, so that a token is found whole where another begins it.
  const literal = [...reserved].sort((a, b) => b.length - a.length).map((token) => token.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const pieces = literal.length ? new RegExp(`(${literal.join('|')})`, 'u') : undefined;
  return (text, visit) => {
    const all = new RegExp(`${WORD}|${GAP}`, 'gu');
    let token: string | undefined;
    const give = (next: string): void => {
      if (token !== undefined) visit(token, next === ' ');
      token = token !== undefined && next === ' ' ? undefined : next;
    };
    const parts = pieces ? text.split(pieces) : [text];
    parts.forEach((part, i) => {
      if (i % 2 === 1) give(part);
      else for (const [piece] of part.matchAll(all)) give(piece);
    });
    if (token !== undefined) visit(token, false);
  };
}

/** Code points of a token, and the mark of the space after it. */
export function symbolsOf(token: string, spaceAfter: boolean): number[] {
  const symbols: number[] = [];
  for (let i = 0; i < token.length; i++) {
    const symbol = token.codePointAt(i) as number;
    if (symbol > 0xffff) i++;
    symbols.push(symbol);
  }
  if (spaceAfter) symbols.push(SPACE_AFTER);
  return symbols;
}

/** A subword as vocabularies hold it: `a b_` for the token `a b` and the space after it. */
export function written(text: string, spaceAfter: boolean): string {
  return text.replaceAll('_', UNDERSCORE) + (spaceAfter ? '_' : '');
}

/** What a subword of a vocabulary stands for. */
export function read(subword: string): { text: string; spaceAfter: boolean } {
  const spaceAfter = subword.endsWith('_');
  return { text: (spaceAfter ? subword.slice(0, -1) : subword).replaceAll(UNDERSCORE, '_'), spaceAfter };
}

const HEADER = '### SubwordTextEncoder';
const METADATA = '### Metadata: ';

/** The file of a vocabulary. */
export function fileText(subwords: readonly string[]): string {
  const lines = subwords.map((subword) => `'${subword.replaceAll('\n', NEWLINE)}'`);
  return [HEADER, `${METADATA}{}`, ...lines, ''].join('\n');
}

/** The vocabulary in a file's text; undefined if it is none. */
export function subwordsOfFile(text: string): string[] | undefined {
  const lines = text.split('\n').map((line) => (line.endsWith("'\r") || line.startsWith('###') ? line.replace(/\r$/, '') : line));
  if (lines[0] !== HEADER || !lines[1]?.startsWith(METADATA)) return undefined;
  return lines
    .slice(2)
    .map((line) => line.slice(1, -1).replaceAll(NEWLINE, '\n'))
    .filter((subword) => subword !== '');
}
