/** Where and why a file was refused. */
export interface FormatProblem {
  /** The file: its name, or a word for it such as 'the archive'. */
  readonly file: string;
  readonly format:
    | 'ZIP'
    | 'HDF5'
    | 'JSON'
    | 'Keras'
    | 'npy'
    | 'safetensors'
    | 'TensorFlow.js'
    | 'TensorFlow.js weights'
    | 'word vectors'
    | 'tokenizer';
  /** What was found, and if it helps what was expected. */
  readonly problem: string;
  /** The entry of an archive, or the path of a group or dataset. */
  readonly path?: string;
  /** Offset in the file. */
  readonly byte?: number;
  /** What to do about it. Default: that the file may be damaged. */
  readonly advice?: string;
}

/**
 * What a file throws that is damaged, hostile, or written in a way that is not supported. Nothing was changed by reading it.
 *
 * ```ts
 * try { readZip(bytes); } catch (error) { if (error instanceof ModelFormatError) console.log(error.path, error.byte); }
 * ```
 * Its message and its fields say which file and format, and where: the offset in bytes, the entry or path.
 */
export class ModelFormatError extends Error {
  readonly file: string;
  readonly format: FormatProblem['format'];
  readonly path: string | undefined;
  readonly byte: number | undefined;
  readonly problem: string;
  readonly advice: string;

  // On the prototype, so that the first line of the stack carries it too; not set in a static block, which bundlers keep.
  override get name(): string {
    return 'ModelFormatError';
  }

  constructor({ file, format, problem, path, byte, advice = 'The file may be damaged: save or download it again.' }: FormatProblem) {
    const place = [path === undefined ? '' : ` in '${path}'`, byte === undefined ? '' : ` at byte ${byte}`].join('');
    super(`${file}: cannot read this as ${format}: ${problem}${place}. ${advice}`);
    this.file = file;
    this.format = format;
    this.path = path;
    this.byte = byte;
    this.problem = problem;
    this.advice = advice;
  }
}
