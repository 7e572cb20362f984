// Types of options of layers with a vocabulary.
import { mismatch } from '../../common/errors.ts';
import type { OptionType } from '../../common/option-types.ts';
import { describe } from '../../common/options.ts';
import type { LayerData } from '../base/layer.ts';

/** A text, the empty one too. */
export const anyText: OptionType<string> = {
  read: (owner, name, value) => {
    if (typeof value === 'string') return value;
    throw mismatch(owner, `${name} to be a text`, describe(value));
  },
};

/** Tokens, which `setVocabulary` checks. */
export const vocabulary: OptionType<LayerData> = { read: (_owner, _name, value) => value as LayerData };

/** Numbers, which `setVocabulary` checks. */
export const idfWeights: OptionType<LayerData> = vocabulary;
