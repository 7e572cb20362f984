import { describe, expect, test } from 'vitest';
import { ValueError } from '../../src/common/errors.ts';
import { hashing_trick, hashingTrick, one_hot, oneHot, text_to_word_sequence, textToWordSequence } from '../../src/preprocessing/index.ts';
import { md5 } from '../../src/preprocessing/md5.ts';
import { utf8 } from '../../src/preprocessing/utf8.ts';
import hashed from '../fixtures/hashing_trick_md5.json';
import split from '../fixtures/text_to_word_sequence.json';

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

describe('textToWordSequence', () => {
  test.each(split)('Keras: $text, lower $lower', ({ text, lower, words }) => {
    expect(textToWordSequence(text, { lower })).toEqual(words);
  });

  test('takes filters and split', () => {
    expect(textToWordSequence('a]b^c-d\\e', { filters: ']^-\\' })).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(textToWordSequence('x😀y.z', { filters: '😀' })).toEqual(['x', 'y.z']);
    expect(textToWordSequence('a, b', { filters: '' })).toEqual(['a,', 'b']);
    expect(textToWordSequence('a.b$&c', { split: '$&', filters: '.' })).toEqual(['a', 'b', 'c']);
    expect(text_to_word_sequence).toBe(textToWordSequence);
  });

  test('names what is wrong', () => {
    expect(() => textToWordSequence(5 as never)).toThrow('textToWordSequence: expected text to be a string, got 5.');
    expect(() => textToWordSequence(['a'] as never)).toThrow('Call it for each text, e.g. texts.map((text) => ...).');
    expect(() => textToWordSequence('a', { filter: '' } as object)).toThrow("got 'filter'. Did you mean filters?");
    expect(() => textToWordSequence('a', { lower: 1 as never })).toThrow('expected lower to be true or false, got 1');
  });
});

describe('hashingTrick', () => {
  test.each(hashed)('Keras, md5: $text in $n', ({ text, n, ids }) => {
    expect(hashingTrick(text, n, { hashFunction: 'md5' })).toEqual(ids);
  });

  test('its default is FNV-1a, which stays the same', () => {
    // "foobar" hashes to 0xbf9cf968 (the test vectors of the FNV authors)
    expect(hashingTrick('foobar', 0xffffffff)).toEqual([0xbf9cf968 + 1]);
    expect(oneHot('Horrible service', 50)).toEqual([12, 30]);
    expect(oneHot('Awesome service!', 50)).toEqual(hashingTrick('Awesome service!', 50));
    expect([one_hot, hashing_trick]).toEqual([oneHot, hashingTrick]);
  });

  test('spreads words over all ids from 1 to n - 1', () => {
    const ids = hashingTrick(Array.from({ length: 2000 }, (_, i) => `word${i}`).join(' '), 11);
    const counts = Array.from({ length: 11 }, (_, id) => ids.filter((other) => other === id).length);
    expect(counts[0]).toBe(0);
    expect(Math.min(...counts.slice(1))).toBeGreaterThan(140);
    expect(Math.max(...counts.slice(1))).toBeLessThan(260);
  });

  test('takes a function and an analyzer; modulo is never negative', () => {
    expect(hashingTrick('a b', 10, { hashFunction: (word) => -word.charCodeAt(0) })).toEqual([-97 + 99 + 1, -98 + 99 + 1]);
    expect(hashingTrick('a', 10, { hashFunction: () => -(2n ** 80n) })).toEqual([Number(((-(2n ** 80n) % 9n) + 9n) % 9n) + 1]);
    expect(hashingTrick('aB', 10, { analyzer: (text) => text, hashFunction: (word) => word.length })).toEqual([2, 2]);
    expect(oneHot('x', 2)).toEqual([1]);
  });

  test('names what is wrong', () => {
    expect(() => oneHot('a', 1)).toThrow(ValueError);
    expect(() => oneHot('a', 1)).toThrow('oneHot: expected n to be an integer of at least 2, got 1.');
    expect(() => oneHot('a', 5, { hashFunction: 'md5' } as object)).toThrow("oneHot: expected an option it has, got 'hashFunction'.");
    expect(() => hashingTrick('a', 5, { hashFunction: 'sha1' as never })).toThrow(
      "expected hashFunction to be 'md5' or a function, got 'sha1'.",
    );
    expect(() => hashingTrick('ab', 5, { hashFunction: () => 0.5 })).toThrow(
      "expected hashFunction to return an integer, got 0.5 for 'ab'.",
    );
    expect(() => hashingTrick('ab', 5, { analyzer: 3 as never })).toThrow('expected analyzer to be a function, got 3.');
    expect(() => oneHot('ab', 5, { analyzer: () => 7 as never })).toThrow('oneHot: expected analyzer to return words, got 7.');
    expect(() => oneHot('ab', 5, { analyzer: () => null as never })).toThrow('expected analyzer to return words, got null.');
  });
});

test.each([
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
  ['12345678901234567890123456789012345678901234567890123456789012345678901234567890', '57edf4a22be3c955ac49da2e2107b67a'],
])('md5 of RFC 1321: "%s"', (text, digest) => {
  expect(hex(md5(utf8(text)))).toBe(digest);
});
