import { describe } from '../common/describe.ts';
import { mismatch } from '../common/errors.ts';
import { ModelFormatError } from '../files/model-format-error.ts';
import { entriesOf, type JsonValue } from './python-json.ts';
import type { TokenizerOptions } from './tokenizer-options.ts';

/** Members of Keras's to_json that are JSON texts themselves, in its order. */
const TABLES = ['word_counts', 'word_docs', 'index_docs', 'index_word', 'word_index'] as const;

export type TokenizerTable = (typeof TABLES)[number];

const SETTINGS = ['num_words', 'filters', 'lower', 'split', 'char_level', 'oov_token', 'document_count'] as const;

/** Keras's get_config: its names in its order, the tables as JSON texts. */
export type TokenizerConfig = Record<(typeof SETTINGS)[number] | TokenizerTable, JsonValue>;

/** Words and ids of a table, in the order of the text. */
export type TokenizerEntries = readonly (readonly [key: string, value: string | number])[];

/** Below what a Map can hold. */
const MAX_WORDS = 10_000_000;

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isId = (key: string): boolean => /^\d{1,15}$/.test(key);

const noTokenizer = (problem: string): ModelFormatError =>
  new ModelFormatError({
    file: 'Tokenizer.fromJSON',
    format: 'tokenizer',
    problem: `found ${problem}`,
    advice: "Pass the text of a tokenizer's toJSON, or of Keras's to_json.",
  });

/** The config in a text of `Tokenizer.toJSON`, and its tables, checked. */
export function configOf(json: string | object): [TokenizerConfig, Readonly<Record<TokenizerTable, TokenizerEntries>>] {
  if (typeof json !== 'string' && (typeof json !== 'object' || json === null))
    throw mismatch('Tokenizer.fromJSON', "the text of a tokenizer's toJSON", describe(json), "Keras's to_json writes such texts too.");
  const parsed = parse(json) as { class_name?: unknown; config?: Record<string, unknown> };
  if (typeof parsed !== 'object' || parsed?.class_name !== 'Tokenizer' || typeof parsed.config !== 'object' || parsed.config === null) {
    throw noTokenizer('the JSON of something else');
  }
  const { config } = parsed;
  for (const name of SETTINGS) if (config[name] === undefined) throw noTokenizer(`a config without ${name}`);
  if (!isWhole(config.document_count))
    throw noTokenizer(`the document_count ${describe(config.document_count)}, which is no whole number of at least 0`);
  const tables = Object.fromEntries(TABLES.map((name) => [name, tableOf(name, config[name])]));
  return [config as TokenizerConfig, tables as Record<TokenizerTable, TokenizerEntries>];
}

/** The value of a JSON text, of the text of a text, or what was parsed already. */
function parse(json: string | object): unknown {
  if (typeof json !== 'string') return json;
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'string' ? JSON.parse(parsed) : parsed;
  } catch {
    throw noTokenizer(`${describe(json)}, which is no JSON`);
  }
}

/** A table's entries: numbers by word or id, but words by id in index_word. */
function tableOf(name: TokenizerTable, text: unknown): TokenizerEntries {
  let entries: TokenizerEntries;
  try {
    entries = entriesOf(text as string);
  } catch {
    throw noTokenizer(`the ${name} ${describe(text)}, which is no text of a flat JSON object`);
  }
  if (entries.length > MAX_WORDS) throw noTokenizer(`${entries.length} entries in ${name} (at most ${MAX_WORDS} are read)`);
  for (const [key, value] of entries) {
    if (name.startsWith('index_') && !isId(key)) throw noTokenizer(`the id ${describe(key)} in ${name}`);
    if (name === 'index_word' ? typeof value !== 'string' : !isWhole(value))
      throw noTokenizer(`${describe(value)} for ${describe(key)} in ${name}`);
  }
  return entries;
}

/** What `make` makes of the settings in a config. */
export function withSettings<T>(config: TokenizerConfig, make: (options: TokenizerOptions) => T): T {
  const { num_words: numWords, filters, lower, split, char_level: charLevel, oov_token: oovToken } = config;
  try {
    return make({ numWords, filters, lower, split, charLevel, oovToken } as object as TokenizerOptions);
  } catch (error) {
    throw noTokenizer(`settings of another kind (${(error as Error).message})`);
  }
}
