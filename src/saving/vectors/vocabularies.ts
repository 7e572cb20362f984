// What lookup layers learn, as .keras files hold it: a text with a token in each line, and in mode 'tf_idf' a dataset of weights
// beside the others (keras/src/layers/preprocessing/index_lookup.py).
import { ValueError } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { utf8 } from '../../files/bytes.ts';
import type { Dataset, Group, NewDataset } from '../../files/hdf5/tree.ts';
import { type Learnt, LookupLayer } from '../../layers/preprocessing/lookup-layer.ts';
import { TextVectorization } from '../../layers/preprocessing/text-vectorization.ts';
import type { Token } from '../../layers/preprocessing/tokens.ts';
import type { BaseModel } from '../../models/base-model.ts';
import { refusing } from '../keras/format-error.ts';
import { problem } from '../keras/problem.ts';
import { join, type Place, placesOf } from '../keras/weight-groups.ts';

/** The dataset of the weights of tokens. */
export const TOKEN_WEIGHTS = 'idf_weights';
/** TextVectorization keeps everything twice: as its own, and as that of the lookup inside it. */
const INNER = '_lookup_layer';

/** Paths of the objects that hold a layer's vocabulary, none for other layers. */
export function lookupPaths({ path, layer }: Place): string[] {
  if (!(layer instanceof LookupLayer)) return [];
  return layer instanceof TextVectorization ? [join(path, INNER), path] : [path];
}

/** The dataset of a lookup layer, if its tokens have weights; Keras asks for it even where the config holds them. */
export function tokenWeights(layer: unknown): NewDataset | undefined {
  if (!(layer instanceof LookupLayer) || !layer.tokenWeights) return undefined;
  const data = new Float32Array((layer.padToMaxTokens && layer.maxTokens) || layer.tokenWeights.length);
  data.set(layer.tokenWeights);
  return { shape: [data.length], data };
}

const fileOf = (path: string): string => `assets/${path}/vocabulary.txt`;

/** The files of a model's vocabularies. */
export function vocabularyFiles(owner: string, model: BaseModel): [name: string, bytes: Uint8Array][] {
  return placesOf(model).flatMap((place) => {
    const learnt = place.layer instanceof LookupLayer ? place.layer.learnt : undefined;
    if (!learnt) return [];
    const lines = learnt.tokens.map(String);
    const odd = lines.find((line) => /[\n\r]/.test(line));
    if (odd !== undefined)
      throw new ValueError(
        `${owner}: expected tokens of one line in the vocabulary of '${place.name}', got ${describe(odd)}. Pass it as the option vocabulary.`,
      );
    return lookupPaths(place).map((path): [string, Uint8Array] => [fileOf(path), utf8(lines.join('\n'))]);
  });
}

/** Gives a new model's layers the vocabularies that its config does not hold. */
export async function readVocabularies(
  model: BaseModel,
  entries: ReadonlyMap<string, Uint8Array>,
  weightsAt: (path: string) => Group | undefined,
  file: string,
): Promise<void> {
  for (const place of placesOf(model)) {
    const paths = lookupPaths(place);
    const bytes = paths.map((path) => entries.get(fileOf(path))).find((found) => found !== undefined);
    const layer = place.layer as LookupLayer<Token>;
    if (!bytes || layer.vocabulary !== null) continue;
    const name = fileOf(place.path);
    const tokens = tokensOf(layer, linesOf(file, name, bytes), file, name);
    const dataset = paths.map((path) => weightsAt(path)?.children.get(TOKEN_WEIGHTS)).find((found) => found?.kind === 'dataset');
    // Keras fills them with zeros up to maxTokens.
    const weights = dataset ? Array.from((await (dataset as Dataset).read()) as Float32Array, Number).slice(0, tokens.length) : null;
    const learnt: Learnt<Token> = { tokens, weights };
    refusing(file, () => layer.restore(learnt));
  }
}

function linesOf(file: string, name: string, bytes: Uint8Array): string[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw problem(file, name, 'a vocabulary that is not UTF-8');
  }
  const lines = text.split(/\r?\n/);
  while (lines.length > 0 && lines[lines.length - 1] === '') lines.pop();
  return lines;
}

function tokensOf(layer: LookupLayer<Token>, lines: readonly string[], file: string, name: string): Token[] {
  if (layer.tokenKind === 'texts') return [...lines];
  return lines.map((line, i) => {
    const token = Number(line);
    if (/^-?\d+$/.test(line) && Number.isSafeInteger(token)) return token as Token;
    throw problem(file, name, `expected a whole number in line ${i + 1}, got ${describe(line)}`);
  });
}
