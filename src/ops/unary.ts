// y = f(x), element by element.
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import type { KernelCall } from '../runtime/kernel-call.ts';

type Forward<A> = (x: number, y: number, n: number, attributes: A) => KernelCall;
/** `source` is x or y, whichever the derivative is computed from. */
type Backward<A> = (source: number, dy: number, dx: number, n: number, attributes: A) => KernelCall;

function unaryOp<A>(name: string, forward: Forward<A>, source?: 'x' | 'y', backward?: Backward<A>): Op<A> {
  const op: Op<A> = {
    name,
    types: ([x]) => [{ shape: x.shape, dtype: 'float32' }],
    inPlace: [0],
    call: ({ node, inputs: [x], outputs: [y] }) => [forward(x, y, node.inputs[0].size, node.attributes)],
  };
  if (!backward) return op;
  const gradientOp: Op<A> = {
    name: `${name}Gradient`,
    types: ([s]) => [{ shape: s.shape, dtype: 'float32' }],
    inPlace: [1, 0],
    call: ({ node, inputs: [s, dy], outputs: [dx] }) => [backward(s, dy, dx, node.inputs[0].size, node.attributes)],
  };
  return {
    ...op,
    gradient: (node, [dy]) => [dy && add1(gradientOp, [source === 'x' ? node.inputs[0] : node.outputs[0], dy], node.attributes)],
  };
}

const plain = (op: Op<null>) => (x: Value) => add1(op, [x], null);

export const reluOp = unaryOp<null>(
  'relu',
  (x, y, n) => ['relu', x, y, n],
  'y',
  (y, dy, dx, n) => ['reluGradient', y, dy, dx, n],
);
export const sigmoidOp = unaryOp<null>(
  'sigmoid',
  (x, y, n) => ['sigmoid', x, y, n],
  'y',
  (y, dy, dx, n) => ['sigmoidGradient', y, dy, dx, n],
);
export const tanhOp = unaryOp<null>(
  'tanh',
  (x, y, n) => ['tanh', x, y, n],
  'y',
  (y, dy, dx, n) => ['tanhGradient', y, dy, dx, n],
);

export const relu = plain(reluOp);
export const sigmoid = plain(sigmoidOp);
export const tanh = plain(tanhOp);
export const square = plain(
  unaryOp(
    'square',
    (x, y, n) => ['square', x, y, n],
    'x',
    (x, dy, dx, n) => ['squareGradient', x, dy, dx, n],
  ),
);
export const sqrt = plain(
  unaryOp(
    'sqrt',
    (x, y, n) => ['sqrt', x, y, n],
    'y',
    (y, dy, dx, n) => ['sqrtGradient', y, dy, dx, n],
  ),
);
export const rsqrt = plain(
  unaryOp(
    'rsqrt',
    (x, y, n) => ['rsqrt', x, y, n],
    'y',
    (y, dy, dx, n) => ['rsqrtGradient', y, dy, dx, n],
  ),
);
export const reciprocal = plain(
  unaryOp(
    'reciprocal',
    (x, y, n) => ['reciprocal', x, y, n],
    'y',
    (y, dy, dx, n) => ['reciprocalGradient', y, dy, dx, n],
  ),
);
export const absolute = plain(
  unaryOp(
    'absolute',
    (x, y, n) => ['absolute', x, y, n],
    'x',
    (x, dy, dx, n) => ['absoluteGradient', x, dy, dx, n],
  ),
);
export const sign = plain(unaryOp('sign', (x, y, n) => ['sign', x, y, n]));
export const floor = plain(unaryOp('floor', (x, y, n) => ['floor', x, y, n]));
export const exp = plain(
  unaryOp(
    'exp',
    (x, y, n) => ['exp', x, y, n],
    'y',
    (y, dy, dx, n) => ['expGradient', y, dy, dx, n],
  ),
);
export const expm1 = plain(
  unaryOp(
    'expm1',
    (x, y, n) => ['expm1', x, y, n],
    'y',
    (y, dy, dx, n) => ['expm1Gradient', y, dy, dx, n],
  ),
);
export const log = plain(
  unaryOp(
    'log',
    (x, y, n) => ['log', x, y, n],
    'x',
    (x, dy, dx, n) => ['logGradient', x, dy, dx, n],
  ),
);
export const log1p = plain(
  unaryOp(
    'log1p',
    (x, y, n) => ['log1p', x, y, n],
    'x',
    (x, dy, dx, n) => ['log1pGradient', x, dy, dx, n],
  ),
);
export const erf = plain(
  unaryOp(
    'erf',
    (x, y, n) => ['erf', x, y, n],
    'x',
    (x, dy, dx, n) => ['erfGradient', x, dy, dx, n],
  ),
);
export const softplus = plain(
  unaryOp(
    'softplus',
    (x, y, n) => ['softplus', x, y, n],
    'x',
    (x, dy, dx, n) => ['softplusGradient', x, dy, dx, n],
  ),
);
export const softsign = plain(
  unaryOp(
    'softsign',
    (x, y, n) => ['softsign', x, y, n],
    'x',
    (x, dy, dx, n) => ['softsignGradient', x, dy, dx, n],
  ),
);
export const gelu = plain(
  unaryOp(
    'gelu',
    (x, y, n) => ['gelu', x, y, n],
    'x',
    (x, dy, dx, n) => ['geluGradient', x, dy, dx, n],
  ),
);
export const geluTanh = plain(
  unaryOp(
    'geluTanh',
    (x, y, n) => ['geluTanh', x, y, n],
    'x',
    (x, dy, dx, n) => ['geluTanhGradient', x, dy, dx, n],
  ),
);
export const silu = plain(
  unaryOp(
    'silu',
    (x, y, n) => ['silu', x, y, n],
    'x',
    (x, dy, dx, n) => ['siluGradient', x, dy, dx, n],
  ),
);
export const mish = plain(
  unaryOp(
    'mish',
    (x, y, n) => ['mish', x, y, n],
    'x',
    (x, dy, dx, n) => ['mishGradient', x, dy, dx, n],
  ),
);
export const hardSigmoid = plain(
  unaryOp(
    'hardSigmoid',
    (x, y, n) => ['hardSigmoid', x, y, n],
    'y',
    (y, dy, dx, n) => ['hardSigmoidGradient', y, dy, dx, n],
  ),
);
export const selu = plain(
  unaryOp(
    'selu',
    (x, y, n) => ['selu', x, y, n],
    'y',
    (y, dy, dx, n) => ['seluGradient', y, dy, dx, n],
  ),
);
export const logSigmoid = plain(
  unaryOp(
    'logSigmoid',
    (x, y, n) => ['logSigmoid', x, y, n],
    'x',
    (x, dy, dx, n) => ['logSigmoidGradient', x, dy, dx, n],
  ),
);

