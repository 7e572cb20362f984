// Validates the path that a model is written to.
import { mismatch } from '../../common/errors.ts';
import { checkBoolean, checkOptions, describe } from '../../common/options.ts';
import { type FileSystem, fileSystem } from '../../files/node.ts';

export interface SaveOptions {
  /** Whether a file that is there is replaced. Default true; where it is false such a file is an error. */
  readonly overwrite?: boolean;
}

/** The file system for a path with the ending of such files. */
export function targetOf(owner: string, path: string, ending: '.keras' | '.weights.h5', options: SaveOptions = {}): FileSystem {
  checkOptions(owner, options, ['overwrite']);
  const overwrite = checkBoolean(owner, 'overwrite', options.overwrite ?? true);
  if (typeof path !== 'string' || !path.endsWith(ending))
    throw mismatch(owner, `a path that ends in '${ending}'`, describe(path), 'Add the ending.');
  const fs = fileSystem(owner, `Use ${ending === '.keras' ? 'toKeras' : 'toWeightsH5'}() for its bytes.`);
  if (!overwrite && fs.existsSync(path))
    throw mismatch(owner, 'a path without a file', `${describe(path)}, which is there`, 'Choose another, or leave overwrite: false out.');
  return fs;
}
