// The model's outputs for data.
import { ValueError } from '../errors.ts';
import { checkOptions, checkPositiveInteger } from '../options.ts';
import { checkIds } from '../runtime/border.ts';
import { Tensor } from '../tensor/index.ts';
import type { BaseModel, ModelData } from './base-model.ts';
import { copyRows, countSamples } from './data.ts';
import type { BatchStream } from './source.ts';

export interface PredictOptions {
  /** Samples in a batch. Default 32. */
  batchSize?: number | null;
}

export function predictModel(model: BaseModel, x: ModelData, options: PredictOptions): Tensor[] {
  const owner = `${model.name}.predict`;
  checkOptions(owner, options, ['batchSize']);
  const batchSize =
    options.batchSize == null
      ? 32
      : options.batchSize === Infinity
        ? Infinity
        : checkPositiveInteger(owner, 'batchSize', options.batchSize);
  const inputs = model.inputTensors(owner, x);
  const specs = model.inputSpecs(x);
  const count = countSamples(owner, inputs, []);
  const results: { data: Float32Array | Int32Array; shape: readonly number[] }[] = [];
  // A batch of no samples still has an output, of no rows.
  for (let first = 0; first < count || (count === 0 && first === 0); first += batchSize) {
    const size = Math.min(batchSize, count - first);
    const { program, idChecks, values } = model.steps.predict(
      inputs.map((t, i) => ({ shape: [size, ...t.shape.slice(1)], dtype: specs[i].dtype })),
    );
    if (first === 0) for (const [i, t] of inputs.entries()) checkIds(idChecks, values[i], t.data, t.shape);
    program.prepare();
    for (const [i, t] of inputs.entries()) copyRows(program.input(i), t, undefined, first, size);
    program.run();
    for (const [i, { shape, dtype }] of program.plan.outputs.entries()) {
      const rest = shape.slice(1);
      const width = rest.reduce((a, b) => a * b, 1);
      results[i] ??= { data: new (dtype === 'int32' ? Int32Array : Float32Array)(count * width), shape: [count, ...rest] };
      results[i].data.set(program.output(i), first * width);
    }
  }
  return results.map(({ data, shape }) => new Tensor(data, shape) as Tensor);
}

export async function predictStream(model: BaseModel, stream: BatchStream, options: { steps?: number | null }): Promise<Tensor[]> {
  const owner = `${model.name}.predictDataset`;
  checkOptions(owner, options, ['steps']);
  const most = options.steps == null ? Infinity : checkPositiveInteger(owner, 'steps', options.steps);
  const parts: Tensor[][] = [];
  for await (const element of stream) {
    if (parts.length >= most) break;
    const x = Array.isArray(element) && typeof element[0] !== 'number' && typeof element[0] !== 'string' ? element[0] : element;
    parts.push(predictModel(model, x as ModelData, { batchSize: Infinity }));
    if (parts.length >= most) break;
  }
  if (parts.length === 0) throw new ValueError(`${owner}: expected batches from the dataset, got none.`);
  return parts[0].map((_, i) =>
    stack(
      owner,
      parts.map((part) => part[i]),
    ),
  );
}

/** Batches of outputs one after another. */
function stack(owner: string, parts: readonly Tensor[]): Tensor {
  const rest = parts[0].shape.slice(1);
  const odd = parts.find((part) => part.shape.length !== rest.length + 1 || rest.some((dim, i) => dim !== part.shape[i + 1]));
  if (odd)
    throw new ValueError(
      `${owner}: expected outputs of one shape, got [${parts[0].shape}] and [${odd.shape}]. Pad the batches to one length.`,
    );
  const data = new (parts[0].dtype === 'int32' ? Int32Array : Float32Array)(parts.reduce((sum, part) => sum + part.size, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.size;
  }
  return new Tensor(data, [parts.reduce((sum, part) => sum + part.shape[0], 0), ...rest]) as Tensor;
}