const eluOp = unaryOp<number>(
  'elu',
  (x, y, n, a) => ['elu', x, y, n, a],
  'y',
  (y, dy, dx, n, a) => ['eluGradient', y, dy, dx, n, a],
);
export const elu = (x: Value, alpha = 1): Value => add1(eluOp, [x], alpha);

const leakyReluOp = unaryOp<number>(
  'leakyRelu',
  (x, y, n, slope) => ['leakyRelu', x, y, n, slope],
  'x',
  (x, dy, dx, n, slope) => ['leakyReluGradient', x, dy, dx, n, slope],
);
export const leakyRelu = (x: Value, slope = 0.2): Value => add1(leakyReluOp, [x], slope);

const clipOp = unaryOp<readonly [number, number]>(
  'clip',
  (x, y, n, [low, high]) => ['clip', x, y, n, low, high],
  'x',
  (x, dy, dx, n, [low, high]) => ['clipGradient', x, dy, dx, n, low, high],
);
/** x limited to [low, high]. */
export const clip = (x: Value, low: number, high: number): Value => add1(clipOp, [x], [low, high] as const);

const reluGeneralOp = unaryOp<readonly [number, number, number]>(
  'reluGeneral',
  (x, y, n, a) => ['reluGeneral', x, y, n, ...a],
  'x',
  (x, dy, dx, n, a) => ['reluGeneralGradient', x, dy, dx, n, ...a],
);
/** Keras's relu with all its options. */
export const reluGeneral = (x: Value, negativeSlope: number, maxValue: number, threshold: number): Value =>
  add1(reluGeneralOp, [x], [negativeSlope, maxValue, threshold] as const);

const affineOp: Op<readonly [number, number]> = {
  ...unaryOp<readonly [number, number]>('affine', (x, y, n, [scale, shift]) => ['affine', x, y, n, scale, shift]),
  gradient: (node, [dy]) => [dy && affine(dy, node.attributes[0], 0)],
};
/** x * scale + shift, with two roundings. */
export const affine = (x: Value, scale: number, shift: number): Value =>
  scale === 1 && shift === 0 ? x : add1(affineOp, [x], [scale, shift] as const);
export const negative = (x: Value): Value => affine(x, -1, 0);

const toFloatOp: Op<null> = {
  name: 'toFloat',
  moves: true,
  types: ([x]) => [{ shape: x.shape, dtype: 'float32' }],
  call: ({ node, inputs: [x], outputs: [y] }) => [['toFloat', x, y, node.inputs[0].size]],
};
const toIntOp: Op<null> = {
  name: 'toInt',
  moves: true,
  types: ([x]) => [{ shape: x.shape, dtype: 'int32' }],
  call: ({ node, inputs: [x], outputs: [y] }) => [['toInt', x, y, node.inputs[0].size]],
};
/** The value as float32. */
export const toFloat = (x: Value): Value => (x.dtype === 'int32' ? add1(toFloatOp, [x], null) : x);
/** The value as int32, cut toward zero. */
export const toInt = (x: Value): Value => (x.dtype === 'int32' ? x : add1(toIntOp, [x], null));

const notEqualIntOp: Op<number> = {
  name: 'notEqualInt',
  types: ([x]) => [{ shape: x.shape, dtype: 'bool' }],
  call: ({ node, inputs: [x], outputs: [y] }) => [['notEqualInt', x, y, node.inputs[0].size, node.attributes]],
};
/** 1 where an integer differs from `value`. */
export const differsFrom = (ids: Value, value: number): Value => add1(notEqualIntOp, [toInt(ids)], value);
