import { mismatch } from '../common/errors.ts';
import { checkOptions, describe } from '../common/options.ts';
import { Callback } from './callback.ts';

const hooks = [
  'onTrainBegin',
  'onTrainEnd',
  'onEpochBegin',
  'onEpochEnd',
  'onTrainBatchBegin',
  'onTrainBatchEnd',
  'onTestBegin',
  'onTestEnd',
  'onTestBatchBegin',
  'onTestBatchEnd',
  'onPredictBegin',
  'onPredictEnd',
  'onPredictBatchBegin',
  'onPredictBatchEnd',
] as const;

/** Functions by the name of the moment at which they are called. */
export type LambdaCallbackOptions = Partial<Pick<Callback, (typeof hooks)[number]>>;

/**
 * A callback made of functions.
 *
 * ```js
 * const show = new callbacks.LambdaCallback({ onEpochEnd: (epoch, logs) => console.log(epoch, logs.loss) });
 * await model.fit(x, y, { callbacks: [show], verbose: 0 });
 * ```
 * Functions may return promises. Those not given cost nothing.
 * @throws ValueError for an unknown name or a value that is not a function.
 */
export class LambdaCallback extends Callback {
  constructor(functions: LambdaCallbackOptions = {}) {
    super();
    checkOptions('LambdaCallback', functions, hooks);
    for (const [name, body] of Object.entries(functions)) {
      if (body === undefined) continue;
      if (typeof body !== 'function') throw mismatch('LambdaCallback', `${name} to be a function`, describe(body));
      Object.assign(this, { [name]: body });
    }
  }
}
