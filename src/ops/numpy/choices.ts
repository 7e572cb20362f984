// Elements chosen by conditions, and what depends on how many there are: that is known of data, and in graphs only where it is said.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import { type DType, Tensor, type TensorData, tensor, toTensor } from '../../tensor/index.ts';
import { readArguments } from '../arguments.ts';
import type { ArgumentsOf, Parameters } from '../definition.ts';
import { listOp, type OpFunction, op } from '../dispatch.ts';
import { asTruth, cast } from '../dtypes.ts';
import { isInner, isSymbolic, type Operand, type OpResult } from '../operand.ts';
import { anyDtype, axis, boolean, length, lengths, number, operands, positive } from '../parameters.ts';
import { where as choose } from './comparisons.ts';
import { unraveled } from './matrices.ts';
import { numpy } from './module.ts';

/** Where conditions hold the first choice of which is true, else the default: `ops.select([[true, false]], [[1, 2]], 9)` is [1, 9]. */
export const select: <C extends Operand, A extends Operand, D extends Operand = number>(
  condlist: readonly C[],
  choicelist: readonly A[],
  defaultValue?: D,
) => OpResult<C | A | D> = /* @__PURE__ */ op(
  numpy,
  'select',
  { condlist: { ...operands, operand: 'none' }, choicelist: operands, default: [{ ...anyDtype, isPlaced: true }, 0] },
  (of) => {
    const conditions = of.condlist as readonly Value[];
    const choices = of.choicelist as readonly Value[];
    if (conditions.length !== choices.length)
      throw mismatch('select', 'as many choices as conditions', `${choices.length} and ${conditions.length}`, 'Give one for each.');
    const dtype = choices[0].dtype;
    const start = cast(of.default as Value, dtype);
    return conditions.reduceRight((rest, condition, k) => b.select(asTruth(condition), choices[k], rest), start);
  },
);

/** Places in an array of `shape` of places in it laid flat: `ops.unravelIndex([5], [2, 3])` is [1] and [2]. */
export const unravelIndex: <A extends Operand>(indices: A, shape: readonly number[]) => OpResult<A>[] = /* @__PURE__ */ listOp(
  numpy,
  'unravelIndex',
  { indices: anyDtype, shape: lengths },
  ({ indices, shape }) => unraveled(indices, shape),
);

/** A function of data alone: what it gives depends on the numbers. */
const ofData = <const P extends Parameters, F>(name: string, parameters: P, body: (args: ArgumentsOf<P>) => unknown): F =>
  ((...args: readonly unknown[]) => {
    const symbolic = args.find((one) => isSymbolic(one) || isInner(one));
    if (symbolic !== undefined) {
      const advice = 'What it gives depends on the numbers, which a graph does not have: compute it on data, before or after.';
      throw mismatch(name, 'data', describe(symbolic), advice);
    }
    return body(readArguments({ name, parameters }, args) as ArgumentsOf<P>);
  }) as F;

/** The places of all elements that are not 0, one Tensor for each axis: `ops.nonzero([0, 5, 6])` is [[1, 2]]. Of data alone. */
export const nonzero: (x: Operand) => Tensor[] = /* @__PURE__ */ ofData('nonzero', { x: anyDtype }, ({ x }) => places(x));

function places(x: unknown): Tensor[] {
  const { shape, data } = toTensor('nonzero', x);
  const found: number[] = [];
  for (let at = 0; at < data.length; at++) if (data[at] !== 0) found.push(at);
  let step = sizeOf(shape);
  return shape.map((dim) => {
    const outer = step;
    step /= dim;
    return new Tensor(
      Int32Array.from(found, (at) => Math.floor((at % outer) / step)),
      [found.length],
    ) as Tensor;
  });
}

/** How `where` is called. */
interface Where {
  <C extends Operand>(condition: C): Tensor[];
  <C extends Operand, A extends Operand, B extends Operand>(condition: C, x1: A, x2: B): OpResult<C | A | B>;
}

/**
 * x1 where the condition is not 0, x2 elsewhere: `ops.where([true, false], [1, 2], 0)` is [1, 0]. Without both, the places where it is not 0, as
 * `nonzero` gives them: of data alone.
 */
