// The prediction loop.

import { type Callback, CallbackList } from '../callbacks/callback.ts';
import { ProgressLogger } from '../callbacks/progress-logger.ts';
import { mismatch } from '../common/errors.ts';
import { checkOptions, checkPositiveInteger } from '../common/options.ts';
import { isStream } from '../data/model-source.ts';
import { shapeText } from '../graph/shape.ts';
import { checkIds } from '../runtime/validate-ids.ts';
import { Tensor, type TensorData } from '../tensor/index.ts';
import { checkVerbose, readCallbacks, type Verbose } from './evaluate.ts';
import { copyRows, countSamples, rows } from './inputs.ts';
import type { ModelData, RunModel } from './model-types.ts';

export interface PredictOptions {
  /** Samples in a batch. Default 32. */
  batchSize?: number | null;
  /** 0 (the default): silent, 1 or 'auto': a progress bar, 2: one line. */
  verbose?: Verbose;
  /** Number of batches. Default: all. */
  steps?: number | null;
  /** Their `onPredict...` methods are called; promises are not waited for. */
  callbacks?: readonly Callback[] | null;
}

export function predictModel(model: RunModel, x: ModelData, options: PredictOptions): Tensor[] {
  const owner = `${model.name}.predict`;
  checkOptions(owner, options, ['batchSize', 'verbose', 'steps', 'callbacks']);
  if (isStream(x)) throw mismatch(owner, 'arrays', 'a dataset', 'Pass it to predictDataset, and await that.');
  const verbose = checkVerbose(owner, options.verbose ?? 0);
  const batchSize =
    options.batchSize == null
      ? 32
      : options.batchSize === Infinity
        ? Infinity
        : checkPositiveInteger(owner, 'batchSize', options.batchSize);
  const { inputs, inputDtypes } = model.fitInputs(owner, x);
  const all = countSamples(owner, inputs, []);
  const count = options.steps == null ? all : Math.min(all, checkPositiveInteger(owner, 'steps', options.steps) * batchSize);
  const loggers = verbose === 0 ? [] : [new ProgressLogger(verbose)];
  const params = { verbose, epochs: 1, steps: Math.ceil(count / batchSize) };
  const callbacks = new CallbackList([...readCallbacks(owner, options.callbacks), ...loggers], model, params);
  const results: { data: TensorData; shape: readonly number[] }[] = [];
  callbacks.call('onPredictBegin', {});
  // A batch of no samples still has an output, of no rows.
  for (let first = 0; first < count || (count === 0 && first === 0); first += batchSize) {
    const size = Math.min(batchSize, count - first);
    const batch = first && first / batchSize;
    callbacks.call('onPredictBatchBegin', batch, {});
    const { program, idChecks, values } = model.steps.predict(
      inputs.map((t, i) => ({ shape: [size, ...t.shape.slice(1)], dtype: inputDtypes[i] })),
    );
    for (const { shape } of program.plan.outputs) {
      if (shape[0] === size) continue;
      throw mismatch(owner, `${size} rows of outputs`, `shape ${shapeText(shape)}`, 'Keep the axis.');
    }
    if (first === 0) for (const [i, t] of inputs.entries()) checkIds(idChecks, values[i], t.data, t.shape);
    program.run((memory, i) => copyRows(memory, inputs[i], undefined, first, size));
    for (const [i, { shape, dtype }] of program.plan.outputs.entries()) {
      const rest = shape.slice(1);
      const width = rest.reduce((a, b) => a * b, 1);
      results[i] ??= {
        data: new (dtype === 'int32' ? Int32Array : dtype === 'bool' ? Uint8Array : Float32Array)(count * width),
        shape: [count, ...rest],
      };
      results[i].data.set(program.output(i), first * width);
    }
    callbacks.call('onPredictBatchEnd', batch, {
      // Made for those who ask.
      get outputs() {
        return model.pack(tensors(results).map((output) => rows(output, first, size)));
      },
    });
  }
  callbacks.call('onPredictEnd', {});
  return tensors(results);
}

const tensors = (results: readonly { data: TensorData; shape: readonly number[] }[]): Tensor[] =>
  results.map(({ data, shape }) => new Tensor(data, shape) as Tensor);
