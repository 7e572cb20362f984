// y = f(x), element by element.
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import type { Kernels } from '../kernels/generated/kernels.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';

type Settings = readonly number[];
/** The kernels with this many parameters; all parameters of a kernel are numbers. */
type Taking<N extends number> = { [K in keyof Kernels]: Parameters<Kernels[K]>['length'] extends N ? K : never }[keyof Kernels];
/** Kernels (x, y, n, ...settings, thread, threads): 5 parameters without settings. */
type Plain<N extends 5 | 6 | 7 | 8 = 5> = Taking<N>;
interface GradientLength {
  5: 6;
  6: 7;
  7: 8;
  8: 9;
}
/** Those with a gradient (source, dy, dx, n, ...settings, thread, threads). */
type Smooth<N extends 5 | 6 | 7 | 8 = 5> = { [K in Plain<N>]: `${K}Gradient` extends Taking<GradientLength[N]> ? K : never }[Plain<N>];

/** An op of a kernel and its gradient, `nameGradient`, which starts from x or y as `source` says. */
function unaryOp(name: string, source?: 'x' | 'y'): Op<Settings> {
  const type = ([x]: readonly Value[]) => [{ shape: x.shape, dtype: 'float32' as const }];
  const kernel = (...call: (string | number)[]) => [call as unknown as KernelCall];
  const backward: Op<Settings> = {
    name: `${name}Gradient`,
    inferTypes: type,
    inPlace: [1, 0],
    lower: ({ node, inputs: [s, dy], outputs: [dx] }) => kernel(`${name}Gradient`, s, dy, dx, node.inputs[0].size, ...node.attributes),
  };
  return {
    name,
    inferTypes: type,
    inPlace: [0],
    lower: ({ node, inputs: [x], outputs: [y] }) => kernel(name, x, y, node.inputs[0].size, ...node.attributes),
    gradient: source && ((node, [dy]) => [dy && add1(backward, [(source === 'x' ? node.inputs : node.outputs)[0], dy], node.attributes)]),
  };
}

const apply =
  (op: Op<Settings>) =>
  (x: Value): Value =>
    add1(op, [x], []);
/** A function without settings and without gradient. */
const step = (name: Plain) => apply(unaryOp(name));
/** A function without settings; its gradient starts from x or y. */
const smooth = (name: Smooth, source: 'x' | 'y') => apply(unaryOp(name, source));

export const reluOp = /* @__PURE__ */ unaryOp('relu' satisfies Smooth, 'y');
export const relu = /* @__PURE__ */ apply(reluOp);
export const sigmoid = /* @__PURE__ */ smooth('sigmoid', 'y');
export const tanh = /* @__PURE__ */ smooth('tanh', 'y');
export const square = /* @__PURE__ */ smooth('square', 'x');
export const sqrt = /* @__PURE__ */ smooth('sqrt', 'y');
export const rsqrt = /* @__PURE__ */ smooth('rsqrt', 'y');
export const reciprocal = /* @__PURE__ */ smooth('reciprocal', 'y');
export const absolute = /* @__PURE__ */ smooth('absolute', 'x');
export const sign = /* @__PURE__ */ step('sign');
export const floor = /* @__PURE__ */ step('floor');
export const exp = /* @__PURE__ */ smooth('exp', 'y');
export const expm1 = /* @__PURE__ */ smooth('expm1', 'y');
export const log = /* @__PURE__ */ smooth('log', 'x');
export const log1p = /* @__PURE__ */ smooth('log1p', 'x');
export const erf = /* @__PURE__ */ smooth('erf', 'x');
export const softplus = /* @__PURE__ */ smooth('softplus', 'x');
export const softsign = /* @__PURE__ */ smooth('softsign', 'x');
export const gelu = /* @__PURE__ */ smooth('gelu', 'x');
export const geluTanh = /* @__PURE__ */ smooth('geluTanh', 'x');
export const silu = /* @__PURE__ */ smooth('silu', 'x');
export const mish = /* @__PURE__ */ smooth('mish', 'x');
export const hardSigmoid = /* @__PURE__ */ smooth('hardSigmoid', 'y');
export const selu = /* @__PURE__ */ smooth('selu', 'y');
export const logSigmoid = /* @__PURE__ */ smooth('logSigmoid', 'x');

const eluOp = /* @__PURE__ */ unaryOp('elu' satisfies Smooth<6>, 'y');
export const elu = (x: Value, alpha = 1): Value => add1(eluOp, [x], [alpha]);

const leakyReluOp = /* @__PURE__ */ unaryOp('leakyRelu' satisfies Smooth<6>, 'x');
export const leakyRelu = (x: Value, slope = 0.2): Value => add1(leakyReluOp, [x], [slope]);

const clipOp = /* @__PURE__ */ unaryOp('clip' satisfies Smooth<7>, 'x');
/** x limited to [low, high]. */
export const clip = (x: Value, low: number, high: number): Value => add1(clipOp, [x], [low, high]);

const reluGeneralOp = /* @__PURE__ */ unaryOp('reluGeneral' satisfies Smooth<8>, 'x');
/** Keras's relu with all its options. */
export const reluGeneral = (x: Value, negativeSlope: number, maxValue: number, threshold: number): Value =>
  add1(reluGeneralOp, [x], [negativeSlope, maxValue, threshold]);

const affineOp: Op<Settings> = {
  .../* @__PURE__ */ unaryOp('affine' satisfies Plain<7>),
  gradient: (node, [dy]) => [dy && affine(dy, node.attributes[0], 0)],
};
/** x * scale + shift, with two roundings. */
export const affine = (x: Value, scale: number, shift: number): Value =>
  scale === 1 && shift === 0 ? x : add1(affineOp, [x], [scale, shift]);
export const negative = (x: Value): Value => affine(x, -1, 0);

const toFloatOp: Op<null> = {
  name: 'toFloat',
  isDataMovement: true,
  inferTypes: ([x]) => [{ shape: x.shape, dtype: 'float32' }],
  lower: ({ node, inputs: [x], outputs: [y] }) => [['toFloat', x, y, node.inputs[0].size]],
};
const toIntOp: Op<null> = {
  name: 'toInt',
  isDataMovement: true,
  inferTypes: ([x]) => [{ shape: x.shape, dtype: 'int32' }],
  lower: ({ node, inputs: [x], outputs: [y] }) => [['toInt', x, y, node.inputs[0].size]],
};
/** The value as float32. */
export const toFloat = (x: Value): Value => (x.dtype === 'int32' ? add1(toFloatOp, [x], null) : x);
/** The value as int32, cut toward zero. */
export const toInt = (x: Value): Value => (x.dtype === 'int32' ? x : add1(toIntOp, [x], null));

const notEqualIntOp: Op<number> = {
  name: 'notEqualInt',
  inferTypes: ([x]) => [{ shape: x.shape, dtype: 'bool' }],
  lower: ({ node, inputs: [x], outputs: [y] }) => [['notEqualInt', x, y, node.inputs[0].size, node.attributes]],
};
/** 1 where an integer differs from `value`. */
export const differsFrom = (ids: Value, value: number): Value => add1(notEqualIntOp, [toInt(ids)], value);