export const where: Where = /* @__PURE__ */ (() => {
  const ofThree = choose as unknown as OpFunction;
  const apply = (...args: never[]): unknown =>
    args.length > 1 && args.slice(1).some((one) => one !== undefined && one !== null) ? ofThree(...(args as never)) : nonzero(args[0]);
  return Object.defineProperty(Object.assign(apply, { definition: ofThree.definition }), 'name', { value: 'where' }) as never;
})();

interface BincountOptions {
  weights?: Operand | null;
  minlength?: number;
  sparse?: boolean;
}

/** How often each whole number from 0 stands in x, or the sum of its weights: `ops.bincount([0, 2, 2])` is [1, 0, 2]. Of data alone. */
export const bincount: (x: Operand, weights?: Operand | null | BincountOptions, minlength?: number | BincountOptions) => Tensor =
  /* @__PURE__ */ ofData(
    'bincount',
    { x: anyDtype, weights: [anyDtype, null], minlength: [length, 0], sparse: [boolean, false] },
    ({ x, weights, minlength }) => {
      const { shape, data } = toTensor('bincount', x);
      const odd = Array.from(data).find((value) => !Number.isInteger(value) || value < 0);
      if (odd !== undefined) throw mismatch('bincount', 'whole numbers from 0', odd, 'Convert them first.');
      const row = shape[shape.length - 1] ?? 1;
      const count = Array.from(data).reduce((most, value) => Math.max(most, value + 1), minlength);
      const rows = row === 0 ? 1 : data.length / row;
      const w = weights === null ? undefined : toTensor('bincount', weights);
      if (w && w.size !== data.length) throw mismatch('bincount', `${data.length} weights`, w.size, 'Give one for each element.');
      const bins: TensorData = w && w.dtype === 'float32' ? new Float32Array(rows * count) : new Int32Array(rows * count);
      for (let at = 0; at < data.length; at++) bins[Math.floor(at / row) * count + data[at]] += w ? w.data[at] : 1;
      return new Tensor(bins as Float32Array, [...shape.slice(0, -1), count]);
    },
  );

interface HistogramOptions {
  bins?: number;
  range?: readonly [number, number] | null;
}

const range = {
  read(owner: string, name: string, value: unknown): readonly [number, number] {
    if (Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] < value[1]) return value as never;
    throw mismatch(owner, `${name} as [low, high]`, describe(value), 'Write [0, 1].');
  },
};

/** How many elements are in each of `bins` (default 10) equal parts of `range` (default: of x), and the edges of these. Of data alone. */
export const histogram: (
  x: Operand,
  bins?: number | HistogramOptions,
  range?: readonly [number, number] | HistogramOptions,
) => [Tensor, Tensor] = /* @__PURE__ */ ofData(
  'histogram',
  { x: anyDtype, bins: [positive, 10], range: [range, null] },
  ({ x, bins, range }) => {
    const { data } = toTensor('histogram', x, 'float32');
    const all = Array.from(data);
    const odd = all.find((value) => !Number.isFinite(value));
    if (odd !== undefined) throw mismatch('histogram', 'finite numbers', odd, 'Leave the others out.');
    let [low, high] = range ?? (all.length > 0 ? [Math.min(...chunk(all, Math.min)), Math.max(...chunk(all, Math.max))] : [0, 1]);
    if (low === high) [low, high] = [low - 0.5, high + 0.5];
    const counts = new Int32Array(bins);
    for (const value of all) {
      if (value < low || value > high) continue;
      counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))]++;
    }
    const edges = Float32Array.from({ length: bins + 1 }, (_, k) => low + ((high - low) * k) / bins);
    return [new Tensor(counts, [bins]), new Tensor(edges, [bins + 1])];
  },
);

/** One number for each thousand, so that no call has too many arguments. */
function chunk(all: readonly number[], best: (...numbers: number[]) => number): number[] {
  return Array.from({ length: Math.ceil(all.length / 1000) }, (_, k) => best(...all.slice(k * 1000, k * 1000 + 1000)));
}

interface UniqueOptions {
  sorted?: boolean;
  returnIndex?: boolean;
  returnInverse?: boolean;
  returnCounts?: boolean;
  axis?: number | null;
  size?: number | null;
  fillValue?: number | null;
}

