import { describe } from '../describe.ts';
import { ValueError } from '../errors.ts';
import { entriesOf, type JsonValue } from './python-json.ts';

/** Members of Keras's to_json that are JSON texts themselves, in its order. */
const TABLES = ['word_counts', 'word_docs', 'index_docs', 'index_word', 'word_index'] as const;

export type TokenizerTable = (typeof TABLES)[number];

const SETTINGS = ['num_words', 'filters', 'lower', 'split', 'char_level', 'oov_token', 'document_count'] as const;

/** Keras's get_config: its names in its order, the tables as JSON texts. */
export type TokenizerConfig = Record<(typeof SETTINGS)[number] | TokenizerTable, JsonValue>;

/** The config in a text of `Tokenizer.toJSON`, checked. */
export function configOf(json: string): TokenizerConfig {
  const fail = (what: string): never => {
    throw new ValueError(
      `Tokenizer.fromJSON: expected the text of a tokenizer's toJSON, got ${what}. Keras's to_json writes such texts too.`,
    );
  };
  if (typeof json !== 'string') return fail(describe(json));
  let parsed: { class_name?: unknown; config?: Record<string, unknown> };
  try {
    parsed = JSON.parse(json);
  } catch {
    return fail(describe(json));
  }
  if (typeof parsed !== 'object' || parsed?.class_name !== 'Tokenizer' || typeof parsed.config !== 'object' || parsed.config === null) {
    return fail('another JSON text');
  }
  const { config } = parsed;
  for (const name of SETTINGS) if (config[name] === undefined) fail(`a config without ${name}`);
  for (const name of TABLES) {
    try {
      entriesOf(config[name] as string);
    } catch {
      fail(`a config whose ${name} is ${describe(config[name])}`);
    }
  }
  return config as TokenizerConfig;
}
