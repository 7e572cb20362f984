// What an activation is.
import type { Value } from '../graph/value.ts';

/** A function that layers apply to their outputs, element by element or along the last axis. */
export type Activation = (x: Value) => Value;

/** The names that `activations.get` knows, which are Keras's. */
export type ActivationName =
  | 'celu'
  | 'elu'
  | 'exponential'
  | 'gelu'
  | 'glu'
  | 'hard_shrink'
  | 'hard_sigmoid'
  | 'hard_silu'
  | 'hard_swish'
  | 'hard_tanh'
  | 'leaky_relu'
  | 'linear'
  | 'log_sigmoid'
  | 'log_softmax'
  | 'mish'
  | 'relu'
  | 'relu6'
  | 'selu'
  | 'sigmoid'
  | 'silu'
  | 'soft_shrink'
  | 'softmax'
  | 'softplus'
  | 'softsign'
  | 'sparse_plus'
  | 'sparse_sigmoid'
  | 'squareplus'
  | 'swish'
  | 'tanh'
  | 'tanh_shrink';
