// Standardizes and splits texts as tf.strings does: what is a letter or a space is decided in ASCII alone.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';

export type Standardize = 'lower_and_strip_punctuation' | 'lower' | 'strip_punctuation' | ((text: string) => string) | null;
export type Split = 'whitespace' | 'character' | ((text: string) => readonly string[]) | null;

const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
/** Punctuation goes without a trace: `don't` becomes `dont`. */
const strip = (text: string): string => text.replace(/[!-/:-@[-`{-~]+/g, '');

/** A text as it is before it is split. */
export function standardizer(owner: string, standardize: Standardize): (text: string) => string {
  if (standardize === null) return (text) => text;
  if (standardize === 'lower') return lower;
  if (standardize === 'strip_punctuation') return strip;
  if (standardize === 'lower_and_strip_punctuation') return (text) => strip(lower(text));
  return (text) => {
    const result: unknown = standardize(text);
    if (typeof result === 'string') return result;
    throw mismatch(owner, 'standardize to return a text', describe(result), 'It is called with one text at a time.');
  };
}

/** The parts of a text. */
export function textSplitter(owner: string, split: Exclude<Split, null>): (text: string) => readonly string[] {
  if (split === 'whitespace') return (text) => text.match(/[^ \t\n\v\f\r]+/g) ?? [];
  if (split === 'character') return (text) => Array.from(text);
  return (text) => {
    const result: unknown = split(text);
    if (Array.isArray(result) && result.every((part) => typeof part === 'string')) return result;
    throw mismatch(owner, 'split to return an array of texts', describe(result), 'It is called with one text at a time.');
  };
}

/** Runs of `width` tokens joined by spaces, for each width in turn. */
export function ngramsOf(tokens: readonly string[], widths: readonly number[]): string[] {
  return widths.flatMap((width) =>
    Array.from({ length: Math.max(0, tokens.length - width + 1) }, (_, i) => tokens.slice(i, i + width).join(' ')),
  );
}
