// What an activation is.
import type { Value } from '../graph/value.ts';

/** A function that layers apply to their outputs, element by element or along the last axis. */
export type Activation = (x: Value) => Value;

/** The names that `activations.get` knows, which are Keras's; those of {@link MoreActivationName} need `import 'keratin/names'` in a page. */
export type ActivationName =
  | MoreActivationName
  | 'elu'
  | 'exponential'
  | 'gelu'
  | 'hard_sigmoid'
  | 'hard_silu'
  | 'hard_swish'
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
  | 'softmax'
  | 'softplus'
  | 'softsign'
  | 'swish'
  | 'tanh';

/** Names that bundles carry only when they import them. */
export type MoreActivationName =
  | 'celu'
  | 'glu'
  | 'hard_shrink'
  | 'hard_tanh'
  | 'soft_shrink'
  | 'sparse_plus'
  | 'sparse_sigmoid'
  | 'sparsemax'
  | 'squareplus'
  | 'tanh_shrink'
  | 'threshold';
