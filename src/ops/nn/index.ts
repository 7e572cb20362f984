// Keras's ops of neural networks.
export { glu, logSoftmax, type NormalizeOptions, normalize, oneHot, softmax, sparsemax } from './along-axis.ts';
export * from './crossentropies.ts';
export * from './normalizations.ts';
export {
  hardShrink,
  hardSigmoid,
  hardSilu,
  hardSwish,
  hardTanh,
  leakyRelu,
  relu,
  relu6,
  softShrink,
  sparsePlus,
  sparseSigmoid,
  threshold,
} from './rectifiers.ts';
export * from './smooth.ts';
