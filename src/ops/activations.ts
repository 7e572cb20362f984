// The functions that `activations` has, on operands of all kinds.
import * as f from '../activations/functions.ts';
import { argument } from './arguments.ts';
import { asFloat, run, unary } from './dispatch.ts';
import { checkAxis, type Operand, type OpResult } from './operand.ts';

/** max(x, 0): `ops.relu([-1, 2])` is [0, 2]. */
export const relu = /* @__PURE__ */ unary('relu', (x) => f.relu(x));
/** min(max(x, 0), 6): `ops.relu6([-1, 8])` is [0, 6]. */
export const relu6 = /* @__PURE__ */ unary('relu6', f.relu6);
/** 1 / (1 + exp(-x)): `ops.sigmoid([0])` is [0.5]. Binary crossentropies of the result are computed from x, exactly. */
export const sigmoid = /* @__PURE__ */ unary('sigmoid', f.sigmoid);
/** The hyperbolic tangent: `ops.tanh([0, 1])` is [0, 0.7616]. */
export const tanh = /* @__PURE__ */ unary('tanh', f.tanh);
/** log(1 + exp(x)): `ops.softplus([0])` is [0.6931]. */
export const softplus = /* @__PURE__ */ unary('softplus', f.softplus);
/** x / (1 + |x|): `ops.softsign([1])` is [0.5]. */
export const softsign = /* @__PURE__ */ unary('softsign', f.softsign);
/** x * sigmoid(x): `ops.silu([0, 1])` is [0, 0.7311]. */
export const silu = /* @__PURE__ */ unary('silu', f.silu);
/** Another name of {@link silu}. */
export const swish = silu;
/** Self-normalizing elu: `ops.selu([1])` is [1.0507]. */
export const selu = /* @__PURE__ */ unary('selu', f.selu);
/** x * tanh(softplus(x)): `ops.mish([1])` is [0.8651]. */
export const mish = /* @__PURE__ */ unary('mish', f.mish);
/** log(sigmoid(x)): `ops.logSigmoid([0])` is [-0.6931]. */
export const logSigmoid = /* @__PURE__ */ unary('logSigmoid', f.logSigmoid);
/** relu6(x + 3) / 6: `ops.hardSigmoid([0])` is [0.5]. */
export const hardSigmoid = /* @__PURE__ */ unary('hardSigmoid', f.hardSigmoid);
/** x * hardSigmoid(x): `ops.hardSilu([3])` is [3]. */
export const hardSilu = /* @__PURE__ */ unary('hardSilu', f.hardSilu);
/** Another name of {@link hardSilu}. */
export const hardSwish = hardSilu;
/** x limited to [-1, 1]: `ops.hardTanh([2])` is [1]. */
export const hardTanh = /* @__PURE__ */ unary('hardTanh', f.hardTanh);
/** x - tanh(x): `ops.tanhShrink([0])` is [0]. */
export const tanhShrink = /* @__PURE__ */ unary('tanhShrink', f.tanhShrink);
/** 0 up to -1, (x + 1)^2 / 4 up to 1, then x: `ops.sparsePlus([0])` is [0.25]. */
export const sparsePlus = /* @__PURE__ */ unary('sparsePlus', f.sparsePlus);
/** (x + 1) / 2 limited to [0, 1]: `ops.sparseSigmoid([0])` is [0.5]. */
export const sparseSigmoid = /* @__PURE__ */ unary('sparseSigmoid', f.sparseSigmoid);

type Setting<K extends string, T = number> = T | Readonly<Partial<Record<K, T>>>;

/** An activation with one number to set, given as it is or by name. */
const withSetting =
  <K extends string>(
    name: string,
    key: K,
    fallback: number,
    body: (x: Parameters<typeof f.tanh>[0], setting: number) => ReturnType<typeof f.tanh>,
  ) =>
  <A extends Operand>(x: A, setting?: Setting<K>): OpResult<A> => {
    const chosen = argument<number>(name, setting as number, key, fallback);
    return run(name, [x], (v) => body(asFloat(v), key === 'axis' ? checkAxis(name, chosen, v.shape) : chosen), { [key]: chosen });
  };

/** exp(x) over its sum along `axis` (default -1): `ops.softmax([[0, 0]])` is [[0.5, 0.5]]. */
export const softmax = /* @__PURE__ */ withSetting('softmax', 'axis', -1, f.softmax);
/** The logarithm of {@link softmax}: `ops.logSoftmax([[0, 0]])` is [[-0.6931, -0.6931]]. */
export const logSoftmax = /* @__PURE__ */ withSetting('logSoftmax', 'axis', -1, f.logSoftmax);
/** One half of x along `axis` (default -1) times the sigmoid of the other: `ops.glu([[1, 0]])` is [[0.5]]. */
export const glu = /* @__PURE__ */ withSetting('glu', 'axis', -1, f.glu);

/** The point of the simplex nearest to x along `axis` (default -1): `ops.sparsemax([[0.5, 0.2, -1]])` is [[0.65, 0.35, 0]]. */
export const sparsemax = /* @__PURE__ */ withSetting('sparsemax', 'axis', -1, f.sparsemax);
/** x above 0, negativeSlope * x (default 0.2) below: `ops.leakyRelu([-1])` is [-0.2]. */
export const leakyRelu = /* @__PURE__ */ withSetting('leakyRelu', 'negativeSlope', 0.2, f.leakyRelu);
/** x above 0, alpha * (exp(x) - 1) (default alpha 1) below: `ops.elu([-1])` is [-0.6321]. */
export const elu = /* @__PURE__ */ withSetting('elu', 'alpha', 1, f.elu);
/** x above 0, alpha * (exp(x / alpha) - 1) (default alpha 1) below: `ops.celu([-1])` is [-0.6321]. */
export const celu = /* @__PURE__ */ withSetting('celu', 'alpha', 1, f.celu);
/** x times the normal distribution function of x: `ops.gelu([1])` is [0.8412]. `approximate` (default true, as in Keras's ops) uses tanh. */
export const gelu = <A extends Operand>(x: A, approximate?: Setting<'approximate', boolean>): OpResult<A> => {
  const chosen = argument<boolean>('gelu', approximate as boolean, 'approximate', true);
  return run('gelu', [x], (v) => f.gelu(asFloat(v), chosen), { approximate: chosen });
};
/** x where |x| is above the threshold (default 0.5), else 0: `ops.hardShrink([0.4, 1])` is [0, 1]. */
export const hardShrink = /* @__PURE__ */ withSetting('hardShrink', 'threshold', 0.5, f.hardShrink);
/** x drawn toward 0 by the threshold (default 0.5): `ops.softShrink([0.4, 1])` is [0, 0.5]. */
export const softShrink = /* @__PURE__ */ withSetting('softShrink', 'threshold', 0.5, f.softShrink);
/** (x + sqrt(x^2 + b)) / 2 (default b 4): `ops.squareplus([0])` is [1]. */
export const squareplus = /* @__PURE__ */ withSetting('squareplus', 'b', 4, f.squareplus);

/** x where it is above `threshold`, else `defaultValue`: `ops.threshold([0, 2], 1, -1)` is [-1, 2]. */
export const threshold = <A extends Operand>(x: A, threshold: number, defaultValue: number): OpResult<A> =>
  run('threshold', [x], (v) => f.threshold(asFloat(v), threshold, defaultValue), { threshold, defaultValue });
