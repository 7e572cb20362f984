import { ModelFormatError } from '../../files/model-format-error.ts';

/** The error for a sound file of another model. */
export const mismatchError = (file: string, path: string, what: string): ModelFormatError =>
  new ModelFormatError({ file, format: 'Keras', problem: what, path, advice: 'Load it into the model it was saved from.' });
