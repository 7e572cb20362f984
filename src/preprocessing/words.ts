import { describe } from '../common/describe.ts';
import { mismatch } from '../common/errors.ts';
import { checkBoolean } from '../common/options.ts';

/** Characters that text preprocessing takes for separators by default, Keras's: punctuation except `'`, tab and newline. */
export const DEFAULT_FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n';

/** How a text becomes words. */
export interface WordOptions {
  /** Characters replaced by `split`. Default: `` !"#$%&()*+,-./:;<=>?@[\]^_`{|}~ ``, tab and newline. */
  readonly filters?: string;
  /** Lower-case the text first. Default: true. */
  readonly lower?: boolean;
  /** Separator of words. Default: `' '`. */
  readonly split?: string;
}

export const WORD_OPTIONS = ['filters', 'lower', 'split'] as const;

/** A function that turns a text into words by itself. */
export type Analyzer = (text: string) => Iterable<string>;

/** A function from text to words for these options, which it checks. */
export function splitter(owner: string, { filters = DEFAULT_FILTERS, lower = true, split = ' ' }: WordOptions): (text: string) => string[] {
  checkText(owner, 'filters', filters);
  checkBoolean(owner, 'lower', lower);
  if (checkText(owner, 'split', split) === '') {
    throw mismatch(owner, 'split to be at least one character', "''", 'For single characters use a Tokenizer with charLevel.');
  }
  const filtered = new Set(filters);
  const pattern = filtered.size
    ? new RegExp(`[${[...filtered].map((c) => `\\u{${c.codePointAt(0)!.toString(16)}}`).join('')}]`, 'gu')
    : undefined;
  return (text) => {
    let cleaned = lower ? text.toLowerCase() : text;
    if (pattern) cleaned = cleaned.replace(pattern, () => split);
    return cleaned.split(split).filter((word) => word !== '');
  };
}

/** The analyzer, once it is known to be a function, of which each result is checked. */
export function checkAnalyzer(owner: string, analyzer: unknown): (text: string) => string[] {
  if (typeof analyzer !== 'function')
    throw mismatch(owner, 'analyzer to be a function', describe(analyzer), 'It takes a text and returns words.');
  return (text) => {
    const given = analyzer(text);
    const words = Array.from(given ?? []);
    if (given?.[Symbol.iterator] && words.every((word) => typeof word === 'string')) return words as string[];
    throw mismatch(owner, 'analyzer to return words', describe(given), 'Return an array of strings.');
  };
}

/** `value` if it is a string; a ValueError otherwise. */
export function checkText(owner: string, name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw mismatch(
    owner,
    `${name} to be a string`,
    describe(value),
    Array.isArray(value) ? 'Call it for each text, e.g. texts.map((text) => ...).' : 'Convert it with String(...) if it is meant as text.',
  );
}
