// The prediction loop.

import { type Callback, CallbackList } from '../callbacks/callback.ts';
import { ProgressLogger } from '../callbacks/progress-logger.ts';
import { mismatch } from '../common/errors.ts';
import { checkOptions, checkPositiveInteger } from '../common/options.ts';
import { isStream } from '../data/model-source.ts';
import { sameShape, shapeText } from '../graph/shape.ts';
import { checkIds } from '../runtime/validate-ids.ts';
import { type DType, Tensor, type TensorData } from '../tensor/index.ts';
import { checkVerbose, readCallbacks, type Verbose } from './evaluate.ts';
import { copyRows, countSamples } from './inputs.ts';
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
  const results: Result[] = [];
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
      if (shape.length === 0) throw mismatch(owner, 'outputs with a first axis', 'a single number', 'Keep the axis of the batch.');
    }
    if (first === 0) for (const [i, t] of inputs.entries()) checkIds(idChecks, values[i], t.data, t.shape);
    program.run((memory, i) => copyRows(memory, inputs[i], undefined, first, size));
    const parts = program.plan.outputs.map(({ shape, dtype }, i) => {
      results[i] ??= new Result(owner, dtype);
      return results[i].add(program.output(i), shape, Math.ceil((count - first) / size));
    });
    callbacks.call('onPredictBatchEnd', batch, {
      // Made for those who ask.
      get outputs() {
        return model.pack(parts.map((part) => part()));
      },
    });
  }
  callbacks.call('onPredictEnd', {});
  return results.map((result) => result.tensor());
}

/** One output of all batches, one after another along its first axis. */
class Result {
  readonly #owner: string;
  readonly #dtype: DType;
  #data: TensorData;
  #rest: readonly number[] | undefined;
  #rows = 0;
  #filled = 0;

  constructor(owner: string, dtype: DType) {
    this.#owner = owner;
    this.#dtype = dtype;
    this.#data = this.#room(0);
  }

  /** Adds the output of the first of `batches` that are left. Gives what makes a tensor of it. */
  add(data: TensorData, shape: readonly number[], batches: number): () => Tensor {
    const rest = shape.slice(1);
    this.#rest ??= rest;
    if (!sameShape(rest, this.#rest)) {
      const advice = 'Give the output the same length for every batch, or predict all as one batch.';
      throw mismatch(this.#owner, `outputs of shape ${shapeText([null, ...this.#rest])}`, shapeText(shape), advice);
    }
    if (this.#filled + data.length > this.#data.length) {
      const grown = this.#room(this.#filled + data.length * batches);
      grown.set(this.#data.subarray(0, this.#filled));
      this.#data = grown;
    }
    const from = this.#filled;
    this.#data.set(data, from);
    this.#filled += data.length;
    this.#rows += shape[0];
    return () => new Tensor(this.#data.slice(from, from + data.length), shape) as Tensor;
  }

  tensor(): Tensor {
    const whole = this.#filled === this.#data.length ? this.#data : this.#data.slice(0, this.#filled);
    return new Tensor(whole, [this.#rows, ...(this.#rest ?? [])]) as Tensor;
  }

  #room(length: number): TensorData {
    return new (this.#dtype === 'int32' ? Int32Array : this.#dtype === 'bool' ? Uint8Array : Float32Array)(length);
  }
}
