// Every class of layers, by its file. The main entry exports these too, so a new layer is added here alone.
export { Activation, type ActivationOptions } from './activation/activation.ts';
export { PReLU, type PReLUOptions } from './activation/prelu.ts';
export { ELU, type ELUOptions, LeakyReLU, type LeakyReLUOptions, ReLU, type ReLUOptions } from './activation/rectifiers.ts';
export { Softmax, type SoftmaxOptions } from './activation/softmax.ts';
export { AdditiveAttention, type AdditiveAttentionOptions, Attention, type AttentionOptions } from './attention/attention.ts';
export { MultiHeadAttention, type MultiHeadAttentionOptions } from './attention/multi-head-attention.ts';
export { type CallOptions, Layer, type LayerOptions, type Shape } from './base/layer.ts';
export { Conv1D, type Conv1DOptions } from './convolution/conv1d.ts';
export { Dense, type DenseOptions } from './core/dense.ts';
export { Embedding, type EmbeddingOptions } from './core/embedding.ts';
export { ActivityRegularization, type ActivityRegularizationOptions, Identity } from './core/identity.ts';
export { Input, type InputDType, InputLayer, type InputLayerOptions } from './core/input-layer.ts';
export { Lambda, type LambdaCall, type LambdaOptions } from './core/lambda.ts';
export { Masking, type MaskingOptions } from './core/masking.ts';
export { Concatenate, type ConcatenateOptions } from './merging/concatenate.ts';
export { Dot, type DotOptions } from './merging/dot.ts';
export { Add, Average, Maximum, Minimum, Multiply, Subtract } from './merging/elementwise.ts';
export { BatchNormalization, type BatchNormalizationOptions } from './normalization/batch-normalization.ts';
export { GroupNormalization, type GroupNormalizationOptions } from './normalization/group-normalization.ts';
export { LayerNormalization, type LayerNormalizationOptions } from './normalization/layer-normalization.ts';
export { RMSNormalization, type RMSNormalizationOptions } from './normalization/rms-normalization.ts';
export { UnitNormalization, type UnitNormalizationOptions } from './normalization/unit-normalization.ts';
export { GlobalAveragePooling1D, GlobalMaxPooling1D, type GlobalPooling1DOptions } from './pooling/global-pooling.ts';
export { AveragePooling1D, MaxPooling1D, type Pooling1DOptions } from './pooling/pooling1d.ts';
export { CategoryEncoding, type CategoryEncodingOptions, type EncodingMode } from './preprocessing/category-encoding.ts';
export { Discretization, type DiscretizationOptions } from './preprocessing/discretization.ts';
export { Hashing, type HashingOptions } from './preprocessing/hashing.ts';
export { IntegerLookup, type IntegerLookupOptions } from './preprocessing/integer-lookup.ts';
export { Normalization, type NormalizationOptions } from './preprocessing/normalization.ts';
export { Rescaling, type RescalingOptions } from './preprocessing/rescaling.ts';
export { StringLookup, type StringLookupOptions } from './preprocessing/string-lookup.ts';
export { TextVectorization, type TextVectorizationOptions } from './preprocessing/text-vectorization.ts';
export { Bidirectional, type BidirectionalOptions } from './recurrent/bidirectional.ts';
export { GRU, type GRUOptions } from './recurrent/gru.ts';
export { LSTM, type LSTMOptions } from './recurrent/lstm.ts';
export type { RecurrentOptions } from './recurrent/recurrent.ts';
export { SimpleRNN } from './recurrent/simple-rnn.ts';
export { TimeDistributed, type TimeDistributedOptions } from './recurrent/time-distributed.ts';
export { Dropout, type DropoutOptions } from './regularization/dropout.ts';
export {
  AlphaDropout,
  type AlphaDropoutOptions,
  GaussianDropout,
  type GaussianDropoutOptions,
  GaussianNoise,
  type GaussianNoiseOptions,
  SpatialDropout1D,
  type SpatialDropout1DOptions,
} from './regularization/noise.ts';
export { Cropping1D, type Cropping1DOptions } from './reshaping/cropping1d.ts';
export { Flatten, type FlattenOptions } from './reshaping/flatten.ts';
export { Permute, type PermuteOptions } from './reshaping/permute.ts';
export { RepeatVector, type RepeatVectorOptions } from './reshaping/repeat-vector.ts';
export { Reshape, type ReshapeOptions } from './reshaping/reshape.ts';
export { UpSampling1D, type UpSampling1DOptions } from './reshaping/up-sampling1d.ts';
export { ZeroPadding1D, type ZeroPadding1DOptions } from './reshaping/zero-padding1d.ts';
