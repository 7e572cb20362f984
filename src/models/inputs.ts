// Validates inputs and targets against the model.
import { mismatch } from '../common/errors.ts';
import { describe, isPlain } from '../common/options.ts';
import type { Layer, Shape } from '../layers/base/layer.ts';
import { type DType, Tensor, toTensor } from '../tensor/index.ts';

/** The spec of one input of a model. */
export interface InputSpec {
  readonly name: string;
  /** Shape of a batch. */
  readonly shape: Shape;
  readonly dtype: 'float32' | 'int32';
  /** Makes that tensor of what a user passes, where layers on the host come first. */
  readonly prepare?: (owner: string, data: unknown) => Tensor;
}

/** A layer that reads an input, of which only the dtype matters. */
export type Reader = Pick<Layer, 'inputDtype'>;

/** The kind of number for data that these layers read: whole numbers where all of them take ids, for the others compute with floats. */
export const dtypeFor = (dtype: DType | 'string', readers: readonly Reader[]): 'float32' | 'int32' =>
  dtype === 'int32' && readers.every(({ inputDtype }) => inputDtype === 'int32') ? 'int32' : 'float32';

const shapeText = (shape: readonly (number | null)[]): string => `[${shape.map(String).join(', ')}]`;

/** The data as a tensor that fits the spec; an axis of length 1 at the end may be missing or too many. */
export function fitToSpec(owner: string, input: unknown, spec: InputSpec): Tensor {
  const data = spec.prepare ? spec.prepare(`${owner}: input ${spec.name}`, input) : input;
  const tensor = toTensor(`${owner}: input ${spec.name}`, data, keepDtype(data, spec.dtype));
  const shape = alignRank(tensor.shape, spec.shape);
  const fits = shape.length === spec.shape.length && spec.shape.every((dim, i) => i === 0 || dim === null || dim === shape[i]);
  if (!fits) {
    throw mismatch(
      owner,
      `input ${spec.name} of shape ${shapeText(spec.shape)}`,
      shapeText(tensor.shape),
      'The first axis counts the samples; pad or reshape the others.',
    );
  }
  return shape === tensor.shape ? tensor : (new Tensor(tensor.data, shape) as Tensor);
}

/** Fractions must survive until ids are checked, so an integer spec leaves floats as they are. */
const keepDtype = (data: unknown, dtype: 'float32' | 'int32'): 'float32' | 'int32' | undefined =>
  dtype === 'float32' ? 'float32' : data instanceof Tensor && data.dtype === 'int32' ? 'int32' : undefined;

/** The shape with an axis of length 1 at its end more or less, where that gives it the rank of the other. */
export function alignRank(shape: readonly number[], wanted: Shape): readonly number[] {
  if (shape.length + 1 === wanted.length && wanted.at(-1) === 1) return [...shape, 1];
  if (shape.length === wanted.length + 1 && shape.at(-1) === 1) return shape.slice(0, -1);
  return shape;
}

/** What stands in data for each of several inputs or outputs, by the structure that the model has; nothing where data are built otherwise. */
export type Arranged = (data: unknown) => readonly unknown[] | undefined;

/** One tensor per input or output, from what a user passed for all of them. */
export function oneEach(owner: string, data: unknown, names: readonly string[], what: string, arranged?: Arranged): readonly unknown[] {
  if (names.length === 1) return [isNamed(data, names) ? data[names[0]] : data];
  if (isNamed(data, names)) return names.map((name) => data[name]);
  const flat = arranged?.(data);
  if (flat) return flat;
  if (Array.isArray(data) && data.length === names.length) return data;
  throw mismatch(
    owner,
    `${names.length} ${what} (${names.join(', ')})`,
    describe(data),
    `Pass an array of ${names.length} or an object with these names.`,
  );
}

/** Whether data are an object with all of these names. */
export const isNamed = (data: unknown, names: readonly string[]): data is Record<string, unknown> =>
  isPlain(data) && names.every((name) => name in data);

/** Number of samples, the same in every tensor. */
export function countSamples(owner: string, inputs: readonly Tensor[], targets: readonly (Tensor | undefined)[]): number {
  const counts = [...inputs, ...targets].filter((t) => t !== undefined).map((t) => t.shape[0]);
  if (counts.some((count) => count !== counts[0])) {
    const text = (tensors: readonly (Tensor | undefined)[]) => tensors.map((t) => (t ? t.shape[0] : '-')).join(', ');
    throw mismatch(
      owner,
      'as many samples in x as in y',
      `${text(inputs)} in x and ${text(targets)} in y`,
      'Each row of x needs one of y.',
    );
  }
  return counts[0] ?? 0;
}

/** Whether data are an array or an object of as many samples for each name; nothing stands for samples that are not read. */
export function isEach(data: unknown, names: readonly string[], count: number): boolean {
  if (isNamed(data, names)) return true;
  const length = (one: unknown): unknown => (one instanceof Tensor ? one.shape[0] : (one as ArrayLike<unknown> | undefined)?.length);
  return Array.isArray(data) && data.length === names.length && data.every((one) => one === null || length(one) === count);
}

/** Rows first..first+count of a tensor. */
export function rows(tensor: Tensor, first: number, count: number): Tensor {
  const step = tensor.shape.slice(1).reduce((a, b) => a * b, 1);
  return new Tensor(tensor.data.subarray(first * step, (first + count) * step), [count, ...tensor.shape.slice(1)]) as Tensor;
}

/** Copies the rows `first` to `first + count` of the order (or of the data itself) into `target`. */
export function copyRows(
  target: Float32Array | Int32Array,
  { data, shape }: Tensor,
  order: Int32Array | undefined,
  first: number,
  count: number,
): void {
  const step = shape.length === 1 ? 1 : data.length / (shape[0] || 1);
  if (!order) {
    target.set(data.subarray(first * step, (first + count) * step));
    return;
  }
  if (step < 16) {
    // Short rows: a view for each would cost more than its numbers.
    for (let i = 0, to = 0; i < count; i++) {
      for (let from = order[first + i] * step, end = from + step; from < end; ) target[to++] = data[from++];
    }
    return;
  }
  for (let i = 0; i < count; i++) {
    const from = order[first + i] * step;
    target.set(data.subarray(from, from + step), i * step);
  }
}

/** Refuses targets that are no numbers: a step with one of them makes every weight NaN. */
export function checkFiniteTargets(owner: string, target: Tensor, name: string): void {
  if (target.dtype !== 'float32') return;
  const at = target.data.findIndex((number) => !Number.isFinite(number));
  if (at < 0) return;
  const row = Math.floor(at / (target.size / target.shape[0]));
  const advice = 'Leave such samples out, or use a loss of your own that knows what to do with them.';
  throw mismatch(owner, `finite targets ${name}`, `${target.data[at]} in row ${row}`, advice);
}

/** Reads a target: a row for each sample. */
export function targetTensor(owner: string, data: unknown, name: string): Tensor {
  const tensor = toTensor(`${owner}: target ${name}`, data);
  if (tensor.shape.length > 0) return tensor;
  throw mismatch(owner, `target ${name} with a row for each sample`, 'a single number', 'Pass an array.');
}
