// Imports that wait until a method needs them: bundlers load them apart, so that a program that trains carries no file formats.
import { mismatch, type ValueError } from '../common/errors.ts';

export interface LoadWeightsOptions {
  /** Whether layers that do not fit the file keep the weights they have, with a warning. Default false. */
  readonly skipMismatch?: boolean;
  /** Most bytes of the file. Default 2 GiB. */
  readonly maxBytes?: number;
}

/** Loads the writers of files; `call` is the free function that does the same as `owner`. */
export const loadWriter = (owner: string, call: string) => loaded(owner, call, () => import('../saving/keras/writer.ts'));

/** Loads the reader of weights. */
export const loadReader = (owner: string, call: string) => loaded(owner, call, () => import('../saving/keras/weights-reader.ts'));

/** Loads the reader of configs. */
export const loadConfigReader = (owner: string, call: string) => loaded(owner, call, () => import('../saving/model/from-config.ts'));

async function loaded<T>(owner: string, call: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw loadError(owner, call, cause as Error);
  }
}

/** A host that refuses `import()`, or a file that cannot be reached. */
export function loadError(owner: string, call: string, cause: Error): ValueError {
  const advice = `Where that is so, import { ${call.slice(0, call.indexOf('('))} } from 'keratin' and call ${call}.`;
  return mismatch(owner, 'to load a part of the package', `'${cause.message}'`, advice, { cause });
}
