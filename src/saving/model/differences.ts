// Where the configs of Keras 3.15 say more, less or something else than the options of the class here.

export interface Difference {
  /** What Keras writes and this package does not have: in a file it must have this value. */
  readonly constants?: Readonly<Record<string, unknown>>;
  /** Options of this package that Keras does not write. */
  readonly omitted?: readonly string[];
  /** Options that Keras leaves out of its configs, and their defaults: written where they differ. */
  readonly quiet?: Readonly<Record<string, unknown>>;
  /** Options that Keras writes as a list, even of one. */
  readonly lists?: readonly string[];
  /** Options that are one number here, and a list of one in some files. */
  readonly singles?: readonly string[];
  /** Names of options in older files. */
  readonly old?: Readonly<Record<string, string>>;
  /** Keys of older files that say nothing. */
  readonly ignored?: readonly string[];
  /** Keys that must be false, null or 0: what they turn on is not here. They are not written. */
  readonly off?: readonly string[];
  /** Options where null says something else than nothing. */
  readonly nulls?: readonly string[];
  /** Whether the layer is built when it is made: such layers have no build_config. */
  readonly builtAtOnce?: boolean;
  /** What the call's `training` is when nobody says so, if Keras writes that. */
  readonly training?: false;
  /** Whether the call has an argument `mask`, which Keras fills in. */
  readonly takesMask?: boolean;
}

const recurrent: Difference = {
  constants: { activity_regularizer: null },
  ignored: ['implementation'],
  off: ['time_major', 'ragged'],
  training: false,
  takesMask: true,
};
const pooling: Difference = { builtAtOnce: true, lists: ['poolSize', 'strides'] };
const dropout: Difference = { builtAtOnce: true, training: false };
const atOnce: Difference = { builtAtOnce: true };
const quantized = { quantization_config: null };
const lora = { ignored: ['lora_alpha'], off: ['lora_rank'] };
const attention: Difference = { training: false, takesMask: true, off: ['causal'] };
const lookupConstants = { sparse: false, vocabulary_size: null, oov_method: 'floormod', salt: null };
const lookup: Difference = {
  constants: lookupConstants,
  ignored: ['vocabulary_size', 'has_input_vocabulary'],
};

const layers: Readonly<Record<string, Difference>> = {
  Activation: atOnce,
  ActivityRegularization: atOnce,
  AdditiveAttention: attention,
  AlphaDropout: dropout,
  Attention: attention,
  AveragePooling1D: pooling,
  BatchNormalization: { takesMask: true, singles: ['axis'], ignored: ['fused'], off: ['virtual_batch_size', 'adjustment'] },
  Bidirectional: { takesMask: true, nulls: ['mergeMode'] },
  CategoryEncoding: { omitted: ['sparse'], off: ['sparse'] },
  Conv1D: { constants: { activity_regularizer: null }, lists: ['kernelSize', 'strides', 'dilationRate'] },
  Dense: { ...lora, constants: quantized },
  Dropout: dropout,
  ELU: atOnce,
  Embedding: { ...lora, constants: { ...quantized, activity_regularizer: null }, omitted: ['inputLength'] },
  GaussianDropout: dropout,
  GaussianNoise: dropout,
  GlobalAveragePooling1D: { builtAtOnce: true, takesMask: true },
  GlobalMaxPooling1D: atOnce,
  GRU: recurrent,
  Hashing: { constants: { sparse: false } },
  Identity: atOnce,
  InputLayer: { builtAtOnce: true, constants: { sparse: false, ragged: false, optional: false } },
  IntegerLookup: { ...lookup, constants: { ...lookupConstants, vocabulary_dtype: 'int64' } },
  Lambda: { takesMask: true },
  LeakyReLU: { builtAtOnce: true, old: { alpha: 'negative_slope' } },
  LSTM: recurrent,
  Masking: atOnce,
  MaxPooling1D: pooling,
  MultiHeadAttention: {
    constants: { activity_regularizer: null, use_gate: false, sliding_window: null },
    ignored: ['query_shape', 'key_shape', 'value_shape', 'flash_attention'],
  },
  Normalization: { nulls: ['axis'] },
  ReLU: atOnce,
  SimpleRNN: { ...recurrent, quiet: { seed: null } },
  Softmax: { builtAtOnce: true, takesMask: true },
  SpatialDropout1D: dropout,
  StringLookup: { ...lookup, constants: { ...lookupConstants, encoding: 'utf-8' } },
  TextVectorization: {
    constants: { sparse: false, ragged: false, encoding: 'utf-8' },
    ignored: ['vocabulary_size', 'has_input_vocabulary'],
    nulls: ['standardize', 'split'],
  },
  TimeDistributed: { takesMask: true },
  UnitNormalization: atOnce,
};

const optimizer: Difference = {
  constants: { loss_scale_factor: null },
  nulls: ['weightDecay'],
  old: { lr: 'learning_rate' },
  ignored: ['jit_compile', 'is_legacy_optimizer'],
};

const loss: Difference = { nulls: ['reduction'], ignored: ['fn', 'dtype'] };
const metric: Difference = { constants: { dtype: 'float32' }, ignored: ['fn'] };
const score: Difference = { ...metric, nulls: ['average'] };
const onAxis = { quiet: { axis: -1 } };

const objects: Readonly<Record<string, Readonly<Record<string, Difference>>>> = {
  initializer: {
    '': { ignored: ['dtype', 'partition'] },
    Identity: { quiet: { gain: 1 }, ignored: ['dtype'] },
  },
  loss: {
    '': loss,
    CosineSimilarity: { ...loss, ...onAxis },
    Huber: { ...loss, quiet: { delta: 1 } },
    SparseCategoricalCrossentropy: { ...loss, ...onAxis },
  },
  metric: {
    '': metric,
    AUC: { ...metric, constants: { dtype: 'float32', multi_label: false, num_labels: null, label_weights: null }, off: ['thresholds'] },
    BinaryCrossentropy: { ...metric, ...onAxis },
    CosineSimilarity: { ...metric, ...onAxis },
    F1Score: score,
    FBetaScore: score,
    R2Score: { ...metric, constants: { dtype: 'float32', num_regressors: 0 } },
  },
  optimizer: { '': optimizer },
};

const none: Difference = {};

/** What differs for a class. */
export function differenceOf(kind: string, className: string): Difference {
  const table = kind === 'layer' ? layers : (objects[kind] ?? {});
  return (Object.hasOwn(table, className) ? table[className] : table['']) ?? none;
}
