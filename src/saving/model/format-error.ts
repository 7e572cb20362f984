// Errors about configs are ModelFormatErrors, whatever went wrong inside.
import { ValueError } from '../../common/errors.ts';
import { ModelFormatError } from '../../files/model-format-error.ts';

/** A ModelFormatError about a config, read by `owner`. */
export const formatError = (owner: string, problem: string, advice: string, path?: string): ModelFormatError =>
  new ModelFormatError({ file: owner, format: 'Keras', problem, advice, ...(path === undefined ? {} : { path }) });

/** Runs `body`; what is wrong with the config comes out as a ModelFormatError that keeps the cause, with what else may be done. */
export function withFormatErrors<T>(owner: string, body: () => T, alternative?: string): T {
  if (alternative === undefined) return asFormatErrors(owner, body);
  try {
    return asFormatErrors(owner, body);
  } catch (error) {
    if (!(error instanceof ModelFormatError)) throw error;
    const { file, format, problem, advice, path } = error;
    throw causedBy(
      error,
      new ModelFormatError({ file, format, problem, advice: `${advice} ${alternative}`, ...(path === undefined ? {} : { path }) }),
    );
  }
}

function asFormatErrors<T>(owner: string, body: () => T): T {
  try {
    return body();
  } catch (cause) {
    if (cause instanceof ModelFormatError) throw cause;
    if (cause instanceof ValueError) throw formatErrorOf(owner, cause);
    if (cause instanceof RangeError)
      throw causedBy(cause, formatError(owner, `too deep or too large a model (${cause.message})`, 'Is it the right file?'));
    if (cause instanceof TypeError)
      throw causedBy(cause, formatError(owner, `a value of a kind that was not expected (${cause.message})`, 'Is it a config of Keras?'));
    throw cause;
  }
}

/** What was expected and what came, and then what to do. */
function formatErrorOf(owner: string, cause: ValueError): ModelFormatError {
  const { expected, got, advice = 'Correct the config.' } = cause;
  const problem = expected === undefined ? cause.message.replace(/\.$/, '') : `${cause.owner}: expected ${expected}, got ${got}`;
  return causedBy(cause, formatError(owner, problem, advice));
}

function causedBy(cause: Error, error: ModelFormatError): ModelFormatError {
  error.cause = cause;
  return error;
}
