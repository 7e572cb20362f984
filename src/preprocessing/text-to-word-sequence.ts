import { checkOptions } from '../common/options.ts';
import { checkText, splitter, WORD_OPTIONS, type WordOptions } from './words.ts';

/**
 * The words of a text.
 *
 * ```ts
 * textToWordSequence("Couldn't have done better!"); // ["couldn't", 'have', 'done', 'better']
 * ```
 *
 * `filters`: characters taken for separators (default: punctuation except `'`, tab, newline). `lower`: lower-case first
 * (default true). `split`: the separator (default `' '`). Empty words are dropped. Throws a ValueError if the text is not a
 * string or an option is unknown. The steps are those of Keras's text_to_word_sequence: lower, filters to `split`, split.
 */
export function textToWordSequence(text: string, options: WordOptions = {}): string[] {
  checkOptions('textToWordSequence', options, WORD_OPTIONS);
  return splitter('textToWordSequence', options)(checkText('textToWordSequence', 'text', text));
}
