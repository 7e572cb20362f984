// The layers.
export { Activation, type ActivationOptions } from './activation.ts';
export { AdditiveAttention, type AdditiveAttentionOptions, Attention, type AttentionOptions } from './attention.ts';
export { BatchNormalization, type BatchNormalizationOptions } from './batch-normalization.ts';
export { Bidirectional, type BidirectionalOptions } from './bidirectional.ts';
export { CategoryEncoding, type CategoryEncodingOptions, type EncodingMode } from './category-encoding.ts';
export { Concatenate, type ConcatenateOptions } from './concatenate.ts';
export { Conv1D, type Conv1DOptions } from './conv1d.ts';
export { Cropping1D, type Cropping1DOptions } from './cropping1d.ts';
export { Dense, type DenseOptions } from './dense.ts';
export { Discretization, type DiscretizationOptions } from './discretization.ts';
export { Dot, type DotOptions } from './dot.ts';
export { Dropout, type DropoutOptions } from './dropout.ts';
export { Add, Average, Maximum, Minimum, Multiply, Subtract } from './elementwise.ts';
export { Embedding, type EmbeddingOptions } from './embedding.ts';
export { Flatten, type FlattenOptions } from './flatten.ts';
export { add, average, concatenate, dot, maximum, minimum, multiply, subtract } from './functional.ts';
export { GlobalAveragePooling1D, GlobalMaxPooling1D, type GlobalPooling1DOptions } from './global-pooling.ts';
export { GRU, type GRUOptions } from './gru.ts';
export { Hashing, type HashingOptions } from './hashing.ts';
export { ActivityRegularization, type ActivityRegularizationOptions, Identity } from './identity.ts';
export { Input, InputLayer, type InputLayerOptions } from './input-layer.ts';
export { IntegerLookup, type IntegerLookupOptions } from './integer-lookup.ts';
export { Lambda, type LambdaCall, type LambdaOptions } from './lambda.ts';
export { type CallOptions, Layer, type LayerOptions, type Shape } from './layer.ts';
export { LayerNormalization, type LayerNormalizationOptions } from './layer-normalization.ts';
export { LSTM, type LSTMOptions } from './lstm.ts';
export { Masking, type MaskingOptions } from './masking.ts';
export { MultiHeadAttention, type MultiHeadAttentionOptions } from './multi-head-attention.ts';
export {
  AlphaDropout,
  type AlphaDropoutOptions,
  GaussianDropout,
  type GaussianDropoutOptions,
  GaussianNoise,
  type GaussianNoiseOptions,
  SpatialDropout1D,
  type SpatialDropout1DOptions,
} from './noise.ts';
export { Normalization, type NormalizationOptions } from './normalization.ts';
export { Permute, type PermuteOptions } from './permute.ts';
export { AveragePooling1D, MaxPooling1D, type Pooling1DOptions } from './pooling1d.ts';
export { PReLU, type PReLUOptions } from './prelu.ts';
export { ELU, type ELUOptions, LeakyReLU, type LeakyReLUOptions, ReLU, type ReLUOptions } from './rectifiers.ts';
export type { RecurrentOptions } from './recurrent.ts';
export { RepeatVector, type RepeatVectorOptions } from './repeat-vector.ts';
export { Rescaling, type RescalingOptions } from './rescaling.ts';
export { Reshape, type ReshapeOptions } from './reshape.ts';
export { SimpleRNN } from './simple-rnn.ts';
export { Softmax, type SoftmaxOptions } from './softmax.ts';
export { StringLookup, type StringLookupOptions } from './string-lookup.ts';
export { TextVectorization, type TextVectorizationOptions } from './text-vectorization.ts';
export { TimeDistributed, type TimeDistributedOptions } from './time-distributed.ts';
export { UnitNormalization, type UnitNormalizationOptions } from './unit-normalization.ts';
export { UpSampling1D, type UpSampling1DOptions } from './up-sampling1d.ts';
export { ZeroPadding1D, type ZeroPadding1DOptions } from './zero-padding1d.ts';
