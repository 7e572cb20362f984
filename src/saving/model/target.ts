// Validates the path that a model is written to.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { type FileSystem, fileSystem } from '../../files/node.ts';

/** The file system for a path with the ending of such files. */
export function targetOf(owner: string, path: string, ending: '.keras' | '.weights.h5'): FileSystem {
  if (typeof path !== 'string' || !path.endsWith(ending))
    throw mismatch(owner, `a path that ends in '${ending}'`, describe(path), 'Add the ending.');
  return fileSystem(owner, `Use ${ending === '.keras' ? 'toKeras' : 'toWeightsH5'}() for its bytes.`);
}
