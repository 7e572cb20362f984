// The functions that layers apply to their outputs: names of ops.
export {
  celu,
  elu,
  glu,
  hardShrink,
  hardSigmoid,
  hardSilu,
  hardSwish,
  hardTanh,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  softShrink,
  softsign,
  sparsemax,
  sparsePlus,
  sparseSigmoid,
  squareplus,
  swish,
  tanhShrink,
  threshold,
} from '../ops/nn/index.ts';
export { tanh } from '../ops/numpy/elementwise.ts';
export type { Activation, ActivationName } from './activation.ts';
export { type ActivationIdentifier, get, serialize } from './get.ts';
export { exponential, gelu, linear, mish, type ReluOptions, relu } from './variants.ts';
