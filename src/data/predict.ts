// Predicts the batches of a dataset.
import { mismatch } from '../common/errors.ts';
import { checkOptions, checkPositiveInteger } from '../common/options.ts';
import { Tensor, type TensorData } from '../tensor/index.ts';
import type { DataModel } from './model-source.ts';

/** The model's outputs for the batches of a dataset, whose elements are x, [x] or [x, y]. */
export async function predictStream(model: DataModel, stream: AsyncIterable<unknown>, options: { steps?: number | null }): Promise<Tensor> {
  const owner = `${model.name}.predictDataset`;
  checkOptions(owner, options, ['steps']);
  const most = options.steps == null ? Infinity : checkPositiveInteger(owner, 'steps', options.steps);
  if (most === Infinity && (stream as { cardinality?(): unknown }).cardinality?.() === Infinity)
    throw mismatch(owner, 'steps beside an endless dataset', 'none', 'Say how many batches to take, or end it with take(n).');
  const parts: Tensor[][] = [];
  for await (const element of stream) {
    if (parts.length >= most) break;
    const x = Array.isArray(element) && typeof element[0] !== 'number' && typeof element[0] !== 'string' ? element[0] : element;
    const outputs = model.predict(x as never, { batchSize: Infinity });
    parts.push([...model.unpack(outputs)]);
    if (parts.length >= most) break;
  }
  if (parts.length === 0) throw mismatch(owner, 'batches from the dataset', 'none');
  const stacked = parts[0].map((_, i) =>
    stack(
      owner,
      parts.map((part) => part[i]),
    ),
  );
  return model.pack(stacked) as Tensor;
}

/** Batches of outputs one after another. */
function stack(owner: string, parts: readonly Tensor[]): Tensor {
  const rest = parts[0].shape.slice(1);
  const odd = parts.find((part) => part.shape.length !== rest.length + 1 || rest.some((dim, i) => dim !== part.shape[i + 1]));
  if (odd) throw mismatch(owner, 'outputs of one shape', `[${parts[0].shape}] and [${odd.shape}]`, 'Pad the batches to one length.');
  const data = new (parts[0].data.constructor as new (length: number) => TensorData)(parts.reduce((sum, part) => sum + part.size, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.size;
  }
  return new Tensor(data, [parts.reduce((sum, part) => sum + part.shape[0], 0), ...rest]) as Tensor;
}
