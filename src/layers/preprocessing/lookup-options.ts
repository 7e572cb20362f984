// Kinds of options that layers with a vocabulary have.
import { ValueError } from '../../common/errors.ts';
import { checkChoice, checkInteger, describe } from '../../common/options.ts';
import { anything, boolean, type Fields, type Kind } from '../../common/spec.ts';
import type { EncodeMode } from './encoded-shape.ts';

/** A text, the empty one too. */
export const anyText: Kind = {
  read: (owner, name, value) => {
    if (typeof value === 'string') return value;
    throw new ValueError(`${owner}: expected ${name} to be a text, got ${describe(value)}.`);
  },
};

export const mode = (...choices: EncodeMode[]): Kind => ({ read: (owner, name, value) => checkChoice(owner, name, value, choices) });

export const atLeast = (minimum: number): Kind => ({ read: (owner, name, value) => checkInteger(owner, name, value, minimum) });

/** Read by setVocabulary. */
export const vocabularyFields = {
  vocabulary: [anything, null],
  idfWeights: [anything, null],
} as const satisfies Fields;

export const lookupFields = {
  maxTokens: [/* @__PURE__ */ atLeast(2), null],
  numOovIndices: [/* @__PURE__ */ atLeast(0), 1],
  ...vocabularyFields,
  invert: [boolean, false],
  outputMode: [/* @__PURE__ */ mode('int', 'one_hot', 'multi_hot', 'count', 'tf_idf'), 'int'],
  padToMaxTokens: [boolean, false],
} as const satisfies Fields;
