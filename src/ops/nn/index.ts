// Keras's ops of neural networks.
export { glu, logSoftmax, type NormalizeOptions, normalize, oneHot, softmax, sparsemax } from './along-axis.ts';
export * from './rectifiers.ts';
export * from './smooth.ts';
