// Errors about configs are ModelFormatErrors, whatever went wrong inside.
import { ValueError } from '../../common/errors.ts';
import { ModelFormatError } from '../../files/model-format-error.ts';

/** A ModelFormatError about a config, read by `owner`. */
export const formatError = (owner: string, problem: string, advice: string, path?: string): ModelFormatError =>
  new ModelFormatError({ file: owner, format: 'Keras', problem, advice, ...(path === undefined ? {} : { path }) });

/** Runs `body`; what is wrong with the config comes out as a ModelFormatError that keeps the cause. */
export function withFormatErrors<T>(owner: string, body: () => T): T {
  try {
    return body();
  } catch (cause) {
    if (cause instanceof ModelFormatError) throw cause;
    if (cause instanceof ValueError) throw formatErrorOf(owner, cause.message, 'Correct the config.', cause);
    if (cause instanceof RangeError)
      throw formatErrorOf(owner, `too deep or too large a model (${cause.message})`, 'Is it the right file?', cause);
    if (cause instanceof TypeError)
      throw formatErrorOf(owner, `a value of a kind that was not expected (${cause.message})`, 'Is it a config of Keras?', cause);
    throw cause;
  }
}

function formatErrorOf(owner: string, message: string, advice: string, cause: Error): ModelFormatError {
  // What was expected and what came, and then what to do.
  const [, problem = message.replace(/\.$/, ''), advised = advice] = /^(.*?got .*?)\. (.+)$/s.exec(message) ?? [];
  const error = formatError(owner, problem, advised);
  error.cause = cause;
  return error;
}
