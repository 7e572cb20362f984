// What lookup layers learn, as .keras files hold it: a text with a token in each line, and in mode 'tf_idf' a dataset of weights
// beside the others (keras/src/layers/preprocessing/index_lookup.py).
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { specOf } from '../../common/spec.ts';
import { utf8 } from '../../files/bytes.ts';
import type { NewDataset } from '../../files/hdf5/tree.ts';
import type { Layer } from '../../layers/base/layer.ts';
import type { LayerSpec } from '../../layers/base/layer-spec.ts';
import type { LookupLayer } from '../../layers/preprocessing/lookup-layer.ts';
import type { Token } from '../../layers/preprocessing/tokens.ts';
import type { GroupState } from './model-state.ts';
import { join, type WeightGroup } from './weight-groups.ts';

/** The dataset of the weights of tokens. */
export const TOKEN_WEIGHTS = 'idf_weights';
const isLookup = (layer: Layer | undefined): layer is LookupLayer<Token> => layer !== undefined && 'learnt' in layer;

/** Paths of the objects that hold a layer's vocabulary, none for other layers. */
export function lookupPaths({ path, layer }: Pick<WeightGroup, 'path' | 'layer'>): string[] {
  if (!isLookup(layer)) return [];
  return [...(specOf<LayerSpec>(layer.constructor).vocabularyGroups ?? []).map((group) => join(path, group)), path];
}

/** The dataset of a lookup layer, if its tokens have weights; Keras asks for it even where the config holds them. */
export function tokenWeights({ layer, tokenWeights: weights }: GroupState): NewDataset | undefined {
  if (!isLookup(layer) || !weights) return undefined;
  const data = new Float32Array((layer.padToMaxTokens && layer.maxTokens) || weights.length);
  data.set(weights);
  return { shape: [data.length], data };
}

/** The file of a vocabulary in an archive. */
export const fileOf = (path: string): string => `assets/${path}/vocabulary.txt`;

/** The files of a model's vocabularies. */
export function vocabularyFiles(owner: string, groups: readonly GroupState[]): [name: string, bytes: Uint8Array][] {
  return groups.flatMap((group) => {
    if (!group.learnt) return [];
    const lines = group.learnt.tokens.map(String);
    const odd = lines.find((line) => /[\n\r]/.test(line));
    if (odd !== undefined)
      throw mismatch(owner, `tokens of one line in the vocabulary of '${group.name}'`, describe(odd), 'Pass it as the option vocabulary.');
    return lookupPaths(group).map((path): [string, Uint8Array] => [fileOf(path), utf8(lines.join('\n'))]);
  });
}
