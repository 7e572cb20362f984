// The classes of TensorFlow.js 4.22 and their names (tfjs-layers/src/exports_*.ts).
import type { JsonObject } from '../model/json.ts';

interface Known {
  /** The class there, if its name is another. */
  readonly name?: string;
  /** Options under other names there. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Options that it does not have, with the only values that can be written. */
  readonly only?: JsonObject;
  /** Options that it ignores. */
  readonly without?: readonly string[];
}

const same: Known = {};
const lastChannels: Known = { only: { data_format: 'channels_last' }, without: ['data_format'] };
const global: Known = { only: { data_format: 'channels_last', keepdims: false }, without: ['data_format', 'keepdims'] };
const recurrent: Known = { without: ['zero_output_for_mask', 'seed'] };

export const layerClasses: Readonly<Record<string, Known>> = {
  Activation: same,
  Add: same,
  AlphaDropout: same,
  Average: same,
  AveragePooling1D: lastChannels,
  BatchNormalization: same,
  Bidirectional: { without: ['backward_layer'] },
  Concatenate: same,
  Conv1D: { only: { groups: 1, data_format: 'channels_last' }, without: ['groups', 'data_format'] },
  Dense: same,
  Dot: same,
  Dropout: same,
  ELU: same,
  Embedding: same,
  Flatten: lastChannels,
  GaussianDropout: same,
  GaussianNoise: same,
  GlobalAveragePooling1D: global,
  GlobalMaxPooling1D: global,
  GRU: { ...recurrent, only: { reset_after: false } },
  Identity: same,
  InputLayer: { keys: { batch_shape: 'batch_input_shape' } },
  LayerNormalization: same,
  LeakyReLU: { keys: { negative_slope: 'alpha' } },
  LSTM: recurrent,
  Masking: same,
  MaxPooling1D: lastChannels,
  Maximum: same,
  Minimum: same,
  Multiply: same,
  Permute: same,
  PReLU: same,
  ReLU: { only: { negative_slope: 0, threshold: 0 }, without: ['negative_slope', 'threshold'] },
  RepeatVector: same,
  Rescaling: same,
  Reshape: same,
  SimpleRNN: recurrent,
  Softmax: same,
  SpatialDropout1D: same,
  TimeDistributed: same,
};

/** Activations, by Keras's names. */
export const activations: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['elu', 'gelu', 'linear', 'log_softmax', 'mish', 'relu', 'relu6', 'selu', 'sigmoid', 'softmax', 'softplus', 'softsign', 'tanh'].map(
      (name) => [name, name],
    ),
  ),
  hard_sigmoid: 'hard_sigmoid',
  silu: 'swish',
};

/** Initializers; others become Zeros, since the weights come along. */
export const initializers: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['Zeros', 'Ones', 'Constant', 'RandomUniform', 'RandomNormal', 'TruncatedNormal', 'GlorotUniform', 'GlorotNormal', 'HeNormal'].map(
      (name) => [name, name],
    ),
  ),
  HeUniform: 'HeUniform',
  LecunNormal: 'LeCunNormal',
  LecunUniform: 'LeCunUniform',
  Orthogonal: 'Orthogonal',
};

export const constraints: readonly string[] = ['MaxNorm', 'MinMaxNorm', 'NonNeg', 'UnitNorm'];
