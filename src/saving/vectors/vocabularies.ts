// Reads the vocabularies of lookup layers from .keras files.
import { describe } from '../../common/options.ts';
import type { Dataset, Group } from '../../files/hdf5/tree.ts';
import type { Learnt, LookupLayer } from '../../layers/preprocessing/lookup-layer.ts';
import type { Token } from '../../layers/preprocessing/tokens.ts';
import type { BaseModel } from '../../models/base-model.ts';
import { mismatchError } from '../keras/mismatch-error.ts';
import { withFormatErrors } from '../model/format-error.ts';
import { weightGroupsOf } from '../model/weight-groups.ts';
import { fileOf, lookupPaths, TOKEN_WEIGHTS } from '../model/write-vocabularies.ts';

/** Restores the vocabularies that are not in a model's config. */
export async function readVocabularies(
  model: BaseModel,
  entries: ReadonlyMap<string, Uint8Array>,
  weightsAt: (path: string) => Group | undefined,
  file: string,
): Promise<void> {
  for (const group of weightGroupsOf(model)) {
    const paths = lookupPaths(group);
    const bytes = paths.map((path) => entries.get(fileOf(path))).find((found) => found !== undefined);
    const layer = group.layer as LookupLayer<Token>;
    if (!bytes || layer.vocabulary !== null) continue;
    const name = fileOf(group.path);
    const tokens = tokensOf(layer, linesOf(file, name, bytes), file, name);
    const dataset = paths.map((path) => weightsAt(path)?.children.get(TOKEN_WEIGHTS)).find((found) => found?.kind === 'dataset');
    // Keras fills them with zeros up to maxTokens.
    const weights = dataset ? Array.from((await (dataset as Dataset).read()) as Float32Array, Number).slice(0, tokens.length) : null;
    const learnt: Learnt<Token> = { tokens, weights };
    withFormatErrors(file, () => layer.restore(learnt));
  }
}

function linesOf(file: string, name: string, bytes: Uint8Array): string[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw mismatchError(file, name, 'a vocabulary that is not UTF-8');
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
    throw mismatchError(file, name, `expected a whole number in line ${i + 1}, got ${describe(line)}`);
  });
}