/**
 * The elements that differ, in ascending order: `ops.unique([3, 1, 3])` is [1, 3]. Of data alone.
 *
 * `axis`: rows along it in the place of elements. `returnIndex`, `returnInverse`, `returnCounts`: the first place of each, which of them each
 * element is, how often each stands, as further Tensors of an array. `size`: that many, filled up with `fillValue` (default the smallest).
 */
export const unique: (x: Operand, options?: boolean | UniqueOptions) => Tensor | Tensor[] = /* @__PURE__ */ ofData(
  'unique',
  {
    x: anyDtype,
    sorted: [boolean, true],
    returnIndex: [boolean, false],
    returnInverse: [boolean, false],
    returnCounts: [boolean, false],
    axis: [axis, null],
    size: [positive, null],
    fillValue: [number, null],
  },
  ({ x, returnIndex, returnInverse, returnCounts, axis, size, fillValue }) => {
    const t = toTensor('unique', x);
    const at = axis === null ? 0 : axis < 0 ? axis + t.rank : axis;
    if (axis !== null && !(at >= 0 && at < t.rank)) throw mismatch('unique', `an axis below ${t.rank}`, axis, `The shape is [${t.shape}].`);
    const shape = axis === null ? [t.size] : t.shape;
    const inner = sizeOf(shape.slice(at + 1));
    const n = shape[at];
    const outer = sizeOf(shape.slice(0, at));
    const item = (k: number, j: number): number => t.data[(Math.floor(j / inner) * n + k) * inner + (j % inner)];
    const width = outer * inner;
    const compare = (p: number, q: number): number => {
      for (let j = 0; j < width; j++) {
        const [left, right] = [item(p, j), item(q, j)];
        if (left < right) return -1;
        if (left > right) return 1;
        if (Number.isNaN(left) !== Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
      }
      return 0;
    };
    const order = Array.from({ length: n }, (_, k) => k).sort((p, q) => compare(p, q) || p - q);
    const first: number[] = [];
    const counts: number[] = [];
    const inverse = new Int32Array(n);
    for (const k of order) {
      if (first.length === 0 || compare(first[first.length - 1], k) !== 0) {
        first.push(k);
        counts.push(0);
      }
      counts[counts.length - 1]++;
      inverse[k] = first.length - 1;
    }
    const found = size ?? first.length;
    const data = t.data.slice(0, 0);
    const values = new (data.constructor as Float32ArrayConstructor)(outer * found * inner);
    for (let k = 0; k < found; k++) {
      for (let j = 0; j < width; j++) {
        const value = k < first.length ? item(first[k], j) : (fillValue ?? item(first[0] ?? 0, j));
        values[(Math.floor(j / inner) * found + k) * inner + (j % inner)] = value;
      }
    }
    const results: Tensor[] = [new Tensor(values, axis === null ? [found] : shape.map((dim, k) => (k === at ? found : dim))) as Tensor];
    const filled = (numbers: readonly number[], rest: number) =>
      new Tensor(
        Int32Array.from({ length: found }, (_, k) => numbers[k] ?? rest),
        [found],
      ) as Tensor;
    if (returnIndex) results.push(filled(first, first[0] ?? 0));
    if (returnInverse) results.push(new Tensor(inverse, axis === null ? t.shape : [n]) as Tensor);
    if (returnCounts) results.push(filled(counts, 0));
    return results.length === 1 ? results[0] : results;
  },
);

/** The bits of x as another dtype of as many bytes: `ops.view([1], 'int32')` is [1065353216]. Of data alone. */
export const view: (x: Operand, dtype?: DType | null | { dtype?: DType | null }) => Tensor = /* @__PURE__ */ ofData(
  'view',
  { x: anyDtype, dtype: [{ read: (_o: string, _n: string, value: unknown) => value as DType }, null] },
  ({ x, dtype }) => {
    const t = toTensor('view', x);
    if (dtype === null || dtype === t.dtype) return t;
    if (dtype === 'bool' || t.dtype === 'bool') throw mismatch('view', 'float32 or int32', `${t.dtype} as ${dtype}`, 'Use cast.');
    const { buffer } = t.data.slice();
    return tensor(dtype === 'int32' ? new Int32Array(buffer) : new Float32Array(buffer), t.shape, dtype);
  },
);
