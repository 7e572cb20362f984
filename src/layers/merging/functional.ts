// The merging layers as functions, which make a layer and apply it.
import type { Tensor } from '../../tensor/index.ts';
import type { Layer, LayerData, LayerOptions } from '../base/layer.ts';
import type { SymbolicTensor } from '../base/symbolic.ts';
import { Concatenate, type ConcatenateOptions } from './concatenate.ts';
import { Dot, type DotOptions } from './dot.ts';
import { Add, Average, Maximum, Minimum, Multiply, Subtract } from './elementwise.ts';

/** Takes a list of symbolic tensors or of data, and what the layer's constructor takes. */
interface Merging<A extends readonly unknown[]> {
  (inputs: readonly SymbolicTensor[], ...args: A): SymbolicTensor;
  (inputs: readonly LayerData[], ...args: A): Tensor;
}

const merging = <A extends readonly unknown[]>(make: (...args: A) => Layer): Merging<A> =>
  ((inputs: readonly LayerData[], ...args: A) => make(...args).apply(inputs)) as Merging<A>;

type Plain = [options?: LayerOptions];

/** The sum of its inputs: `layers.add([a, b])` is `new layers.Add().apply([a, b])`. */
export const add = /* @__PURE__ */ merging<Plain>((options) => new Add(options));
/** The first input minus the second: `layers.subtract([a, b])`, as the layer Subtract. */
export const subtract = /* @__PURE__ */ merging<Plain>((options) => new Subtract(options));
/** The product of its inputs: `layers.multiply([a, b])`, as the layer Multiply. */
export const multiply = /* @__PURE__ */ merging<Plain>((options) => new Multiply(options));
/** The mean of its inputs: `layers.average([a, b])`, as the layer Average. */
export const average = /* @__PURE__ */ merging<Plain>((options) => new Average(options));
/** The largest of its inputs: `layers.maximum([a, b])`, as the layer Maximum. */
export const maximum = /* @__PURE__ */ merging<Plain>((options) => new Maximum(options));
/** The smallest of its inputs: `layers.minimum([a, b])`, as the layer Minimum. */
export const minimum = /* @__PURE__ */ merging<Plain>((options) => new Minimum(options));

/** Its inputs one after another: `layers.concatenate([a, b], { axis: 1 })`, as the layer Concatenate; axis -1 by default. */
export const concatenate = /* @__PURE__ */ merging<[axis?: number | ConcatenateOptions, options?: Omit<ConcatenateOptions, 'axis'>]>(
  (...args) => new Concatenate(...(args as [number])),
);

/** Dot products: `layers.dot([a, b], { axes: 1 })`, as the layer Dot; unlike there the axes are -1 by default. */
export const dot = /* @__PURE__ */ merging<[axes?: DotOptions['axes'] | Partial<DotOptions>, options?: Omit<DotOptions, 'axes'>]>(
  (axes = -1, options = {}) => (isAxes(axes) ? new Dot(axes, options) : new Dot({ axes: -1, ...axes })),
);

const isAxes = (axes: DotOptions['axes'] | Partial<DotOptions>): axes is DotOptions['axes'] =>
  typeof axes === 'number' || Array.isArray(axes);
