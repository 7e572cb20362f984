// Where Keras has the classes: their names and modules, so that what writes a config need not carry every class.

/** What an object of a file can be. */
export type ObjectKind = 'layer' | 'initializer' | 'regularizer' | 'constraint' | 'optimizer' | 'schedule' | 'loss' | 'metric';

const modules: Readonly<Record<ObjectKind, readonly [module: string, classes: string]>> = {
  layer: [
    'keras.layers',
    'Activation ActivityRegularization Add AdditiveAttention AlphaDropout Attention Average AveragePooling1D BatchNormalization ' +
      'Bidirectional CategoryEncoding Concatenate Conv1D Cropping1D Dense Discretization Dot Dropout ELU Embedding Flatten GRU ' +
      'GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalMaxPooling1D Hashing Identity InputLayer IntegerLookup LSTM Lambda ' +
      'LayerNormalization LeakyReLU Masking MaxPooling1D Maximum Minimum MultiHeadAttention Multiply Normalization PReLU Permute ReLU ' +
      'RepeatVector Rescaling Reshape SimpleRNN Softmax SpatialDropout1D StringLookup Subtract TextVectorization TimeDistributed ' +
      'UnitNormalization UpSampling1D ZeroPadding1D',
  ],
  initializer: [
    'keras.initializers',
    'Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity LecunNormal LecunUniform Ones Orthogonal RandomNormal ' +
      'RandomUniform TruncatedNormal VarianceScaling Zeros',
  ],
  regularizer: ['keras.regularizers', 'L1 L1L2 L2 OrthogonalRegularizer'],
  constraint: ['keras.constraints', 'MaxNorm MinMaxNorm NonNeg UnitNorm'],
  // LazyAdam is not among them: Keras has none.
  optimizer: ['keras.optimizers', 'Adadelta Adagrad Adam AdamW Adamax Ftrl Lion Nadam RMSprop SGD'],
  schedule: [
    'keras.optimizers.schedules',
    'CosineDecay CosineDecayRestarts ExponentialDecay InverseTimeDecay PiecewiseConstantDecay PolynomialDecay',
  ],
  loss: [
    'keras.losses',
    'BinaryCrossentropy BinaryFocalCrossentropy CategoricalCrossentropy CategoricalFocalCrossentropy CategoricalHinge CosineSimilarity ' +
      'Hinge Huber KLDivergence LogCosh MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError ' +
      'Poisson SparseCategoricalCrossentropy SquaredHinge',
  ],
  metric: [
    'keras.metrics',
    'AUC Accuracy BinaryAccuracy BinaryCrossentropy CategoricalAccuracy CategoricalCrossentropy CategoricalHinge CosineSimilarity ' +
      'F1Score FBetaScore FalseNegatives FalsePositives Hinge KLDivergence LogCoshError Mean MeanAbsoluteError ' +
      'MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError Poisson Precision R2Score Recall RootMeanSquaredError ' +
      'SparseCategoricalAccuracy SparseCategoricalCrossentropy SparseTopKCategoricalAccuracy SquaredHinge Sum TopKCategoricalAccuracy ' +
      'TrueNegatives TruePositives',
  ],
};

/** The classes of a kind that Keras has too. */
export const knownClasses = (kind: ObjectKind): readonly string[] => modules[kind][1].split(' ');

/** The module that an object's class is written with; null for a class of the user's. */
export function moduleOf(kind: ObjectKind, className: string): string | null {
  if (knownClasses(kind).includes(className)) return modules[kind][0];
  return className === 'LazyAdam' ? 'keratin' : null;
}

/** The kind of what an option of this name holds. */
export function kindOfKey(key: string): ObjectKind | undefined {
  if (/initializer$/i.test(key)) return 'initializer';
  if (/regularizer$/i.test(key)) return 'regularizer';
  if (/constraint$/i.test(key)) return 'constraint';
  if (/^learning_?rate$/i.test(key)) return 'schedule';
  return /layer$/i.test(key) ? 'layer' : undefined;
}
