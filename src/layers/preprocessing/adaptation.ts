// Reads what `adapt` takes: an array, an iterable of batches, or a dataset.
import { mismatch } from '../../common/errors.ts';
import { checkOptions, checkPositiveInteger } from '../../common/options.ts';
import { Tensor, toTensor } from '../../tensor/index.ts';

export interface AdaptOptions {
  /** How many batches of a dataset or iterable to take. Default: all. */
  steps?: number | null;
  /** Keras's size of the parts in which an array is read; what is learnt does not depend on it. */
  batchSize?: number | null;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Calls `visit` with an array as a whole, or with each batch, and then `end`; gives a promise where data have to be waited for. */
export function adapt(
  owner: string,
  data: unknown,
  options: AdaptOptions,
  visit: (batch: unknown, isBatch: boolean) => void,
  end: () => void,
): Promise<void> | void {
  checkOptions(owner, options, ['steps', 'batchSize']);
  if (options.batchSize != null) checkPositiveInteger(owner, 'batchSize', options.batchSize);
  const most = options.steps == null ? Infinity : checkPositiveInteger(owner, 'steps', options.steps);
  if (isObject(data) && Symbol.asyncIterator in data) return adaptStream(owner, data as AsyncIterable<unknown>, most, visit, end);
  const isWhole = !isObject(data) || Array.isArray(data) || ArrayBuffer.isView(data) || data instanceof Tensor;
  if (isWhole && most !== Infinity) throw mismatch(owner, 'no steps beside an array', `${options.steps}`, 'Cut the array instead.');
  if (!isWhole && Symbol.iterator in data) {
    let step = 0;
    for (const batch of data as Iterable<unknown>) {
      visit(batch, true);
      if (++step >= most) break;
    }
  } else visit(data, false);
  end();
}

async function adaptStream(
  owner: string,
  data: AsyncIterable<unknown>,
  most: number,
  visit: (batch: unknown, isBatch: boolean) => void,
  end: () => void,
): Promise<void> {
  if (most === Infinity && (data as { cardinality?(): unknown }).cardinality?.() === Infinity)
    throw mismatch(owner, 'steps beside an endless dataset', 'none', 'Say how many batches to take.');
  let step = 0;
  for await (const batch of data) {
    visit(batch, true);
    if (++step >= most) break;
  }
  end();
}

/** Numbers to learn from; an element of a dataset that is no batch is a batch of one. */
export function numbersOf(owner: string, data: unknown, isBatch: boolean): Tensor<'float32'> {
  const tensor = toTensor(owner, data, 'float32');
  if (tensor.size === 0) throw mismatch(owner, 'data', 'none', 'Pass at least one number.');
  return isBatch && tensor.rank < 2 ? new Tensor(tensor.data, [1, ...tensor.shape]) : tensor;
}
