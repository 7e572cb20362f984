// Texts that are no tokenizer's JSON, damaged and made by hand.
import { describe, expect, it, test } from 'vitest';
import { ModelFormatError, Tokenizer } from '../../src/index.ts';
import recorded from '../fixtures/tokenizer.json';
import { draws } from '../helpers/draws.ts';
import { bent } from '../saving/bent.ts';
import { dice, mutate } from '../saving/mutate.ts';

const config = {
  num_words: null,
  filters: '',
  lower: true,
  split: ' ',
  char_level: false,
  oov_token: null,
  document_count: 1,
  word_counts: '{"a": 1}',
  word_docs: '{"a": 1}',
  index_docs: '{"1": 1}',
  index_word: '{"1": "a"}',
  word_index: '{"a": 1}',
};
const text = (changes: object) => JSON.stringify({ class_name: 'Tokenizer', config: { ...config, ...changes } });

describe('Tokenizer.fromJSON', () => {
  it('reads the text that the others are made of, and ids of 0', () => {
    expect(Tokenizer.fromJSON(text({})).textsToSequences(['a b'])).toEqual([[1]]);
    expect(Tokenizer.fromJSON(text({ word_index: '{"<pad>": 0, "a": 1}' })).wordIndex).toEqual({ '<pad>': 0, a: 1 });
  });

  it.each<[string, string, string]>([
    ['no JSON', '{', "found '{', which is no JSON. Pass the text of a tokenizer's toJSON"],
    ['nothing', '', 'which is no JSON'],
    ['null', 'null', 'the JSON of something else'],
    ['another class', '{"class_name": "Model"}', 'the JSON of something else'],
    ['depth', '['.repeat(1_000_000), 'which is no JSON'],
    ['depth that ends', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'the JSON of something else'],
    ['a setting that is missing', text({ lower: undefined }), 'a config without lower'],
    ['a table that is missing', text({ word_index: undefined }), 'the word_index undefined'],
    ['a table that is a list', text({ word_docs: '[]' }), "the word_docs '[]', which is no text of a flat JSON object"],
    ['a table that is no text', text({ word_docs: { a: 1 } }), 'the word_docs'],
    ['a table with objects inside', text({ word_index: '{"a": {"b": 1}}' }), 'the word_index'],
    ['a table of depth', text({ word_index: `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}` }), 'the word_index'],
    ['an id that is a text', text({ word_index: '{"a": "1"}' }), "found '1' for 'a' in word_index"],
    ['an id between two', text({ word_index: '{"a": 1.5}' }), "found 1.5 for 'a' in word_index"],
    ['an id below 0', text({ word_index: '{"a": -1}' }), "found -1 for 'a' in word_index"],
    ['an id beyond 2^53', text({ word_index: '{"a": 1e300}' }), "found 1e+300 for 'a' in word_index"],
    ['a word that is a number', text({ index_word: '{"1": 5}' }), "found 5 for '1' in index_word"],
    ['a word of no id', text({ index_word: '{"x": "a"}' }), "the id 'x' in index_word"],
    ['documents of no id', text({ index_docs: '{"__proto__": 1}' }), "the id '__proto__' in index_docs"],
    ['a count that is a text', text({ word_counts: '{"a": "b"}' }), "found 'b' for 'a' in word_counts"],
    ['documents below 0', text({ document_count: -5 }), 'the document_count -5'],
    ['documents that are a text', text({ document_count: 'x' }), "the document_count 'x'"],
    ['words that are a text', text({ num_words: 'x' }), 'settings of another kind (Tokenizer: expected numWords'],
    ['a split by nothing', text({ split: '' }), 'settings of another kind'],
    ['an oov_token that is a number', text({ oov_token: 5 }), 'settings of another kind'],
  ])('refuses %s', (_what, json, message) => {
    const read = () => Tokenizer.fromJSON(json);
    expect(read).toThrow(ModelFormatError);
    expect(read).toThrow(/^Tokenizer\.fromJSON: cannot read this as tokenizer: found /);
    expect(read).toThrow(message);
  });
});

test('damaged texts are refused, or read as a tokenizer that works', () => {
  const roll = dice(20_261_127);
  const bytes = recorded.map(({ json }) => new TextEncoder().encode(json));
  let refused = 0;
  for (let i = 0; i < draws(6_000); i++) {
    const at = i % recorded.length;
    const damaged = i % 2 ? bent(recorded[at].json, roll) : new TextDecoder().decode(mutate(bytes[at], roll));
    try {
      const read = Tokenizer.fromJSON(damaged);
      const ids = Object.values(read.wordIndex);
      expect(ids.every((id) => Number.isSafeInteger(id) && id >= 0)).toBe(true);
      expect(Tokenizer.fromJSON(read.toJSON()).toJSON()).toBe(read.toJSON());
    } catch (error) {
      if (!(error instanceof ModelFormatError)) throw error;
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(draws(3_000));
  expect(refused).toBeLessThan(draws(6_000));
});
