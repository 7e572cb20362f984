// The layers.
export { Activation, type ActivationOptions } from './activation.ts';
export { AdditiveAttention, type AdditiveAttentionOptions, Attention, type AttentionOptions } from './attention.ts';
export { Concatenate, type ConcatenateOptions } from './concatenate.ts';
export { Dense, type DenseOptions } from './dense.ts';
export { Dot, type DotOptions } from './dot.ts';
export { Dropout, type DropoutOptions } from './dropout.ts';
export { Add, Average, Maximum, Minimum, Multiply, Subtract } from './elementwise.ts';
export { Embedding, type EmbeddingOptions } from './embedding.ts';
export { Flatten, type FlattenOptions } from './flatten.ts';
export { add, average, concatenate, dot, maximum, minimum, multiply, subtract } from './functional.ts';
export { GlobalAveragePooling1D, GlobalMaxPooling1D, type GlobalPooling1DOptions } from './global-pooling.ts';
export { InputLayer, type InputLayerOptions } from './input-layer.ts';
export { type CallOptions, Layer, type LayerOptions, type Shape } from './layer.ts';
export { MultiHeadAttention, type MultiHeadAttentionOptions } from './multi-head-attention.ts';
