import { describe } from '../describe.ts';
import { ValueError } from '../errors.ts';
import { checkBoolean } from '../options.ts';

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
    throw new ValueError(
      `${owner}: expected split to be at least one character, got ''. For single characters use a Tokenizer with charLevel.`,
    );
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

/** `value` if it is a string; a ValueError otherwise. */
export function checkText(owner: string, name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new ValueError(
    `${owner}: expected ${name} to be a string, got ${describe(value)}. ${
      Array.isArray(value) ? 'Call it for each text, e.g. texts.map((text) => ...).' : 'Convert it with String(...) if it is meant as text.'
    }`,
  );
}
